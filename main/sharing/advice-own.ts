import {
  type AdviceTable,
  action,
  CHOOSE_SERVICE,
  DISMISS,
  elsewhere,
  RETRY,
  shown,
  the,
  unreadable,
} from './advice-words.ts';
import type { ServiceStartReason, SharingFault } from './faults.ts';
import { nameFinds } from './name-finds.ts';

/** What to say when something goes wrong on this side of the wire. */
export const OWN_ADVICE: AdviceTable<SharingFault> = {
  'nothing-to-share': () => ({
    title: 'Nothing to share',
    sentence: 'The clipboard is empty. Copy something first.',
    action: DISMISS,
  }),
  'unsupported-content': ({ formats }) => ({
    title: 'Cannot share this kind of content',
    sentence: `The clipboard holds ${formats[0] === undefined ? 'something' : `“${shown(formats[0])}”`}, which cannot be shared. Copy text, an image or files.`,
    action: DISMISS,
  }),
  concealed: () => ({
    title: 'Marked as secret',
    sentence:
      'The program it was copied from marked it as secret, so it was not read. Copy something else.',
    action: DISMISS,
  }),
  'looks-like-secret': ({ labels }, { words }) => ({
    title: words.say('secretTitle'),
    sentence: words.say('secretDecide', { finds: nameFinds(labels, words) }),
    action: action('decide', 'Decide'),
  }),
  'unreadable-file': ({ name }) => unreadable(name),
  folder: ({ name }) => ({
    title: 'Folders cannot be shared',
    sentence: `“${shown(name)}” is a folder. Copy the files in it, or an archive of it.`,
    action: DISMISS,
  }),
  'too-many-items': ({ count, limit }) => ({
    title: 'Too many things at once',
    sentence: `${count} things were copied; ${limit} can be shared together. Copy fewer.`,
    action: DISMISS,
  }),
  'terms-not-kept': (_fault, context) => ({
    title: 'Not with this service',
    sentence: `${the(context)} cannot end a link by itself, open it once, or ask for a password. Nothing was shared. The built-in service can.`,
    action: elsewhere(context),
  }),
  'once-needs-one': () => ({
    title: 'Several things cannot open once',
    sentence:
      'A link that opens once holds one thing. Share them one by one, or protect them by a password.',
    action: DISMISS,
  }),
  'already-sharing': () => ({
    title: 'Already sharing',
    sentence: 'A share is still under way. Wait for it, or cancel it.',
    action: DISMISS,
  }),
  'unknown-link': () => ({
    title: 'Not in the list any more',
    sentence: 'That link is no longer in the list of recent links.',
    action: DISMISS,
  }),
  'clip-gone': (_fault, { words }) => ({
    title: words.say('clipGoneTitle'),
    sentence: words.say('clipGone'),
    action: DISMISS,
  }),
  'unknown-question': () => ({
    title: 'No longer asked',
    sentence: 'What this was about is not held back any more. Share it again.',
    action: DISMISS,
  }),
  'link-is-live': () => ({
    title: 'This link still opens',
    sentence: 'Only links that are revoked can be taken out of the list. Revoke it first.',
    action: DISMISS,
  }),
  'clipboard-busy': () => ({
    title: 'The clipboard gave no answer',
    sentence: 'The program that holds the clipboard did not answer. Copy again, then try again.',
    action: RETRY,
  }),
  'shortcut-taken': ({ accelerator }) => ({
    title: 'The shortcut is taken',
    sentence: `Another program uses ${shown(accelerator)}. Choose another shortcut.`,
    action: action('choose-shortcut', 'Choose shortcut'),
  }),
  'service-did-not-start': ({ reason }) => ({
    title: 'The built-in service did not start',
    sentence: START_TEXT[reason],
    action: RETRY,
  }),
  'store-set-aside': ({ file, keptAs }) => ({
    title: 'A file could not be read',
    sentence: `${shown(file)} is damaged, so it was put aside${
      keptAs === undefined ? '' : ` as ${shown(keptAs)}`
    }, not erased. A new one was begun.`,
    action: DISMISS,
  }),
  'store-not-saved': ({ what }) => ({
    title: what === 'links' ? 'Recent links were not saved' : 'Preferences were not saved',
    sentence:
      'The disk did not take it: it may be full or read-only. Free some space; the next change is saved again.',
    action: DISMISS,
  }),
  'links-full': ({ limit }) => ({
    title: 'The list of links is full',
    sentence: `All ${limit} entries are links that still open. Revoke some that are no longer needed.`,
    action: DISMISS,
  }),
  'token-lost': () => ({
    title: 'The service’s token is lost',
    sentence:
      'It could not be decrypted, which happens when the system’s keyring changed. Enter it again in Preferences.',
    action: CHOOSE_SERVICE,
  }),
  'unusable-service-address': ({ address }) => ({
    title: 'Unusable service address',
    sentence: `“${shown(address)}” cannot be used: https anywhere, or http on this computer. Correct it in Preferences.`,
    action: CHOOSE_SERVICE,
  }),
  'command-line': ({ sentence }) => ({
    title: 'Not understood',
    sentence: shown(sentence),
    action: DISMISS,
  }),
  internal: () => ({
    title: 'Something went wrong here',
    sentence:
      'Linkify Tray met an error of its own. Your clipboard was left alone. Try again, and report it if it happens again.',
    action: RETRY,
  }),
};

const START_TEXT: Readonly<Record<ServiceStartReason, string>> = {
  'port-taken': 'Another program uses its port. Close that program, then try again.',
  'folder-not-writable':
    'Its folder cannot be written: the disk may be full or read-only. Free some space, then try again.',
  'unsafe-token-file':
    'The file with its token can be read by other users of this computer. Make it private, or delete it, then try again.',
  other: 'It met an error as it started. Try again; if it happens again, restart Linkify Tray.',
};
