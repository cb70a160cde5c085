import type { Translation } from '../../../main/i18n/catalog.ts';
import type { outbox as en } from '../en/outbox.ts';

export const outbox: Translation<typeof en> = {
  stillWorkingTitle: '仍在分享',
  stillWorking: '{what}：服务尚未应答，会自动继续。',
  stillUploading: '{what}：服务尚未保存全部内容，会自动继续。',
  waitsSending: '正在发送',
  waitsPlain: '{reason}（未加密存储）',
  waitsKept: '内容已保留，会自动发出。',
  waitsHeld: '内容已保留，等您决定。',
  revokeKept: '可以时会自动撤销。',
  lateTitle: '链接已就绪',
  lateCopied: '{what}：{title}。等待的链接已放入剪贴板。',
  late: '{what}：{title}。等待的链接已生成。点击即可复制。',
  lateMany: { other: '{count} 个等待的链接已就绪。' },
  menuWaiting: { other: '{count} 个分享在等待' },
  tipWaiting: { other: 'Linkify Tray：{count} 个分享在等待' },

  insteadTitle: '已复制由本机生成的链接',
  instead: '{what}：{title}。{service} 无法生成，因此由本机生成。',
  fallbackTitle: '改用本机吗？',
  fallbackAsk: '{service} 现在无法生成链接。内容已保留，稍后会发出；本机可以立即生成一个。',
  fallbackNow: '从本机共享',
  fallbackWait: '等待',
  fallbackRemember: '不再询问',

  fileChangedTitle: '文件已更改',
  fileChanged: '“{name}”与您分享时不同。请按现在的内容发送，或丢弃它。',
  waitedLongTitle: '仍在等待',
  waitedLong: '{what} 一周都无法发送。要保留请立即发送，否则请丢弃。',
  interruptedTitle: '分享未完成',
  interrupted: 'Linkify Tray 已退出，因此 {what} 未能分享。请重新分享。',
  interruptedAsked: 'Linkify Tray 在您回答之前已退出，因此 {what} 未能分享。请重新分享。',
  notWaitingTitle: '已不在等待',
  notWaiting: '该分享已不再保留：已发送或已丢弃。',
  outboxUnreadableTitle: '有等待的分享无法读取',
  outboxUnreadable: {
    other: '{count} 个等待的分享无法解密或已损坏。文件保留在原处。',
  },
  outboxNotSavedTitle: '分享未能保留',
};
