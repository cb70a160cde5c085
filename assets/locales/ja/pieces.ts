import type { Translation } from '../../../main/i18n/catalog.ts';
import type { pieces as en } from '../en/pieces.ts';

export const pieces: Translation<typeof en> = {
  doUseName: '「{name}」を使用',
  doGetPieces: 'Pieces OSを入手',
  piecesIs: 'Pieces OS：{detail}',
  piecesSearching: '確認中…',
  piecesNotRunning: '停止中',
  piecesUnverified: '別のユーザーが実行中',
  piecesNotResponding: '応答なし',
  piecesSignedOut: '未サインイン',
  piecesCloudOff: 'クラウド未接続',
  piecesCloudStarting: 'クラウドを起動中…',
  piecesOutOfDate: 'アップデートが必要',
  unverifiedTitle: '別のユーザーのPieces OSです',
  unverified: '許可するまで、Pieces OSには何も送信しません。',
  unverifiedAsk:
    'ポート{port}のPieces OSはユーザー{uid}が起動したため、何も送信していません。別のアカウントで自分が起動した場合にだけ使用してください。',
  unverifiedAskUnknown:
    'ポート{port}のPieces OSは所有者が不明なため、何も送信していません。自分でPieces OSを実行している場合にだけ使用してください。',
  foreignTitle: '別のユーザーのサーバーです',
  foreign: 'サーバーのアドレスを別のユーザーのアプリが使用しています。何も送信していません。',
  foreignAsk:
    'サーバーのポート{port}のアプリはユーザー{uid}が起動したため、何も送信していません。別のアカウントで自分が起動した場合にだけ使用してください。',
  foreignAskUnknown:
    'サーバーのポート{port}のアプリは所有者が不明なため、何も送信していません。信頼できる場合にだけ使用してください。',
  unverifiedYes: '使用する',
  unverifiedNo: '使用しない',
  doStopWaiting: 'キャンセル',
  waitSince: '{what}（{time}）',
  waitPercent: '{what}（{percent}）',
  waitSignIn: 'ブラウザーでサインインしてください',
  waitCloud: 'クラウドに接続中…',
  waitGitHub: 'ブラウザーでGitHubに接続してください',
  waitStart: 'Pieces OSを起動中…',
  waitUpdate: 'Pieces OSをアップデート中…',
  updateFoundTitle: 'Pieces OSのアップデート',
  updateUnknown:
    'Pieces OSからアップデートの情報を取得できません。Piecesで確認するか、このコンピューターから共有してください。',
  updateNone:
    'Pieces OSの新しいバージョンはまだありません。当面はこのコンピューターから共有してください。',
  updateGoesOn:
    'Pieces OSがアップデートをダウンロードしています。しばらくしてからもう一度確認してください。',
  updateReady: 'Pieces OSを再起動してアップデートを完了してから、もう一度お試しください。',
  updateReinstall:
    'このPieces OSは自動アップデートに対応していません。pieces.appから再インストールしてください。',
  updateSupport:
    'Pieces OSを自動アップデートできません。Piecesのサポートに問い合わせるか、当面はこのコンピューターから共有してください。',
  menuTest: 'リンクを確認',
  stillOpensTitle: '無効にしたリンクがまだ開けます',
  stillOpens:
    '「{title}」は無効にしましたが、まだ開けます。もう一度無効にするか、サービスの管理者に問い合わせてください。',
  testedOpensTitle: 'リンクは有効です',
  testedOpens: 'リンクを知っている人は誰でも「{title}」を開けます。',
  testedDeadTitle: 'リンクが開けません',
  testedDead: '「{title}」はサービスにもうありません。もう一度共有してください。',
  testedUnknownTitle: 'リンクを確認できませんでした',
  testedUnknown:
    '「{title}」を開けるかどうか判断できませんでした。リンクを開いて確認してください。',
  itemsDeleted: { other: 'サービスから{count}個の項目を削除しました。' },
};
