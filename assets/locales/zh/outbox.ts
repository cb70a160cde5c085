import type { Translation } from '../../../main/i18n/catalog.ts';
import type { outbox as en } from '../en/outbox.ts';

export const outbox: Translation<typeof en> = {
  stillWorkingTitle: '仍在分享',
  stillWorking: '{what} · 正在等待服务响应。分享会在后台继续。',
  stillUploading: '{what} · 服务仍在保存。分享会在后台继续。',
  pendingSending: '正在发送…',
  pendingUnencrypted: '{reason} · 未加密存储',
  pendingAutomatic: '分享的内容已保存，稍后会自动发送。',
  pendingNeedsDecision: '分享的内容已保存，等待你处理。',
  revokePending: '链接会尽快自动停用。',
  pendingReadyTitle: '链接已就绪',
  pendingReadyCopied: '{title} · {what}。链接已复制到剪贴板。',
  pendingReady: '{title} · {what}。点击即可复制链接。',
  pendingReadyMany: { other: '{count} 个待发送的链接已就绪。' },
  menuPending: { other: '{count} 个待发送的分享' },
  tipPending: { other: 'Linkify Tray – {count} 个待发送的分享' },

  fallbackSharedTitle: '已复制这台电脑创建的链接',
  serviceUnavailable: '{service}不可用',
  fallbackTitle: '改从这台电脑分享？',
  fallbackAsk: '“{service}”目前无法创建链接。请从这台电脑分享，或等待稍后发送。',
  fallbackNow: '从这台电脑分享',
  fallbackWait: '等待',
  fallbackRemember: '以后都改用这台电脑（更改设置）',

  fileChangedTitle: '文件已更改',
  fileChanged: '分享后“{name}”发生了更改。请发送当前版本，或放弃这次分享。',
  pendingExpiredTitle: '仍待发送',
  pendingExpired: '{what}：一周内都未能发送。请立即发送，或放弃。',
  interruptedTitle: '分享未完成',
  interrupted: '{what}：Linkify Tray 已退出，因此没有分享。请重新分享。',
  interruptedAsked: '{what}：Linkify Tray 在你回答前已退出，因此没有分享。请重新分享。',
  notPendingTitle: '已不在待发送列表中',
  notPending: '这次分享已发送或已放弃。',
  outboxUnreadableTitle: '未能读取待发送的分享',
  outboxUnreadable: {
    other: '{count} 个待发送的分享无法读取。其文件保留在原处。',
  },
  outboxNotSavedTitle: '未能保存待发送的分享',
};
