import type { Translation } from '../../../main/i18n/catalog.ts';
import type { updates as en } from '../en/updates.ts';

export const updates: Translation<typeof en> = {
  doGetUpdate: '打开下载页面',
  updateNotCheckedTitle: '未能检查更新',
  updateNotChecked: '无法连接更新服务器。请检查网络连接，然后重试。',
  updateRejectedTitle: '已拒绝更新',
  updateUnsigned: '此更新没有 Linkify Tray 开发者的签名。未安装任何内容。',
  updateUnreadable: '无法读取更新的说明。未安装任何内容。',
  updateOlder: '更新服务器提供的版本比你的旧。未安装任何内容。',
  updateNoFile: '此更新没有适用于这台电脑的文件。未安装任何内容。',
  updateNotDownloadedTitle: '未能下载更新',
  updateInterrupted: '版本 {version} 的下载中断了。请检查网络连接，然后重试。',
  updateDifferent: '下载的版本 {version} 已损坏或被更改。未安装任何内容。',
  updateDiskFull: '磁盘空间不足，无法下载版本 {version}。请腾出空间，然后重试。',
  updateNotInstalledTitle: '未能安装更新',
  updateFolder: 'Linkify Tray 无法替换自己的文件。请自行下载版本 {version}。',
  updateDoesNotStart: '版本 {version} 无法在这台电脑上运行。你的版本保持不变。',
  updateOther: '未能安装版本 {version}。请自行下载。',
  updateRolledBackTitle: '已撤销更新',
  updateRolledBack: '版本 {version} 未能启动。之前的版本已重新运行。',
  updateIsReadyTitle: '更新已就绪',
  updateIsReady: '退出 Linkify Tray 时会安装版本 {version}。',
  updateRestart: '重启以更新',
  updateAvailableTitle: '有可用更新',
  updateAvailable: '请用软件包管理器安装版本 {version}。',
  consentUpdates: 'Linkify Tray 每天检查一次更新。',
};
