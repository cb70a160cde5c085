import type { Translation } from '../../../main/i18n/catalog.ts';
import type { outbox as en } from '../en/outbox.ts';

export const outbox: Translation<typeof en> = {
  stillWorkingTitle: 'まだ共有しています',
  stillWorking: '{what}：サービスからまだ応答がありません。このまま続けます。',
  stillUploading: '{what}：サービスがまだすべてを保存していません。このまま続けます。',
  waitsSending: '送信中',
  waitsPlain: '{reason}（暗号化せずに保存）',
  waitsKept: '保管してあり、自動的に送信されます。',
  waitsHeld: '決定されるまで保管します。',
  revokeKept: '可能になりしだい自動的に取り消されます。',
  lateTitle: 'リンクができました',
  lateCopied: '{what}: {title}。待機していたリンクがクリップボードに入りました。',
  late: '{what}: {title}。待機していたリンクができました。クリックするとコピーします。',
  lateMany: { other: '待機していたリンク {count} 件ができました。' },
  menuWaiting: { other: '待機中の共有 {count} 件' },
  tipWaiting: { other: 'Linkify Tray: 待機中の共有 {count} 件' },

  insteadTitle: 'このコンピューターで作ったリンクをコピーしました',
  instead: '{what}: {title}。{service} では作れなかったため、このコンピューターで作りました。',
  fallbackTitle: '代わりにこのコンピューターを使いますか',
  fallbackAsk:
    '{service} は今リンクを作れません。保管して後で送信されますが、このコンピューターならすぐに作れます。',
  fallbackNow: 'このコンピューターから共有',
  fallbackWait: '待つ',
  fallbackRemember: '今後は確認しない',

  fileChangedTitle: 'ファイルが変更されています',
  fileChanged:
    '「{name}」は共有したときの内容ではありません。今の内容で送信するか、破棄してください。',
  waitedLongTitle: 'まだ待機しています',
  waitedLong: '{what} を 1 週間送信できませんでした。残すには今すぐ送信するか、破棄してください。',
  interruptedTitle: '共有が完了しませんでした',
  interrupted:
    'Linkify Tray が終了したため、{what} は共有されませんでした。もう一度共有してください。',
  interruptedAsked:
    '回答の前に Linkify Tray が終了したため、{what} は共有されませんでした。もう一度共有してください。',
  notWaitingTitle: 'もう待機していません',
  notWaiting: 'この共有はもう保管されていません。送信済みか破棄済みです。',
  outboxUnreadableTitle: '待機中の共有を読み取れませんでした',
  outboxUnreadable: {
    other:
      '待機中の共有 {count} 件は復号できないか壊れています。ファイルは元の場所に残してあります。',
  },
  outboxNotSavedTitle: '共有を保管できませんでした',
};
