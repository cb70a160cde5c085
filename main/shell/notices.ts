import type { FailureView } from '../../preload/contract.ts';
import type { Content } from '../clipboard/content.ts';
import type { Words } from '../i18n/messages.ts';
import type { LinkLook } from '../linkify/check-link.ts';
import type { RecentLink } from '../links/schema.ts';
import type { LinkPlace } from '../sharing/place-link.ts';
import type { Command } from './commands.ts';

/** A notification as a value; desktop/notifications/notifications.ts only shows it. */
export interface Notice {
  /** Notices of one cause replace each other. */
  readonly cause: string;
  readonly title: string;
  readonly body: string;
  /** An image's own bytes, shown small. */
  readonly picture?: Uint8Array;
  /** Without a sound, and away by itself: nobody asked for it. */
  readonly quiet?: boolean;
  /** What a click on it does; on Linux the click is all that there is. */
  readonly click: Command;
  /** Buttons, where the platform has them (macOS, Windows). */
  readonly buttons: readonly { readonly label: string; readonly command: Command }[];
}

/** Says what was shared, and leads to Undo, Open and Copy. */
export function sharedNotice(
  link: NewLink,
  description: string,
  delivery: LinkPlace,
  words: Words,
  shared?: Content,
): Notice {
  const { id } = link;
  const what =
    link.kind === 'image'
      ? description
      : words.say('sharedWhat', { what: description, title: link.title });
  const undo = undoButton(link, words);
  const copy = { label: words.say('copy'), command: { kind: 'copy', id } } as const;
  const open = { label: words.say('open'), command: { kind: 'open', id } } as const;
  return delivery === 'clipboard'
    ? {
        cause: 'shared',
        title: words.say('linkCopied'),
        body: what,
        ...(shared?.kind === 'image' ? { picture: shared.bytes } : {}),
        click: { kind: 'show', linkId: id },
        buttons: [undo, open],
      }
    : {
        cause: 'shared',
        title: words.say('linkCreated'),
        body: words.say('clipboardLeftAlone', { what }),
        click: { kind: 'copy', id },
        buttons: [copy, open, undo],
      };
}

/** A new link, and whether its target can restore it after a revoke. */
export type NewLink = RecentLink & { readonly canRestore: boolean };

/** Says so where the link can't be restored afterwards. */
function undoButton({ id, canRestore }: NewLink, words: Words): Notice['buttons'][number] {
  const label = words.say(canRestore ? 'undo' : 'undoFinal');
  return { label, command: { kind: 'undo', id } };
}

/** Nothing was made: the clipboard holds the link already. */
export function alreadyLinkNotice({ cause, title, sentence }: FailureView, linkId: string): Notice {
  const click: Command = { kind: 'show', linkId };
  return { cause, title, body: sentence, quiet: true, click, buttons: [] };
}

/** The app ended, and what it had copied went with it. */
export function clipboardLostNotice(words: Words): Notice {
  return {
    cause: 'clipboard-lost',
    title: words.say('clipboardLostTitle'),
    body: words.say('clipboardLost'),
    quiet: true,
    click: { kind: 'show' },
    buttons: [],
  };
}

/** Undo was pressed too late: the link is shown, where it can be revoked. */
export function undoExpiredNotice(
  { cause, title, sentence }: FailureView,
  { id }: Pick<RecentLink, 'id'>,
  words: Words,
): Notice {
  return {
    cause,
    title,
    body: sentence,
    click: { kind: 'show', linkId: id },
    buttons: [{ label: words.say('menuRevoke'), command: { kind: 'revoke', id } }],
  };
}

/** After a copy, for those who chose to be offered a link. */
export function offerNotice(
  what: string,
  entry: { readonly id: number } | undefined,
  words: Words,
): Notice {
  const share: Command =
    entry === undefined ? { kind: 'share' } : { kind: 'share-clip', id: String(entry.id) };
  return {
    cause: 'offer',
    title: words.say('offerTitle'),
    body: words.say('offerBody', { what }),
    quiet: true,
    click: share,
    buttons: [{ label: words.say('offerShare'), command: share }],
  };
}

/** What came of giving the clipboard back on a key. */
export function givenBackNotice(done: boolean, words: Words): Notice {
  return {
    cause: 'given-back',
    title: words.say(done ? 'givenBackTitle' : 'notGivenBackTitle'),
    body: words.say(done ? 'givenBack' : 'notGivenBack'),
    quiet: true,
    click: { kind: 'show' },
    buttons: [],
  };
}

/** A link that waited: it may be the answer to a press of days ago, so it says what it is of. */
export function lateNotice(
  link: RecentLink,
  what: string,
  onClipboard: boolean,
  words: Words,
): Notice {
  const { id, title } = link;
  const open = { label: words.say('open'), command: { kind: 'open', id } } as const;
  const copy = { label: words.say('copy'), command: { kind: 'copy', id } } as const;
  return {
    // Each on its own: one must not take the other's place before it was seen.
    cause: `late ${id}`,
    title: words.say('lateTitle'),
    body: words.say(onClipboard ? 'lateCopied' : 'late', { what, title }),
    click: onClipboard ? { kind: 'show', linkId: id } : { kind: 'copy', id },
    buttons: onClipboard ? [open] : [copy, open],
  };
}

/** So many at once that one notification each would bury the desktop. */
export function lateManyNotice(count: number, words: Words): Notice {
  return {
    cause: 'late-many',
    title: words.say('lateTitle'),
    body: words.say('lateMany', { count }),
    click: { kind: 'show' },
    buttons: [],
  };
}

/** Made by this computer in place of the service that was meant: said as plainly as can be. */
export function insteadNotice(
  link: NewLink,
  what: string,
  service: string,
  onClipboard: boolean,
  words: Words,
): Notice {
  const { id, title } = link;
  const undo = undoButton(link, words);
  const copy = { label: words.say('copy'), command: { kind: 'copy', id } } as const;
  return {
    cause: 'shared',
    title: words.say(onClipboard ? 'insteadTitle' : 'linkCreated'),
    body: words.say('instead', { what, title, service }),
    click: onClipboard ? { kind: 'show', linkId: id } : { kind: 'copy', id },
    buttons: onClipboard ? [undo] : [copy, undo],
  };
}

/** After a while that is longer than people expect: how to stop it. */
export function stillWorkingNotice(what: string, uploading: boolean, words: Words): Notice {
  return {
    cause: 'still-working',
    title: words.say('stillWorkingTitle'),
    body: words.say(uploading ? 'stillUploading' : 'stillWorking', { what }),
    quiet: true,
    click: { kind: 'show' },
    buttons: [{ label: words.say('doStopWaiting'), command: { kind: 'cancel-share' } }],
  };
}

interface RevokedMore {
  /** How many things were deleted on the service with it. */
  readonly deleted?: number;
  /** The link's id, where the revoke can be taken back. */
  readonly undoOf?: string;
}

export function revokedNotice(
  title: string,
  words: Words,
  { deleted = 0, undoOf }: RevokedMore = {},
): Notice {
  const plain = words.say('cannotBeOpened', { title });
  return {
    cause: 'revoked',
    title: words.say('linkRevoked'),
    body: deleted === 0 ? plain : words.join(plain, words.say('itemsDeleted', { count: deleted })),
    // Where there are no buttons, the window that a click opens has the undo.
    click: { kind: 'show' },
    buttons:
      undoOf === undefined
        ? []
        : [{ label: words.say('undo'), command: { kind: 'restore', id: undoOf } }],
  };
}

/** A revoke that was taken back. */
export function restoredNotice(
  { id, title }: Pick<RecentLink, 'id' | 'title'>,
  words: Words,
): Notice {
  return {
    cause: 'restored',
    title: words.say('linkRestored'),
    body: words.say('opensAgain', { title }),
    quiet: true,
    click: { kind: 'show', linkId: id },
    buttons: [],
  };
}

/** A link that was revoked, and opens all the same. */
export function stillOpensNotice({ id, title }: RecentLink, words: Words): Notice {
  return {
    cause: 'still-opens',
    title: words.say('stillOpensTitle'),
    body: words.say('stillOpens', { title }),
    click: { kind: 'show', linkId: id },
    buttons: [{ label: words.say('menuRevoke'), command: { kind: 'revoke', id, isFinal: true } }],
  };
}

/** What came of following a link. */
export function testedNotice({ id, title }: RecentLink, found: LinkLook, words: Words): Notice {
  return {
    cause: 'tested',
    title: words.say(TESTED_TITLE[found]),
    body: words.say(TESTED[found], { title }),
    click: { kind: 'show', linkId: id },
    buttons: [],
  };
}

const TESTED_TITLE = {
  opens: 'testedOpensTitle',
  dead: 'testedDeadTitle',
  unknown: 'testedUnknownTitle',
} as const;
const TESTED = { opens: 'testedOpens', dead: 'testedDead', unknown: 'testedUnknown' } as const;

/** The failure's own words; a click opens the window at the button that helps. */
export function failureNotice(failure: FailureView, more: Notice['buttons'] = []): Notice {
  const { action, linkId } = failure;
  const command: Command | undefined =
    action === undefined
      ? undefined
      : action.id === 'retry' && linkId !== undefined
        ? { kind: 'revoke', id: linkId }
        : { kind: 'recover', id: action.id };
  return {
    cause: failure.cause,
    title: failure.title,
    body: failure.sentence,
    click: action?.id === 'choose-shortcut' ? { kind: 'show-settings' } : { kind: 'show' },
    buttons: [
      ...(action === undefined || command === undefined ? [] : [{ label: action.label, command }]),
      ...more,
    ],
  };
}
