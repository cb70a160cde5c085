import type { Translation } from '../../../main/i18n/catalog.ts';
import type { outbox as en } from '../en/outbox.ts';

export const outbox: Translation<typeof en> = {
  stillWorkingTitle: '共有を続けています',
  stillWorking: '{what} · サービスの応答を待っています。共有はバックグラウンドで続行します。',
  stillUploading: '{what} · サービスが保存処理を行っています。共有はバックグラウンドで続行します。',
  pendingSending: '送信中…',
  pendingUnencrypted: '{reason} · 暗号化せずに保存',
  pendingAutomatic: '共有する内容は保存されています。後で自動的に送信されます。',
  pendingNeedsDecision: '共有する内容は、操作を選択するまで保存されます。',
  revokePending: 'リンクは、可能になりしだい自動的に無効になります。',
  pendingReadyTitle: 'リンクの準備ができました',
  pendingReadyCopied: '{title} · {what}。リンクをクリップボードにコピーしました。',
  pendingReady: '{title} · {what}。クリックするとリンクをコピーします。',
  pendingReadyMany: { other: '送信待ちだった{count}件のリンクの準備ができました。' },
  menuPending: { other: '送信待ちの共有（{count}件）' },
  tipPending: { other: 'Linkify Tray – 送信待ちの共有（{count}件）' },

  fallbackSharedTitle: 'このコンピューターのリンクをコピーしました',
  serviceUnavailable: '{service}を利用できませんでした',
  fallbackTitle: 'このコンピューターから共有しますか？',
  fallbackAsk:
    '{service}は現在リンクを作成できません。このコンピューターから共有するか、待って後で送信するかを選択してください。',
  fallbackNow: 'このコンピューターから共有',
  fallbackWait: '待つ',
  fallbackRemember: '今後はいつもこのコンピューターを使う（設定を変更）',

  fileChangedTitle: 'ファイルが変更されています',
  fileChanged:
    '共有した後に「{name}」が変更されました。現在の内容を送信するか、共有を破棄してください。',
  pendingExpiredTitle: '送信待ちのままです',
  pendingExpired: '{what}を1週間送信できませんでした。今すぐ送信するか、破棄してください。',
  interruptedTitle: '共有が完了しませんでした',
  interrupted:
    'Linkify Trayが終了したため、{what}は共有されませんでした。もう一度共有してください。',
  interruptedAsked:
    '回答の前にLinkify Trayが終了したため、{what}は共有されませんでした。もう一度共有してください。',
  notPendingTitle: '送信待ちではなくなりました',
  notPending: 'この共有は送信済みか、破棄済みです。',
  outboxUnreadableTitle: '送信待ちの共有を読み取れません',
  outboxUnreadable: {
    other: '{count}件の送信待ちの共有を読み取れません。ファイルは元の場所に残してあります。',
  },
  outboxNotSavedTitle: '送信待ちの共有を保存できませんでした',
};
