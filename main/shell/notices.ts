import type { FailureView } from '../../preload/contract.ts';
import type { Messages } from '../i18n/messages.ts';
import type { LinkCheckResult } from '../linkify/check-link.ts';
import type { RecentLink } from '../links/schema.ts';
import type { Command } from './commands.ts';

/** A notification as a value; desktop/notifications/notifications.ts only shows it. */
export interface Notice {
  /** Notices of one cause replace each other. */
  readonly cause: string;
  readonly title: string;
  readonly body: string;
  /** An image's own bytes, shown small. */
  readonly picture?: Uint8Array;
  /** Silent and dismissed automatically; the user didn't ask for it. */
  readonly quiet?: boolean;
  /** Command of a click: the only one where the desktop shows no buttons. */
  readonly click: Command;
  /** Buttons, where the desktop has them; the first ones count most. */
  readonly buttons: readonly { readonly label: string; readonly command: Command }[];
}

/** Nothing was made: the clipboard holds the link already. */
export function alreadyLinkNotice({ cause, title, sentence }: FailureView, linkId: string): Notice {
  const click: Command = { kind: 'show', linkId };
  return { cause, title, body: sentence, quiet: true, click, buttons: [] };
}

/** The copied link was lost when the app quit. */
export function clipboardLostNotice(messages: Messages): Notice {
  return {
    cause: 'clipboard-lost',
    title: messages.t('clipboardLostTitle'),
    body: messages.t('clipboardLost'),
    quiet: true,
    click: { kind: 'show' },
    buttons: [],
  };
}

/** A version is installed at the next quit. */
export function updateReadyNotice(version: string, messages: Messages): Notice {
  return {
    cause: 'update',
    title: messages.t('updateIsReadyTitle'),
    body: messages.t('updateIsReady', { version }),
    quiet: true,
    click: { kind: 'show-settings', tab: 'general' },
    buttons: [{ label: messages.t('updateRestart'), command: { kind: 'install-update' } }],
  };
}

/** There is a version that the app doesn't install itself. */
export function updateAvailableNotice(version: string, messages: Messages): Notice {
  return {
    cause: 'update',
    title: messages.t('updateAvailableTitle'),
    body: messages.t('updateAvailable', { version }),
    quiet: true,
    click: { kind: 'show-settings', tab: 'general' },
    buttons: [{ label: messages.t('doGetUpdate'), command: { kind: 'install-update' } }],
  };
}

/** Undo was pressed too late: the link is shown, where it can be revoked. */
export function undoExpiredNotice(
  { cause, title, sentence }: FailureView,
  { id }: Pick<RecentLink, 'id'>,
  messages: Messages,
): Notice {
  return {
    cause,
    title,
    body: sentence,
    click: { kind: 'show', linkId: id },
    buttons: [{ label: messages.t('menuRevoke'), command: { kind: 'revoke', id } }],
  };
}

/** After a copy, for those who chose to be offered a link. */
export function offerNotice(
  what: string,
  entry: { readonly id: number } | undefined,
  messages: Messages,
): Notice {
  const share: Command =
    entry === undefined ? { kind: 'share' } : { kind: 'share-clip', id: String(entry.id) };
  return {
    cause: 'offer',
    title: messages.t('offerTitle'),
    body: messages.t('offerBody', { what }),
    quiet: true,
    click: share,
    buttons: [{ label: messages.t('offerShare'), command: share }],
  };
}

/** Result of the Restore clipboard shortcut. */
export function clipboardRestoredNotice(done: boolean, messages: Messages): Notice {
  return {
    cause: 'given-back',
    title: messages.t(done ? 'clipboardRestoredTitle' : 'nothingToRestoreTitle'),
    body: messages.t(done ? 'clipboardRestored' : 'nothingToRestore'),
    quiet: true,
    click: { kind: 'show' },
    buttons: [],
  };
}

/** A pending share was sent. It may be days old, so the notice names its content. */
export function pendingReadyNotice(
  link: RecentLink,
  what: string,
  onClipboard: boolean,
  messages: Messages,
): Notice {
  const { id, title } = link;
  const open = { label: messages.t('open'), command: { kind: 'open', id } } as const;
  const copy = { label: messages.t('copy'), command: { kind: 'copy', id } } as const;
  return {
    // Each on its own: one must not take the other's place before it was seen.
    cause: `late ${id}`,
    title: messages.t('pendingReadyTitle'),
    body: messages.t(onClipboard ? 'pendingReadyCopied' : 'pendingReady', { what, title }),
    click: onClipboard ? { kind: 'show', linkId: id } : { kind: 'copy', id },
    buttons: onClipboard ? [open] : [copy, open],
  };
}

/** So many at once that one notification each would bury the desktop. */
export function pendingReadyManyNotice(count: number, messages: Messages): Notice {
  return {
    cause: 'late-many',
    title: messages.t('pendingReadyTitle'),
    body: messages.t('pendingReadyMany', { count }),
    click: { kind: 'show' },
    buttons: [],
  };
}

/** After a while that is longer than people expect: how to stop it. */
export function stillWorkingNotice(what: string, uploading: boolean, messages: Messages): Notice {
  return {
    cause: 'still-working',
    title: messages.t('stillWorkingTitle'),
    body: messages.t(uploading ? 'stillUploading' : 'stillWorking', { what }),
    quiet: true,
    click: { kind: 'show' },
    buttons: [{ label: messages.t('doStopWaiting'), command: { kind: 'cancel-share' } }],
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
  messages: Messages,
  { deleted = 0, undoOf }: RevokedMore = {},
): Notice {
  const plain = messages.t('cannotBeOpened', { title });
  return {
    cause: 'revoked',
    title: messages.t('linkRevoked'),
    body:
      deleted === 0 ? plain : messages.join(plain, messages.t('itemsDeleted', { count: deleted })),
    // Where there are no buttons, the window that a click opens has the undo.
    click: { kind: 'show' },
    buttons:
      undoOf === undefined
        ? []
        : [{ label: messages.t('undo'), command: { kind: 'restore', id: undoOf } }],
  };
}

/** A revoke that was taken back. */
export function restoredNotice(
  { id, title }: Pick<RecentLink, 'id' | 'title'>,
  messages: Messages,
): Notice {
  return {
    cause: 'restored',
    title: messages.t('linkRestored'),
    body: messages.t('opensAgain', { title }),
    quiet: true,
    click: { kind: 'show', linkId: id },
    buttons: [],
  };
}

/** A link that was revoked, and opens all the same. */
export function stillOpensNotice({ id, title }: RecentLink, messages: Messages): Notice {
  return {
    cause: 'still-opens',
    title: messages.t('stillOpensTitle'),
    body: messages.t('stillOpens', { title }),
    click: { kind: 'show', linkId: id },
    buttons: [{ label: messages.t('menuRevoke'), command: { kind: 'revoke', id, isFinal: true } }],
  };
}

/** What came of following a link. */
export function testedNotice(
  { id, title }: RecentLink,
  found: LinkCheckResult,
  messages: Messages,
): Notice {
  return {
    cause: 'tested',
    title: messages.t(TESTED_TITLE[found]),
    body: messages.t(TESTED[found], { title }),
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
    click:
      action?.id === 'choose-shortcut'
        ? { kind: 'show-settings', tab: 'shortcuts' }
        : { kind: 'show' },
    buttons: [
      ...(action === undefined || command === undefined ? [] : [{ label: action.label, command }]),
      ...more,
    ],
  };
}
