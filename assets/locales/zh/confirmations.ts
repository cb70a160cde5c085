import type { Translation } from '../../../main/i18n/catalog.ts';
import type { confirmations as en } from '../en/confirmations.ts';

export const confirmations: Translation<typeof en> = {
  confirmNo: '取消',
  confirmShare: '分享',
  confirmChange: '更改这些设置？',
  confirmChangeYes: '更改',
  confirmImport: '导入这些设置？',
  confirmImportYes: '导入',
  consentAutomatic: 'Pieces OS 运行时，新链接由它创建，否则由这台电脑创建。',
  consentPieces: '新链接由 Pieces OS 创建。你分享的内容会发送到那里。',
  consentBuiltIn: '新链接由这台电脑创建。',
  consentCustom: '新链接由 {url} 创建。你分享的内容会发送到那里。',
  consentToken: '{url} 将使用另一个访问令牌。',
  consentShareImages: '图片会在复制后立即分享。',
  consentShareFiles: '图片和文件会在复制后立即分享。',
  consentShareEverything: '所有内容都会在复制后立即分享。',
  consentShareAsked: '在你要求之前，不会分享任何内容。',
  consentNotified: '有新链接时会通知你。',
  consentSilent: '有新链接时不会通知你。',
  consentNetwork: '你网络中的其他设备可以打开你的链接。',
  consentThisComputer: '只有这台电脑可以打开你的链接。',
  consentLocation: '分享照片和视频时会包含位置信息，不再询问。',
  consentFallback: '链接服务不可用时，由这台电脑创建链接，不再询问。',
  consentWatching: 'Linkify Tray 会读取你复制的内容。',
  confirmFiles: { other: '分享这 {count} 个文件？' },
};
