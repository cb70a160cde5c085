import { adviceJa } from './advice/ja.ts';
import type { Catalogue } from './catalogue.ts';

export const ja: Catalogue = {
  ...adviceJa,

  appName: 'Linkify Tray',

  menuOpen: 'Linkify Tray を開く',
  menuShare: 'クリップボードを共有',
  menuShareWhat: 'クリップボードを共有（{what}）',
  menuSharing: '{what}を共有しています…',
  menuRecent: '最近のリンク',
  menuNoLinks: 'リンクはまだありません',
  menuRevoked: '{title}（無効）',
  menuCopy: 'リンクをコピー',
  menuOpenLink: 'ブラウザーで開く',
  menuRevoke: '無効にする',
  menuPause: '見守りを一時停止',
  menuPreferences: '設定…',
  menuQuit: 'Linkify Tray を終了',
  serviceIs: '{name}: {detail}',
  tipSharing: 'Linkify Tray: {what}を共有中',
  tipSharingDone: 'Linkify Tray: {what}を共有中 {percent}',
  tipProblem: 'Linkify Tray: {title}',

  thisComputer: 'このコンピューター',
  ready: '準備完了',

  clipText: { other: 'テキスト、{count} 文字' },
  clipImage: '画像',
  clipImageSize: '画像 {width}x{height}',
  clipFiles: { other: 'ファイル {count} 個' },
  clipEmpty: '何もコピーされていません',
  clipUnsupported: '共有できない内容',
  clipConcealed: '提供元が秘密と指定しています',
  clipSomeText: 'テキスト',
  clipSomeFiles: 'ファイル',
  texts: { other: 'テキスト {count} 件' },
  fileWithoutName: 'ファイル',
  andMore: '{name} ほか {count} 件',

  linkCopied: 'リンクをコピーしました',
  linkReady: 'リンクができました',
  sharedWhat: '{what}: {title}',
  clipboardLeftAlone:
    '{what}。その間に別のものがコピーされたため、クリップボードはそのままです。クリックするとリンクをコピーします。',
  linkRevoked: 'リンクを無効にしました',
  cannotBeOpened: '{title} はもう開けません。',
  opensIn: {
    other: '{count}秒後に開けるようになります。それまでに元に戻せば、誰にも見られません。',
  },
  undo: '元に戻す',
  copy: 'コピー',
  open: '開く',

  secretTitle: '秘密の情報のようです',
  secretFound: '{finds}が含まれているようです。まだ何も共有されていません。',
  secretDecide:
    '{finds}が含まれているようです。まだ何も共有されていません。どうするか選んでください。',
  secretMasked: '隠して共有',
  secretDiscard: '共有しない',
  secretAnyway: 'このまま共有',
  secretRemember: 'この種類については今後確認しない',
  findMore: { other: 'ほか {count} 件' },
  findUnchecked: '確認できなかったテキスト',
  findPassword: 'パスワード',
  findUrlPassword: 'Web アドレス内のパスワード',
  findDatabasePassword: 'データベースのパスワード',
  findPrivateKey: '秘密鍵',
  findToken: '{name} トークン',
  findKey: '{name} キー',
  findThing: '{name}',
};
