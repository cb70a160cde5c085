import type { Translation } from '../../../main/i18n/catalog.ts';
import type { confirmations as en } from '../en/confirmations.ts';

export const confirmations: Translation<typeof en> = {
  confirmNo: '取消',
  confirmShare: '共享',
  confirmChange: '更改这些设置？',
  confirmChangeYes: '更改',
  confirmImport: '导入这些设置？',
  confirmImportYes: '导入',
  consentAutomatic: '新链接由 Pieces OS 创建；它未运行时由这台电脑创建。',
  consentPieces: '新链接由 Pieces OS 创建，您共享的内容会发送到那里。',
  consentBuiltIn: '新链接由这台电脑创建。',
  consentCustom: '新链接由 {url} 创建，您共享的内容会发送到那里。',
  consentToken: '将对 {url} 使用另一个访问令牌。',
  consentShareImages: '图片一复制就会共享。',
  consentShareFiles: '图片和文件一复制就会共享。',
  consentShareEverything: '所有内容一复制就会共享。',
  consentShareAsked: '在您要求之前不会共享任何内容。',
  consentNotified: '会通知您新链接。',
  consentSilent: '不会通知您新链接。',
  consentNetwork: '您网络中的其他设备可以打开您的链接。',
  consentThisComputer: '只有这台电脑可以打开您的链接。',
  consentLocation: '照片和视频会连同位置信息一起共享，不再询问。',
  consentFallback: '服务无法创建链接时，由这台电脑直接创建，不再询问。',
  consentWatching: 'Linkify Tray 会读取您复制的内容。',
  confirmFiles: { other: '共享这 {count} 个文件？' },
};
