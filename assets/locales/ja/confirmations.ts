import type { Translation } from '../../../main/i18n/catalog.ts';
import type { confirmations as en } from '../en/confirmations.ts';

export const confirmations: Translation<typeof en> = {
  confirmNo: 'キャンセル',
  confirmShare: '共有',
  confirmChange: '設定を変更しますか？',
  confirmChangeYes: '変更',
  confirmImport: '設定を読み込みますか？',
  confirmImportYes: '読み込む',
  consentAutomatic:
    '新しいリンクは、Pieces OS が動作中なら Pieces OS、そうでなければこのコンピューターで作成されます。',
  consentPieces:
    '新しいリンクは Pieces OS で作成されます。共有する内容は Pieces OS に送信されます。',
  consentBuiltIn: '新しいリンクはこのコンピューターで作成されます。',
  consentCustom: '新しいリンクは {url} で作成されます。共有する内容はそこへ送信されます。',
  consentToken: '{url} に別のアクセストークンを使います。',
  consentShareImages: '画像はコピーするとすぐに共有されます。',
  consentShareFiles: '画像とファイルはコピーするとすぐに共有されます。',
  consentShareEverything: 'すべての内容がコピーするとすぐに共有されます。',
  consentShareAsked: '操作するまで何も共有されません。',
  consentNotified: '新しいリンクについて通知されます。',
  consentSilent: '新しいリンクについて通知されません。',
  consentNetwork: 'ネットワーク内のほかの機器がリンクを開けます。',
  consentThisComputer: 'このコンピューターだけがリンクを開けます。',
  consentLocation: '写真と動画は、確認せずに位置情報付きで共有されます。',
  consentFallback: 'サービスがリンクを作成できないとき、確認せずにこのコンピューターで作成します。',
  consentWatching: 'Linkify Tray はコピーした内容を読み取ります。',
  confirmFiles: { other: '{count} 個のファイルを共有しますか？' },
};
