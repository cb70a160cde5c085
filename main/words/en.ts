import { adviceEn } from './advice/en.ts';
import { outboxEn } from './outbox/en.ts';
import { piecesEn } from './pieces/en.ts';

/** Everything that the main process says to people, in English: the catalogue that the others follow. */
export const en = {
  ...adviceEn,
  ...piecesEn,
  ...outboxEn,

  appName: 'Linkify Tray',

  // The tray's menu and tooltip.
  menuOpen: 'Open Linkify Tray',
  menuShare: 'Share clipboard',
  menuShareWhat: 'Share clipboard ({what})',
  menuSharing: 'Sharing {what}…',
  menuRecent: 'Recent links',
  menuNoLinks: 'No links yet',
  menuRevoked: '{title} (revoked)',
  menuCopy: 'Copy link',
  menuOpenLink: 'Open in browser',
  menuRevoke: 'Revoke',
  menuPause: 'Pause watching',
  menuPauseShort: 'For 15 minutes',
  menuPauseHour: 'For 1 hour',
  menuPauseOpen: 'Until I resume',
  menuResume: 'Resume watching',
  menuResumePaused: 'Resume watching (paused until {time})',
  menuPreferences: 'Preferences…',
  menuQuit: 'Quit Linkify Tray',
  serviceIs: '{name}: {detail}',
  tipSharing: 'Linkify Tray: sharing {what}',
  tipSharingDone: 'Linkify Tray: sharing {what} {percent}',
  tipProblem: 'Linkify Tray: {title}',

  // Services.
  thisComputer: 'This computer',
  ready: 'Ready',

  // What is on the clipboard.
  clipText: { one: 'Text, {count} character', other: 'Text, {count} characters' },
  clipImage: 'Image',
  clipImageSize: 'Image {width}x{height}',
  clipFiles: { one: '{count} file', other: '{count} files' },
  clipFolder: { one: 'Folder, {count} file', other: 'Folder, {count} files' },
  clipEmpty: 'Nothing copied',
  clipUnsupported: 'Something that cannot be shared',
  clipConcealed: 'Marked as secret by its owner',
  clipSomeText: 'Text',
  clipSomeFiles: 'Files',
  texts: { one: '{count} text', other: '{count} texts' },
  clips: { one: '{count} clip', other: '{count} clips' },
  clipGoneTitle: 'No longer kept',
  clipGone: 'That copy is no longer in memory. Copy it again, then share it.',
  shortcutDouble: '{accelerator} is used already: {use}. Choose different keys.',
  useShare: 'share the clipboard',
  useShareLast: 'share the last clips',
  useOpenPopover: 'open the window',
  useRevokeLast: 'revoke the last link',
  useGiveBack: 'give the clipboard back',
  shortcutSilentTitle: 'The shortcut was not heard',
  shortcutSilent:
    'No press of {accelerator} arrived. Another program may hold it, or the system keeps it back. Choose different keys.',
  shortcutSilentCommand:
    'No press of {accelerator} arrived. Choose different keys, or bind the command “{command}” in the keyboard settings of your desktop.',
  nothingToRevokeTitle: 'Nothing to revoke',
  nothingToRevoke: 'There is no link that still opens.',
  givenBackTitle: 'Clipboard given back',
  givenBack: 'What you copied before the link is on the clipboard again.',
  notGivenBackTitle: 'Nothing to give back',
  notGivenBack: 'The clipboard holds what you copied yourself.',
  offerTitle: 'Share what you copied?',
  offerBody: '{what}. Click to make a link.',
  offerShare: 'Share',
  linkOffClipboard: '{what}. Links stay off the clipboard, as you chose. Click to copy it.',
  fileWithoutName: 'File',
  andMore: '{name} and {count} more',

  // Notifications.
  linkCopied: 'Link copied',
  linkReady: 'Link ready',
  sharedWhat: '{what}: {title}',
  clipboardLeftAlone:
    '{what}. You copied something else meanwhile, so the clipboard was left alone. Click to copy the link.',
  linkRevoked: 'Link revoked',
  cannotBeOpened: '{title} can no longer be opened.',
  opensIn: {
    one: 'It opens in {count} second. Undo before that, and nobody has seen it.',
    other: 'It opens in {count} seconds. Undo before that, and nobody has seen it.',
  },
  undo: 'Undo',
  copy: 'Copy',
  open: 'Open',

  // What looks like a secret.
  secretTitle: 'This looks like a secret',
  secretFound: 'It seems to hold {finds}. Nothing was shared yet.',
  secretDecide: 'It seems to hold {finds}. Nothing was shared yet. Decide what to do with it.',
  secretMasked: 'Share with it hidden',
  secretOnce: 'Share once, for ten minutes',
  secretDiscard: 'Don’t share',
  secretAnyway: 'Share anyway',
  secretRemember: 'Don’t ask again for this kind',
  findMore: { one: '{count} more', other: '{count} more' },
  findUnchecked: 'text that could not be checked',
  findPassword: 'a password',
  findUrlPassword: 'a password in a web address',
  findDatabasePassword: 'a database password',
  findPrivateKey: 'a private key',
  findToken: '{article} {name} token',
  findKey: '{article} {name} key',
  findThing: '{article} {name}',
} as const;
