import type { Translation } from '../../../main/i18n/catalog.ts';
import type { pieces as en } from '../en/pieces.ts';

export const pieces: Translation<typeof en> = {
  doUseName: '「{name}」を使う',
  doGetPieces: 'Pieces OS を入手',
  piecesIs: 'Pieces OS：{detail}',
  piecesLooking: '探しています',
  piecesNotRunning: '動いていません',
  piecesUnproven: '別のユーザーのもの',
  piecesNotAnswering: '応答が正しくありません',
  piecesSignedOut: 'サインインしていません',
  piecesCloudOff: 'クラウド未接続',
  piecesCloudStarting: 'クラウドを起動中',
  piecesOutOfDate: '古くてリンクを作れません',
  unprovenTitle: '別のユーザーの Pieces OS',
  unproven:
    'このコンピューターの別のユーザーが Pieces OS として応答しています。決めるまで何も送りません。',
  unprovenAsk:
    'このコンピューターのユーザー {uid} が、ポート {port} で Pieces OS として応答しています。まだ何も送っていません。自分が別のアカウントで起動した場合だけ使ってください。',
  unprovenAskUnknown:
    'ポート {port} で何かが Pieces OS として応答していますが、だれのものか分かりません。まだ何も送っていません。Pieces OS を動かしている場合に使ってください。',
  foreignTitle: '別のユーザーのサーバー',
  foreign: 'サーバーのアドレスで別のユーザーのアプリが応答しています。まだ何も送っていません。',
  foreignAsk:
    'サーバーのポート {port} でユーザー {uid} のアプリが応答しています。まだ何も送っていません。自分が別のアカウントで起動した場合だけ使ってください。',
  foreignAskUnknown:
    'サーバーのポート {port} で何かが応答していますが、だれのものか分かりません。まだ何も送っていません。心当たりがある場合だけ使ってください。',
  unprovenYes: '使う',
  unprovenNo: '使わない',
  doStopWaiting: 'キャンセル',
  waitSince: '{what}（{time}）',
  waitPercent: '{what}（{percent}）',
  waitSignIn: 'ブラウザーでサインインしてください',
  waitCloud: 'クラウドに接続中',
  waitGitHub: 'ブラウザーで GitHub を接続してください',
  waitStart: 'Pieces OS を起動中',
  waitUpdate: 'Pieces OS を更新中',
  updateFoundTitle: 'Pieces OS の更新',
  updateUnknown:
    '更新があるか Pieces OS からは分かりません。Pieces で確認するか、内蔵サービスを使ってください。',
  updateNone: '新しい Pieces OS はまだありません。それまで内蔵サービスを使ってください。',
  updateGoesOn: 'Pieces OS は更新をダウンロード中です。少し後でもう一度確認してください。',
  updateReady: '更新のダウンロードが終わりました。Pieces OS を再起動して、もう一度試してください。',
  updateReinstall: 'この Pieces OS は自動更新できません。pieces.app から入れ直してください。',
  updateSupport:
    'Pieces OS は更新できず、サポートへの連絡を求めています。それまで内蔵サービスを使ってください。',
  menuTest: 'リンクを確かめる',
  stillOpensTitle: '無効にしたリンクがまだ開きます',
  stillOpens:
    '{title}を無効にしましたが、リンクがまだ開きます。もう一度無効にするか、サービスの運営者に聞いてください。',
  testedOpensTitle: 'リンクは開きます',
  testedOpens: '{title}はリンクを知っている人が開けます。',
  testedDeadTitle: 'リンクは開きません',
  testedDead: '{title}はサービスにもうありません。もう一度共有してください。',
  testedUnknownTitle: 'リンクを確かめられませんでした',
  testedUnknown: '{title}から、はっきりした応答がありませんでした。開いて確かめてください。',
  itemsDeleted: { other: 'サービスから{count}件を削除しました。' },
};
