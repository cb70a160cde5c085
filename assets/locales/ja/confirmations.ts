import type { Translation } from '../../../main/i18n/catalog.ts';
import type { confirmations as en } from '../en/confirmations.ts';

export const confirmations: Translation<typeof en> = {
  confirmNo: 'キャンセル',
  confirmShare: '共有',
  confirmChange: '設定を変更しますか？',
  confirmChangeYes: '変更',
  confirmImport: '設定を読み込みますか？',
  confirmImportYes: '読み込む',
  confirmReset: 'すべての設定をリセットしますか？',
  confirmResetDetail:
    'すべての設定が初期値に戻り、アクセストークンは削除されます。リンクはそのまま残ります。',
  confirmResetYes: 'リセット',
  consentAutomatic:
    '新しいリンクは、Pieces OSの起動中はPieces OSが、それ以外はこのコンピューターが作成します。',
  consentPieces: '新しいリンクはPieces OSが作成します。共有する内容はPieces OSに送信されます。',
  consentBuiltIn: '新しいリンクはこのコンピューターが作成します。',
  consentCustom: '新しいリンクは{url}が作成します。共有する内容はこのサーバーに送信されます。',
  consentToken: '{url}に別のアクセストークンを使用します。',
  consentShareImages: '画像はコピーするとすぐに共有されます。',
  consentShareFiles: '画像とファイルはコピーするとすぐに共有されます。',
  consentShareEverything: 'すべての内容がコピーするとすぐに共有されます。',
  consentShareAsked: '操作するまで何も共有されません。',
  consentNotified: '新しいリンクは通知されます。',
  consentSilent: '新しいリンクは通知されません。',
  consentNetwork: 'ネットワーク上のほかのデバイスもリンクを開けます。',
  consentThisComputer: 'リンクを開けるのはこのコンピューターだけです。',
  consentLocation: '写真と動画は、確認なしで位置情報を付けたまま共有されます。',
  consentFallback:
    'リンクサービスを利用できない場合は、確認なしでこのコンピューターがリンクを作成します。',
  consentWatching: 'Linkify Trayはコピーした内容を読み取ります。',
  confirmFiles: { other: '{count}個のファイルを共有しますか？' },
  confirmText: 'このテキストを共有しますか？',
  confirmTextOrigin: {
    other: 'ほかのアプリまたはWebページが{count}文字のテキストを共有しようとしています：',
  },
};
