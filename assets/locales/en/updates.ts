/** What is said about new versions of the app. */
export const updates = {
  doGetUpdate: 'Open download page',
  updateNotCheckedTitle: 'Couldn’t check for updates',
  updateNotChecked: 'The update server can’t be reached. Check your connection, then try again.',
  updateRejectedTitle: 'Update rejected',
  updateUnsigned: 'The update isn’t signed by the makers of Linkify Tray. Nothing was installed.',
  updateUnreadable: 'The description of the update can’t be read. Nothing was installed.',
  updateOlder: 'The update server offers an older version than yours. Nothing was installed.',
  updateNoFile: 'The update has no file for this computer. Nothing was installed.',
  updateNotDownloadedTitle: 'Couldn’t download update',
  updateInterrupted:
    'The download of version {version} was interrupted. Check your connection, then try again.',
  updateDifferent:
    'The download of version {version} is damaged or was changed. Nothing was installed.',
  updateDiskFull:
    'There isn’t enough disk space for version {version}. Free some space, then try again.',
  updateNotInstalledTitle: 'Couldn’t install update',
  updateFolder: 'Linkify Tray can’t replace its own file. Download version {version} yourself.',
  updateDoesNotStart: 'Version {version} doesn’t run on this computer. Your version is unchanged.',
  updateOther: 'Version {version} couldn’t be installed. Download it yourself.',
  updateRolledBackTitle: 'Update undone',
  updateRolledBack: 'Version {version} didn’t start. The previous version is running again.',
  updateIsReadyTitle: 'Update ready',
  updateIsReady: 'Version {version} is installed when you quit Linkify Tray.',
  updateRestart: 'Restart to update',
  updateAvailableTitle: 'Update available',
  updateAvailable: 'Install version {version} with your package manager.',
  consentUpdates: 'Linkify Tray checks for updates once a day.',
} as const;
