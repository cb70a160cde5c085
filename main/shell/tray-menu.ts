import type { AppState, LinkView } from '../../preload/contract.ts';
import type { Messages } from '../i18n/messages.ts';
import type { Command } from './commands.ts';

/** One entry of the tray's menu, as plain data. */
export type MenuNode =
  | { readonly kind: 'separator' }
  | { readonly kind: 'label'; readonly label: string }
  | {
      readonly kind: 'item';
      readonly label: string;
      readonly command: Command;
      readonly enabled?: boolean;
      readonly accelerator?: string;
      /** A checkbox entry when given. */
      readonly checked?: boolean;
    }
  | { readonly kind: 'submenu'; readonly label: string; readonly items: readonly MenuNode[] };

/** How many links the menu lists; the window has them all. */
export const MENU_LINKS = 10;

/** Menu labels longer than this are cut, in characters. */
const LABEL_CHARS = 48;

/** The tray's menu for a state. */
export function trayMenu(state: AppState, messages: Messages): readonly MenuNode[] {
  const { failure } = state;
  return [
    { kind: 'item', label: messages.t('menuOpen'), command: { kind: 'show' } },
    {
      kind: 'item',
      label: shareLabel(state, messages),
      command: { kind: 'share' },
      enabled: state.activity === null && state.clipboard.shareable,
      ...shownKeys(state),
    },
    ...undoItem(state.links, messages),
    { kind: 'separator' },
    recentLinks(state.links, messages),
    { kind: 'separator' },
    {
      kind: 'label',
      label: messages.t('serviceIs', { name: state.service.name, detail: state.service.detail }),
    },
    ...serviceItem(state),
    ...pendingMenu(state.pending ?? [], messages),
    ...(failure === null ? [] : failureItems(failure.title, failure.action)),
    ...missed(state),
    { kind: 'separator' },
    // Nothing is watched there that could be paused.
    ...(state.readsInFrontOnly === true ? [] : [watchingItem(state, messages)]),
    { kind: 'item', label: messages.t('menuSettings'), command: { kind: 'show-settings' } },
    { kind: 'separator' },
    { kind: 'item', label: messages.t('menuQuit'), command: { kind: 'quit' } },
  ];
}

const MINUTE_MS = 60_000;

/** Pauses for a while or for good; while paused, the way back with the time of day it ends. */
function watchingItem(
  { isWatchingClipboard, pausedUntilMs }: AppState,
  messages: Messages,
): MenuNode {
  if (isWatchingClipboard) {
    const pause = (label: string, forMs?: number): MenuNode => ({
      kind: 'item',
      label,
      command: { kind: 'pause-clipboard-history', ...(forMs === undefined ? {} : { forMs }) },
    });
    return {
      kind: 'submenu',
      label: messages.t('menuPause'),
      items: [
        pause(messages.t('menuPauseShort'), 15 * MINUTE_MS),
        pause(messages.t('menuPauseHour'), 60 * MINUTE_MS),
        pause(messages.t('menuPauseOpen')),
      ],
    };
  }
  const until = pausedUntilMs === undefined ? undefined : messages.clock(pausedUntilMs);
  return {
    kind: 'item',
    label:
      until === undefined
        ? messages.t('menuResume')
        : messages.t('menuResumePaused', { time: until }),
    command: { kind: 'resume-clipboard-history' },
  };
}

/** Keys that the desktop chose are known in its words only, which no menu takes. */
function shownKeys({ shortcut }: AppState): { readonly accelerator?: string } {
  const { accelerator, keys, state } = shortcut;
  return state === 'active' && keys === undefined ? { accelerator } : {};
}

function shareLabel({ activity, clipboard }: AppState, messages: Messages): string {
  if (activity !== null) return messages.t('menuSharing', { what: activity.what });
  if (clipboard.description === '') return messages.t('menuShare');
  return messages.t('menuShareWhat', { what: clipboard.description });
}

/** The newest share, for as long as it can be undone. */
function undoItem(links: readonly LinkView[], messages: Messages): readonly MenuNode[] {
  const link = links.slice(0, MENU_LINKS).find(({ canUndo }) => canUndo);
  if (link === undefined) return [];
  const key = link.revokesWithUndo === true ? 'menuUndoShare' : 'menuUndoShareFinal';
  const label = messages.t(key, { title: cut(link.title) });
  return [{ kind: 'item', label, command: { kind: 'undo', id: link.id } }];
}

/** What gets the service on, unless a failure says the same. */
function serviceItem({ service, failure }: AppState): readonly MenuNode[] {
  const { action } = service;
  if (action === undefined || action.id === failure?.action?.id) return [];
  return [{ kind: 'item', label: action.label, command: { kind: 'recover', id: action.id } }];
}

function pendingMenu(
  shares: NonNullable<AppState['pending']>,
  messages: Messages,
): readonly MenuNode[] {
  if (shares.length === 0) return [];
  const label = messages.t('menuPending', { count: shares.length });
  return [{ kind: 'item', label, command: { kind: 'show' } }];
}

/** What no notification could say; the window has the rest of it. */
function missed({ missedNotice }: AppState): readonly MenuNode[] {
  if (!missedNotice) return [];
  return [{ kind: 'item', label: cut(missedNotice.title), command: { kind: 'show' } }];
}

function failureItems(
  title: string,
  action: NonNullable<AppState['failure']>['action'],
): readonly MenuNode[] {
  return [
    { kind: 'item', label: `⚠ ${cut(title)}`, command: { kind: 'show' } },
    ...(action === undefined
      ? []
      : [
          {
            kind: 'item',
            label: action.label,
            command: { kind: 'recover', id: action.id },
          } as const,
        ]),
  ];
}

function recentLinks(links: readonly LinkView[], messages: Messages): MenuNode {
  const items = links.slice(0, MENU_LINKS).map((link) => linkMenu(link, messages));
  return {
    kind: 'submenu',
    label: messages.t('menuRecent'),
    items: items.length === 0 ? [{ kind: 'label', label: messages.t('menuNoLinks') }] : items,
  };
}

function linkMenu(link: LinkView, messages: Messages): MenuNode {
  const usable = link.state === 'active' || link.state === 'failed';
  const { id } = link;
  const title = cut(link.title);
  return {
    kind: 'submenu',
    label: link.state === 'revoked' ? messages.t('menuRevoked', { title }) : title,
    items: [
      {
        kind: 'item',
        label: messages.t('menuCopy'),
        command: { kind: 'copy', id },
        enabled: usable,
      },
      {
        kind: 'item',
        label: messages.t('menuOpenLink'),
        command: { kind: 'open', id },
        enabled: usable,
      },
      {
        kind: 'item',
        label: messages.t('menuTest'),
        command: { kind: 'test', id },
        enabled: usable,
      },
      link.restorableUntilMs === undefined
        ? {
            kind: 'item',
            label: messages.t('menuRevoke'),
            command: { kind: 'revoke', id },
            enabled: usable,
          }
        : {
            kind: 'item',
            label: messages.t('menuUndoRevoke'),
            command: { kind: 'restore', id },
          },
    ],
  };
}

function cut(text: string): string {
  // Menus take `&` for a mnemonic.
  const plain = text.replaceAll('&', '&&');
  return plain.length > LABEL_CHARS ? `${plain.slice(0, LABEL_CHARS - 1).trimEnd()}…` : plain;
}
