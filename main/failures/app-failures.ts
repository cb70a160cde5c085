import type { RecoveryId } from '../../preload/contract.ts';
import type { MessageKey, TextKey } from '../i18n/messages.ts';
import type { UpdateState } from '../linkify/model.ts';
import { nameFindings } from '../secrets/name-findings.ts';
import {
  type Advice,
  type AdviceContext,
  type AdviceTable,
  action,
  elsewhere,
  keysOf,
  shown,
  the,
  unreadable,
} from './failure-table.ts';
import type {
  ServiceStartReason,
  SharingFault,
  ShortcutUse,
  SpecialFile,
  UpdateDownloadProblem,
  UpdateInstallProblem,
  UpdateRejection,
} from './faults.ts';
import { geotagSentence, nameList } from './sentences.ts';

/** What each shortcut does. */
export const SHORTCUT_USE = {
  share: 'useShare',
  shareLast: 'useShareLast',
  openWindow: 'useOpenWindow',
  revokeLast: 'useRevokeLast',
  restoreClipboard: 'useRestoreClipboard',
} as const satisfies Record<ShortcutUse, TextKey>;

/** What needs no more than its two texts and a button. */
const plain =
  (title: TextKey, sentence: TextKey, way: RecoveryId = 'dismiss') =>
  (_fault: unknown, context: AdviceContext): Advice => ({
    title: context.messages.t(title),
    sentence: context.messages.t(sentence),
    action: action(way, context),
  });

/** What to say when something goes wrong on this side of the wire. */
export const OWN_ADVICE: AdviceTable<SharingFault> = {
  'nothing-to-share': plain('nothingTitle', 'nothing'),
  'unsupported-content': ({ formats: [first] }, context) => ({
    title: context.messages.t('unsupportedTitle'),
    sentence:
      first === undefined
        ? context.messages.t('unsupported')
        : context.messages.t('unsupportedFormat', { format: shown(first) }),
    action: action('dismiss', context),
  }),
  concealed: plain('concealedTitle', 'concealed'),
  'looks-like-secret': ({ labels }, context) => ({
    title: context.messages.t('secretTitle'),
    sentence: context.messages.t('secretDecide', { finds: nameFindings(labels, context.messages) }),
    action: action('decide', context),
  }),
  'has-location': (fault, context) => ({
    title: context.messages.t('locationTitle'),
    sentence: geotagSentence(fault, context.messages),
    action: action('decide', context),
  }),
  'unreadable-file': ({ name }, context) => unreadable(name, context),
  'remote-file': ({ names, address }, context) => ({
    title: context.messages.t('remoteFileTitle'),
    sentence: context.messages.t('remoteFile', {
      names: nameList(names, context.messages),
      address: shown(address),
    }),
    action: action('dismiss', context),
  }),
  'special-file': ({ name, what }, context) => ({
    title: context.messages.t('specialTitle'),
    sentence: context.messages.t(SPECIAL_TEXT[what], { name: shown(name) }),
    action: action('dismiss', context),
  }),
  'some-unreadable': ({ names }, context) => ({
    title: context.messages.t('someUnreadableTitle'),
    sentence: context.messages.t('someUnreadableDecide', {
      names: nameList(names, context.messages),
    }),
    action: action('decide', context),
  }),
  'folder-too-large': ({ name }, context) => ({
    title: context.messages.t('folderTooLargeTitle'),
    sentence: context.messages.t('folderTooLarge', { name: shown(name) }),
    action: action('dismiss', context),
  }),
  'folder-empty': ({ name }, context) => ({
    title: context.messages.t('folderEmptyTitle'),
    sentence: context.messages.t('folderEmpty', { name: shown(name) }),
    action: action('dismiss', context),
  }),
  'too-many-items': ({ count, limit }, context) => ({
    title: context.messages.t('tooManyTitle'),
    sentence: context.messages.t('tooMany', { count, limit }),
    action: action('dismiss', context),
  }),
  'options-not-applied': (_fault, context) => ({
    title: context.messages.t('optionsNotAppliedTitle'),
    sentence: context.messages.t('optionsNotApplied', the(context)),
    action: elsewhere(context),
  }),
  'one-time-collection': plain('onceTitle', 'once'),
  'maximum-reached': plain('maximumTitle', 'maximum'),
  'link-inactive': plain('linkInactiveTitle', 'linkInactive'),
  'unverified-service': plain('unverifiedTitle', 'unverified', 'decide'),
  'service-update': ({ status }, context) => ({
    title: context.messages.t('updateFoundTitle'),
    sentence: context.messages.t(UPDATE_TEXT[status]),
    action: action(UPDATE_ACTION[status], context),
  }),
  'file-changed': ({ name }, context) => ({
    title: context.messages.t('fileChangedTitle'),
    sentence: context.messages.t('fileChanged', { name: shown(name) }),
    action: action('retry', context),
  }),
  'pending-expired': ({ what }, context) => ({
    title: context.messages.t('pendingExpiredTitle'),
    sentence: context.messages.t('pendingExpired', { what: shown(what) }),
    action: action('retry', context),
  }),
  'share-interrupted': ({ what, why }, context) => ({
    title: context.messages.t('interruptedTitle'),
    sentence: context.messages.t(why === 'asked' ? 'interruptedAsked' : 'interrupted', {
      what: shown(what),
    }),
    action: action('dismiss', context),
  }),
  'not-pending': plain('notPendingTitle', 'notPending'),
  'outbox-unreadable': ({ entries }, context) => ({
    title: context.messages.t('outboxUnreadableTitle'),
    sentence: context.messages.t('outboxUnreadable', { count: entries }),
    action: action('dismiss', context),
  }),
  'already-sharing': plain('alreadyTitle', 'already'),
  'already-a-link': ({ title }, context) => ({
    title: context.messages.t('alreadyLinkTitle'),
    sentence: context.messages.t('alreadyLink', { title: shown(title) }),
    action: action('dismiss', context),
  }),
  'undo-expired': plain('restoreExpiredTitle', 'undoExpired'),
  'unknown-link': plain('unknownLinkTitle', 'unknownLink'),
  'clip-not-found': plain('clipNotFoundTitle', 'clipNotFound'),
  'unknown-question': plain('unknownQuestionTitle', 'unknownQuestion'),
  'link-is-active': plain('linkActiveTitle', 'linkActive'),
  'clipboard-busy': plain('busyTitle', 'busy', 'retry'),
  'clipboard-needs-focus': plain('needsFocusTitle', 'needsFocus', 'open-window'),
  'link-not-copied': ({ needsFocus }, context) => ({
    title: context.messages.t('notCopiedTitle'),
    sentence: context.messages.t(needsFocus ? 'notCopiedNeedsFocus' : 'notCopied'),
    action: action(needsFocus ? 'open-window' : 'copy-link', context),
  }),
  'shortcut-taken': ({ accelerator }, context) => ({
    title: context.messages.t('shortcutTitle'),
    sentence: context.messages.t('shortcut', { accelerator: keysOf(accelerator, context) }),
    action: action('choose-shortcut', context),
  }),
  'shortcut-duplicate': ({ accelerator, use }, context) => ({
    title: context.messages.t('shortcutTitle'),
    sentence: context.messages.t('shortcutDuplicate', {
      accelerator: keysOf(accelerator, context),
      use: context.messages.t(SHORTCUT_USE[use]),
    }),
    action: action('choose-shortcut', context),
  }),
  'shortcut-not-detected': ({ accelerator, command }, context) => ({
    title: context.messages.t('shortcutNotDetectedTitle'),
    sentence:
      command === undefined
        ? context.messages.t('shortcutNotDetected', { accelerator: keysOf(accelerator, context) })
        : context.messages.t('shortcutNotDetectedCommand', {
            accelerator: keysOf(accelerator, context),
            command,
          }),
    action: action('choose-shortcut', context),
  }),
  'shortcut-denied': ({ accelerator }, context) => ({
    title: context.messages.t('shortcutDeniedTitle'),
    sentence: context.messages.t('shortcutDenied', { accelerator: keysOf(accelerator, context) }),
    action: action('choose-shortcut', context),
  }),
  'keyboard-settings-not-changed': plain(
    'keyboardSettingsTitle',
    'keyboardSettings',
    'choose-shortcut',
  ),
  'shortcut-unusable': ({ accelerator }, context) => ({
    title: context.messages.t('shortcutUnusableTitle'),
    sentence: context.messages.t('shortcutUnusable', { accelerator: keysOf(accelerator, context) }),
    action: action('choose-shortcut', context),
  }),
  'nothing-to-revoke': plain('nothingToRevokeTitle', 'nothingToRevoke'),
  'restore-expired': plain('restoreExpiredTitle', 'restoreExpired'),
  'not-restored': ({ outcomeUnknown }, context) => ({
    title: context.messages.t('notRestoredTitle'),
    sentence: context.messages.t(outcomeUnknown ? 'maybeRestored' : 'notRestored'),
    action: action('dismiss', context),
  }),
  'links-port-taken': ({ port }, context) => ({
    title: context.messages.t('linksPortTitle'),
    sentence: context.messages.t('linksPort', { port: String(port) }),
    action: action('dismiss', context),
  }),
  'service-did-not-start': ({ reason }, context) => ({
    title: context.messages.t('startTitle'),
    sentence: context.messages.t(START_TEXT[reason]),
    action: action('retry', context),
  }),
  'store-set-aside': ({ file, backupName }, context) => ({
    title: context.messages.t('fileDamagedTitle'),
    sentence:
      backupName === undefined
        ? context.messages.t('setAside', { file: shown(file) })
        : context.messages.t('setAsideAs', { file: shown(file), backupName: shown(backupName) }),
    action: action('dismiss', context),
  }),
  'settings-invalid': ({ names, backupName }, context) => ({
    title: context.messages.t('settingsInvalidTitle'),
    sentence:
      backupName === undefined
        ? context.messages.t('settingsInvalid', { names: names.join(', ') })
        : context.messages.t('settingsInvalidAs', {
            names: names.join(', '),
            backupName: shown(backupName),
          }),
    action: action('dismiss', context),
  }),
  'settings-foreign': plain('settingsForeignTitle', 'settingsForeign', 'choose-service'),
  'settings-newer': plain('newerTitle', 'settingsNewer'),
  'store-not-saved': ({ what }, context) => ({
    title: context.messages.t(NOT_SAVED[what]),
    sentence: context.messages.t('notSaved'),
    action: action('dismiss', context),
  }),
  'links-full': ({ limit }, context) => ({
    title: context.messages.t('linksFullTitle'),
    sentence: context.messages.t('linksFull', { limit }),
    action: action('dismiss', context),
  }),
  'token-lost': plain('tokenLostTitle', 'tokenLost', 'choose-service'),
  'unusable-service-address': ({ address }, context) => ({
    title: context.messages.t('addressTitle'),
    sentence: context.messages.t('addressUnusable', { address: shown(address) }),
    action: action('choose-service', context),
  }),
  'settings-file-unusable': ({ name }, context) => ({
    title: context.messages.t('settingsFileTitle'),
    sentence: context.messages.t('settingsFile', { name: shown(name) }),
    action: action('dismiss', context),
  }),
  'settings-not-exported': ({ name }, context) => ({
    title: context.messages.t('notExportedTitle'),
    sentence: context.messages.t('notExported', { name: shown(name) }),
    action: action('dismiss', context),
  }),
  'login-not-changed': plain('loginTitle', 'login'),
  'update-not-checked': plain('updateNotCheckedTitle', 'updateNotChecked', 'check-for-updates'),
  'update-rejected': ({ reason }, context) => ({
    title: context.messages.t('updateRejectedTitle'),
    sentence: context.messages.t(REJECTED_TEXT[reason]),
    action: action('check-for-updates', context),
  }),
  'update-not-downloaded': ({ version, reason }, context) => ({
    title: context.messages.t('updateNotDownloadedTitle'),
    sentence: context.messages.t(NOT_DOWNLOADED_TEXT[reason], { version }),
    action: action('check-for-updates', context),
  }),
  'update-not-installed': ({ version, reason }, context) => ({
    title: context.messages.t('updateNotInstalledTitle'),
    sentence: context.messages.t(NOT_INSTALLED_TEXT[reason], { version }),
    action: action('get-update', context),
  }),
  'update-rolled-back': ({ version }, context) => ({
    title: context.messages.t('updateRolledBackTitle'),
    sentence: context.messages.t('updateRolledBack', { version }),
    action: action('dismiss', context),
  }),
  internal: plain('internalTitle', 'internal', 'retry'),
};

const SPECIAL_TEXT = {
  pipe: 'specialPipe',
  socket: 'specialSocket',
  device: 'specialDevice',
  'system-folder': 'specialSystem',
  disk: 'specialDisk',
} as const satisfies Record<SpecialFile, MessageKey>;

const START_TEXT: Readonly<Record<ServiceStartReason, TextKey>> = {
  'port-taken': 'startPort',
  'folder-not-writable': 'startFolder',
  'unsafe-token-file': 'startToken',
  other: 'startOther',
};

const REJECTED_TEXT: Readonly<Record<UpdateRejection, TextKey>> = {
  unsigned: 'updateUnsigned',
  unreadable: 'updateUnreadable',
  older: 'updateOlder',
  'no-file': 'updateNoFile',
};

const NOT_DOWNLOADED_TEXT = {
  interrupted: 'updateInterrupted',
  different: 'updateDifferent',
  'disk-full': 'updateDiskFull',
} as const satisfies Record<UpdateDownloadProblem, MessageKey>;

const NOT_INSTALLED_TEXT = {
  folder: 'updateFolder',
  'does-not-start': 'updateDoesNotStart',
  other: 'updateOther',
} as const satisfies Record<UpdateInstallProblem, MessageKey>;

const UPDATE_TEXT: Readonly<Record<UpdateState['status'], TextKey>> = {
  unknown: 'updateUnknown',
  'up-to-date': 'updateNone',
  available: 'updateGoesOn',
  downloading: 'updateGoesOn',
  'ready-to-restart': 'updateReady',
  'reinstall-required': 'updateReinstall',
  'contact-support': 'updateSupport',
};

const UPDATE_ACTION: Readonly<Record<UpdateState['status'], RecoveryId>> = {
  unknown: 'use-built-in',
  'up-to-date': 'use-built-in',
  available: 'update-service',
  downloading: 'update-service',
  'ready-to-restart': 'retry',
  'reinstall-required': 'get-pieces',
  'contact-support': 'use-built-in',
};

const NOT_SAVED = {
  links: 'linksNotSavedTitle',
  settings: 'settingsNotSavedTitle',
  outbox: 'outboxNotSavedTitle',
} as const;
