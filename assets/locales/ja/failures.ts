import type { Translation } from '../../../main/i18n/catalog.ts';
import type { failures as en } from '../en/failures.ts';

export const failures: Translation<typeof en> = {
  doRetry: 'もう一度試す',
  doShareAgain: 'もう一度共有',
  doShowStorage: '使用状況を表示',
  doUseBuiltIn: '内蔵サービスを使う',
  doStartPieces: 'Pieces を起動',
  doChooseService: 'サービスを選ぶ',
  doUpdate: '更新を確認',
  doSignIn: 'サインイン',
  doConnectCloud: 'クラウドに接続',
  doConnectGitHub: 'GitHub に接続',
  doChooseShortcut: 'ショートカットを選ぶ',
  doChooseName: '別の名前を選ぶ',
  doDecide: '選ぶ',
  doRevoke: '無効にする',
  doDismiss: 'OK',

  theBuiltIn: '内蔵サービス',
  mayExist: 'それでもリンクが作られた可能性があります。もう一度試す前に確認してください。',
  mayExistKept: 'リンクはすでに作成されている可能性があります。再送の前に確認します。',
  notSharedYet: 'まだ何も共有されていません。',
  notRevokedTitle: 'リンクはまだ無効になっていません',
  notRevoked: '{why}。リンクはまだ開くかもしれません。',
  nothingSharedRetry: '何も共有されていません。もう一度試してください。',
  nothingSharedChoose: '何も共有されていません。別のサービスを選んでください。',
  orUseBuiltIn: 'クラウドの要らない内蔵サービスも使えます。',
  updateIfAgain: '繰り返す場合は、更新を確認してください。',
  retryThenUpdate: 'もう一度試し、繰り返す場合は更新を確認してください。',
  retryInAMoment: '少し待ってからもう一度試してください。',
  revokeStray: 'サービス上にはありますがクリップボードにはないため、無効にしてください。',
  shareSmaller: 'もっと小さいものを共有してください。',
  useBuiltInOrSmaller: '内蔵サービスを使うか、もっと小さいものを共有してください。',
  pleaseReport: 'ご報告ください。',
  useAnother: '内蔵サービスか、別のサービスを使ってください。',
  correctInPreferences: '設定で直してください。',

  addressTitle: '使えないサービスのアドレス',
  addressNotAUrl: 'サービスのアドレスが Web アドレスではありません。',
  addressPlainHttp:
    'サービスのアドレスが暗号化されていません。http はこのコンピューターだけで、ほかでは https を使います。',
  addressCredentials: 'サービスのアドレスにユーザー名かパスワードが含まれています。',
  addressUnusable:
    '「{address}」は使えません。https、またはこのコンピューターの http だけが使えます。設定で直してください。',

  piecesDownTitle: 'Pieces OS が動いていません',
  piecesDown: '{url} から応答がありません。Pieces を起動するか、内蔵サービスを使ってください。',
  builtInDownTitle: '内蔵サービスが動いていません',
  builtInDown: '{url} から応答がありません。もう一度試すと、起動し直します。',
  customDownTitle: 'サービスが動いていません',
  customDown: '{url} から応答がありません。サービスを起動するか、内蔵サービスを使ってください。',
  timedOutTitle: 'サービスの応答に時間がかかりすぎました',
  timedOut: '{service}から時間内に応答がありませんでした。',
  lostTitle: '接続が切れました',
  lost: '{service}が接続を切りました。',
  certificateTitle: 'このサーバーは信頼できません',
  certificate:
    '{url} の証明書では本物のサーバーと確認できないため、何も送っていません。管理者に尋ねるか、内蔵サービスを使ってください。',
  notReadyTitle: 'サービスの準備ができていません',
  notReady: '{service}には今そのアドレスからつながりません。',

  signInTitle: '共有するにはサインイン',
  signIn: '{service}に誰もサインインしていません。サインインすると共有が続きます。',
  gitHubTitle: '先に GitHub に接続',
  gitHub: '{service}での共有には GitHub アカウントが必要です。接続すると共有が続きます。',
  piecesTokenTitle: 'Pieces OS がこのアプリを受け付けません',
  piecesToken: 'Pieces OS に 2 回断られました。もう一度サインインしてください。',
  tokenTitle: '別のトークンが必要です',
  token: '{service}がこのトークンを受け付けません。設定で確認してください。',
  cloudNeverTitle: '共有するにはクラウドに接続',
  cloudNever:
    'リンクは Pieces のクラウドで作られますが、まだ接続されていません。接続してください。',
  cloudDisconnectedTitle: 'クラウドが切断されています',
  cloudDisconnected:
    'リンクは Pieces のクラウドで作られますが、切断されています。接続してください。',
  cloudFailedTitle: 'クラウドに接続できませんでした',
  cloudFailed: 'Pieces OS がクラウドに接続できませんでした。もう一度接続してください。',
  cloudPendingTitle: 'クラウドを起動しています',
  cloudPending: 'Pieces のクラウドを起動しています。お待ちください。',
  cloudUnknownTitle: 'クラウドの準備ができていません',
  cloudUnknown: 'クラウドの状態が Pieces OS から分かりません。もう一度接続してください。',
  cloudRefusedTitle: 'クラウドが共有を断りました',
  cloudRunning:
    'Pieces のクラウドは動いていますが、共有を受け付けませんでした。もう一度接続してください。',
  cloudSucceeded:
    'Pieces のクラウドは接続済みですが、共有を受け付けませんでした。もう一度接続してください。',

  piecesOldTitle: 'Pieces OS が古すぎます',
  oldTitle: 'サービスが古すぎます',
  old: '{service}でリンクを作るには更新が必要です。更新を確認するか、内蔵サービスを使ってください。',
  tooLargeTitle: '大きすぎて共有できません',
  tooLargeBoth: '{service}で共有できるのは {limit} までですが、これは {size} です。',
  tooLargeLimit: '{service}で共有できるのは {limit} までで、これはそれより大きいです。',
  tooLargeSize: '{service}では {size} は大きすぎます。',
  tooLargeBefore:
    '{service}は以前 {limit} を拒否しました。これは {size} なので、何も送信していません。',
  tooLarge: '{service}では大きすぎます。',
  nameTakenTitle: 'その名前は使われています',
  nameTaken: '「{name}」という名前のコレクションがすでにあります。別の名前を選んでください。',
  uploadingTitle: 'まだアップロード中です',
  uploading:
    '{service}でのアップロードが終わっていないため、リンクを作れません。少し待ってからもう一度試してください。',
  goneTitle: 'サービスにはもうありません',
  gone: '{service}にはもうありません。もう一度共有してください。',
  rateTitle: 'リクエストが多すぎます',
  rate: '{service}が{wait}待つよう求めています。',
  rateUntil: '{service}が {time} まで待つよう求めています。',
  fullTitle: 'サービスに空きがありません',
  full: '{service}に空きがありません。要らないリンクを無効にしてから、もう一度試してください。',
  errorTitle: 'サービスでエラーが起きました',
  error: '{service}でエラーが起きました（ステータス {status}）。',
  rejectedTitle: 'サービスに断られました',
  rejected: '{service}がリクエストを断りました（ステータス {status}）。繰り返しても同じです。',
  cancelledTitle: 'キャンセルしました',
  cancelled: '共有を止めました。クリップボードはそのままです。',

  unreadableAnswerTitle: '応答を読み取れません',
  answerNotJson: '{service}の応答を読み取れません。',
  answerWrongShape: '{service}の応答に必要なものがありません。',
  answerNoLinkTitle: 'リンクが返ってきませんでした',
  answerNoLink: '{service}の応答にリンクがありません。',
  answerBadLinkTitle: '使えないリンク',
  answerBadLink: '{service}のリンクは安全に開けないため、コピーしませんでした。',
  answerRedirectTitle: '別の場所へ案内されました',
  answerRedirect: '{service}に別のアドレスへ案内されましたが、従いませんでした。',
  notLinkifyTitle: 'Linkify サービスではありません',
  answerWebPage:
    '{service}が Web ページを返しました。別のプログラムか、ログインの要るネットワークです。',
  answerTooLongTitle: '応答が長すぎます',
  answerTooLong: '{service}の応答がいつまでも終わりません。',
  answerStatusTitle: '予期しない応答',
  answerStatus: '{service}の応答はリンクでもエラーでもありません。',
  answerNotLinkify: '{service}がこのリクエストを知りません。別のプログラムが応答しているようです。',
  answerNotHttp: '{service}は HTTP を話しません。別のプログラムが応答しています。',

  nothingTitle: '共有するものがありません',
  nothing: 'クリップボードは空です。まず何かをコピーしてください。',
  unsupportedTitle: 'この種類の内容は共有できません',
  unsupportedFormat:
    'クリップボードの「{format}」は共有できません。テキスト、画像、ファイルをコピーしてください。',
  unsupported:
    'クリップボードの内容は共有できません。テキスト、画像、ファイルをコピーしてください。',
  concealedTitle: '秘密と指定されています',
  concealed:
    'コピー元のプログラムが秘密と指定しているため、読み取りませんでした。別のものをコピーしてください。',
  fileTitle: 'ファイルを読み取れませんでした',
  file: '「{name}」は移動または削除されたか、読み取れません。もう一度コピーしてください。',
  fileDamagedTitle: 'ファイルが破損していました',
  folderTooLargeTitle: 'フォルダーが大きすぎます',
  folderTooLarge:
    '「{name}」には 10,000 個または 2 GB を超えるファイルがあります。一部だけを共有してください。',
  folderEmptyTitle: '空のフォルダー',
  folderEmpty:
    '「{name}」には共有できるファイルがありません。ファイルのあるフォルダーをコピーしてください。',
  quoted: '「{name}」',
  remoteFileTitle: 'ファイルは別のデバイスにあります',
  remoteFile:
    '{address} にある{names}を読み取れません。このコンピューターにコピーしてから共有してください。',
  specialPipe:
    '「{name}」は名前付きパイプで、ファイルではありません。ファイルかフォルダーをコピーしてください。',
  specialSocket:
    '「{name}」はソケットで、ファイルではありません。ファイルかフォルダーをコピーしてください。',
  specialDevice:
    '「{name}」はデバイスで、ファイルではありません。ファイルかフォルダーをコピーしてください。',
  specialSystem:
    '「{name}」は通常のファイルがないシステムフォルダーです。別のフォルダーをコピーしてください。',
  specialDisk: '「{name}」はディスク全体です。その中のフォルダーをコピーしてください。',
  specialTitle: '共有できません',
  someUnreadableTitle: '読み取れない項目があります',
  someUnreadable: '{names}を読み取れません。まだ何も共有されていません。',
  someUnreadableDecide:
    '{names}を読み取れません。まだ何も共有されていません。どうするか選んでください。',
  unreadableWithout: '残りを共有',
  moreFiles: { other: 'ほか {count} 件' },
  contentChangedTitle: 'ファイルが変更されました',
  contentChanged:
    '読み取り中に「{name}」が変更されたため、何も共有されませんでした。もう一度お試しください。',
  tooManyTitle: '一度に多すぎます',
  tooMany:
    '{count} 件コピーされましたが、まとめて共有できるのは {limit} 件までです。減らしてください。',
  busyTitle: 'クリップボードが応答しません',
  busy: 'クリップボードを持つプログラムが応答しません。コピーし直してから、もう一度試してください。',
  termsTitle: 'このサービスではできません',
  terms:
    '{service}では、リンクの期限、1 回だけの閲覧、パスワードを使えません。何も共有されていません。内蔵サービスなら使えます。',
  onceTitle: '複数のものは 1 回だけにできません',
  once: '1 回だけ開けるリンクに入るのは 1 つです。1 つずつ共有するか、パスワードで守ってください。',

  alreadyTitle: '共有中です',
  already: '別の共有がまだ続いています。待つか、キャンセルしてください。',
  unknownLinkTitle: 'リンクが見つかりません',
  unknownLink: '最近のリンクにはもうありません。',
  unknownQuestionTitle: 'この確認は終わっています',
  unknownQuestion: '保留していたものはもうありません。もう一度共有してください。',
  liveTitle: 'このリンクはまだ開けます',
  live: '一覧から消せるのは無効にしたリンクだけです。先に無効にしてください。',
  shortcutTitle: 'ショートカットを使えません',
  shortcut: '別のアプリが {accelerator} を使っています。別のショートカットを選んでください。',
  shortcutUnusableTitle: 'このショートカットは使えません',
  shortcutUnusable:
    '{accelerator} はここではショートカットにできません。別のショートカットを選んでください。',
  settingsInvalidTitle: '一部の設定を初期値に戻しました',
  settingsInvalidAs:
    'settings.json に無効な値があったため、次の設定は初期値です: {names}。元のファイルは {keptAs} です。',
  settingsInvalid: 'settings.json に無効な値があったため、次の設定は初期値です: {names}。',
  settingsForeignTitle: '設定を確認してください',
  settingsForeign:
    'settings.json は初回起動前からこのフォルダにあったため、自動共有をオフ、通知をオンにしました。リンクサービスを確認してください。',
  newerTitle: '新しいバージョンで保存されています',
  settingsNewer:
    'settings.json は変更されず、設定の変更は保存されません。Linkify Tray を更新してください。',
  linksPortTitle: '以前のリンクは今開けません',
  linksPort:
    'リンクに含まれるポート {port} を別のプログラムが使っています。そのプログラムが終わればまた開けます。それまでは一覧からリンクをコピーし直してください。使えるポートのリンクになります。',
  startTitle: '内蔵サービスが起動しませんでした',
  startPort:
    '別のプログラムがそのポートを使っています。そのプログラムを閉じて、もう一度試してください。',
  startFolder:
    'フォルダーに書き込めません。ディスクがいっぱいか、読み取り専用かもしれません。空きを作って、もう一度試してください。',
  startToken:
    'トークンのファイルをこのコンピューターのほかのユーザーが読めます。非公開にするか削除して、もう一度試してください。',
  startOther:
    '起動中にエラーが起きました。もう一度試し、繰り返す場合は Linkify Tray を再起動してください。',
  setAsideAs: '{file} が壊れていたため、消さずに {keptAs} として残し、新しく始めました。',
  setAside: '{file} が壊れていたため、消さずに残し、新しく始めました。',
  linksNotSavedTitle: 'リンクを保存できませんでした',
  settingsNotSavedTitle: '設定を保存できませんでした',
  notSaved:
    'ディスクに書き込めません。いっぱいか、読み取り専用かもしれません。空きを作れば、次の変更から保存されます。',
  linksFullTitle: 'リンクの一覧がいっぱいです',
  linksFull: '{limit} 件すべてがまだ開けるリンクです。要らないものを無効にしてください。',
  tokenLostTitle: 'サービスのトークンが失われました',
  tokenLost:
    '復号できませんでした。システムのキーリングが変わると起こります。設定で入力し直してください。',
  settingsFileTitle: '設定のファイルではありません',
  settingsFile:
    '「{name}」は Linkify Tray の設定ではないか、壊れています。別のファイルを選んでください。',
  notExportedTitle: '設定を書き出せませんでした',
  notExported:
    '「{name}」に書き込めません。ディスクがいっぱいか、読み取り専用かもしれません。別の場所を選んでください。',
  loginTitle: '自動起動を変更できませんでした',
  login: 'システムが受け付けませんでした。システムの設定で変更してください。',
  internalTitle: '問題が起きました',
  internal:
    'Linkify Tray でエラーが起きました。クリップボードはそのままです。もう一度試し、繰り返す場合はご報告ください。',
};
