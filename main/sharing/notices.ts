import type { FailureView } from '../../preload/contract.ts';
import type { Content } from '../clipboard/content.ts';
import type { RecentLink } from '../links/schema.ts';
import type { Words } from '../words/words.ts';
import type { Command } from './commands.ts';

/** A notification as a value; desktop/notifications.ts only shows it. */
export interface Notice {
  /** Notices of one cause replace each other. */
  readonly cause: string;
  readonly title: string;
  readonly body: string;
  /** An image's own bytes, shown small. */
  readonly picture?: Uint8Array;
  /** What a click on it does; on Linux the click is all that there is. */
  readonly click: Command;
  /** Buttons, where the platform has them (macOS, Windows). */
  readonly buttons: readonly { readonly label: string; readonly command: Command }[];
}

/** Says what was shared, and leads to Undo, Open and Copy. */
export function sharedNotice(
  link: RecentLink,
  description: string,
  onClipboard: boolean,
  words: Words,
  shared?: Content,
): Notice {
  const { id } = link;
  const what =
    link.kind === 'image'
      ? description
      : words.say('sharedWhat', { what: description, title: link.title });
  const undo = { label: words.say('undo'), command: { kind: 'undo', id } } as const;
  const copy = { label: words.say('copy'), command: { kind: 'copy', id } } as const;
  const open = { label: words.say('open'), command: { kind: 'open', id } } as const;
  return onClipboard
    ? {
        cause: 'shared',
        title: words.say('linkCopied'),
        body: `${what}${untilOpen(link, words)}`,
        ...(shared?.kind === 'image' ? { picture: shared.bytes } : {}),
        click: { kind: 'show', linkId: id },
        buttons: [undo, open],
      }
    : {
        cause: 'shared',
        title: words.say('linkReady'),
        body: words.say('clipboardLeftAlone', { what }),
        click: { kind: 'copy', id },
        buttons: [copy, open],
      };
}

/** Within the grace period nobody can have seen it: the one time when Undo is a promise. */
function untilOpen({ createdAtMs, opensAtMs }: RecentLink, words: Words): string {
  if (opensAtMs === undefined || opensAtMs <= createdAtMs) return '';
  const count = Math.max(1, Math.round((opensAtMs - createdAtMs) / 1_000));
  return `\n${words.say('opensIn', { count })}`;
}

export function revokedNotice(title: string, words: Words): Notice {
  return {
    cause: 'revoked',
    title: words.say('linkRevoked'),
    body: words.say('cannotBeOpened', { title }),
    click: { kind: 'show' },
    buttons: [],
  };
}

/** The failure's own words; a click opens the popover at the button that helps. */
export function failureNotice(failure: FailureView): Notice {
  const { action } = failure;
  return {
    cause: failure.cause,
    title: failure.title,
    body: failure.sentence,
    click: action?.id === 'choose-shortcut' ? { kind: 'show-preferences' } : { kind: 'show' },
    buttons:
      action === undefined
        ? []
        : [{ label: action.label, command: { kind: 'recover', id: action.id } }],
  };
}
