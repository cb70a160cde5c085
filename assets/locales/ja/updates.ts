import type { Translation } from '../../../main/i18n/catalog.ts';
import type { updates as en } from '../en/updates.ts';

export const updates: Translation<typeof en> = {
  doGetUpdate: 'ダウンロードページを開く',
  updateNotCheckedTitle: 'アップデートを確認できません',
  updateNotChecked:
    'アップデートサーバーに接続できません。接続を確認して、もう一度お試しください。',
  updateRejectedTitle: 'アップデートを拒否しました',
  updateUnsigned:
    'アップデートにLinkify Trayの開発元の署名がありません。何もインストールされていません。',
  updateUnreadable: 'アップデートの情報を読み取れません。何もインストールされていません。',
  updateOlder:
    'アップデートサーバーにあるのは、お使いのものより古いバージョンです。何もインストールされていません。',
  updateNoFile:
    'このコンピューター用のファイルがアップデートにありません。何もインストールされていません。',
  updateNotDownloadedTitle: 'ダウンロードできませんでした',
  updateInterrupted:
    'バージョン{version}のダウンロードが中断されました。接続を確認して、もう一度お試しください。',
  updateDifferent:
    'ダウンロードしたバージョン{version}は破損しているか、変更されています。何もインストールされていません。',
  updateDiskFull:
    'バージョン{version}に必要なディスクの空き容量がありません。空きを増やして、もう一度お試しください。',
  updateNotInstalledTitle: 'インストールできませんでした',
  updateFolder:
    'Linkify Trayは自身のファイルを置き換えられません。バージョン{version}をご自身でダウンロードしてください。',
  updateDoesNotStart:
    'バージョン{version}はこのコンピューターで動作しません。現在のバージョンはそのままです。',
  updateOther:
    'バージョン{version}をインストールできませんでした。ご自身でダウンロードしてください。',
  updateRolledBackTitle: 'アップデートを元に戻しました',
  updateRolledBack: 'バージョン{version}が起動しませんでした。前のバージョンに戻りました。',
  updateIsReadyTitle: 'アップデートの準備ができました',
  updateIsReady: 'バージョン{version}は、Linkify Trayの終了時にインストールされます。',
  updateRestart: '再起動して更新',
  updateAvailableTitle: 'アップデートがあります',
  updateAvailable: 'パッケージマネージャーでバージョン{version}をインストールしてください。',
  consentUpdates: 'Linkify Trayは1日に1回アップデートを確認します。',
};
