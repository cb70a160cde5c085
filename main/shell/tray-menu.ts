import type { AppState, LinkView, ServiceView, ShortcutStatus } from '../../preload/contract.ts';
import { spokenAccelerator } from '../../preload/key-names.ts';
import type { Messages } from '../i18n/messages.ts';
import { isExpired } from '../links/link-state.ts';
import type { Command } from './commands.ts';

/** One entry of the tray's menu, as plain data. */
export type MenuNode =
  | { readonly kind: 'separator' }
  | { readonly kind: 'label'; readonly label: string }
  | {
      readonly kind: 'item';
      /** Of entries of the top level: the same in each language and state. */
      readonly id?: string;
      readonly label: string;
      readonly command: Command;
      readonly enabled?: boolean;
      /** Keys that the system prints. */
      readonly accelerator?: string;
      /** Keys that are printed as they are. */
      readonly keys?: string;
      /** A checkbox entry when given. */
      readonly checked?: boolean;
    }
  | {
      readonly kind: 'submenu';
      readonly id?: string;
      readonly label: string;
      readonly items: readonly MenuNode[];
    };

export interface TrayMenuOptions {
  readonly platform: NodeJS.Platform;
  /** Wall clock, in ms since 1970. */
  readonly nowMs: number;
}

/** How many links the menu lists; the window has them all. */
export const MENU_LINKS = 10;

/** Menu labels longer than this are cut, in characters. */
const LABEL_CHARS = 48;

/** The tray's menu for a state: what is needed often comes first, and what is wrong after it. */
export function trayMenu(
  state: AppState,
  messages: Messages,
  { platform, nowMs }: TrayMenuOptions,
): readonly MenuNode[] {
  const { settings, shortcut, shortcutStates = {} } = state;
  const keyboard = { platform, messages };
  const status = statusItems(state, messages);
  const last = state.links.find((link) => isUsable(link) && !isExpired(link, nowMs));
  return [
    {
      kind: 'item',
      id: 'share',
      label: shareLabel(state, messages),
      command: { kind: 'share' },
      enabled: state.activity === null && state.clipboard.shareable,
      ...shownKeys(shortcut.accelerator, shortcut, keyboard),
    },
    {
      kind: 'item',
      id: 'copy-last',
      label: messages.t('menuCopyLast'),
      command: { kind: 'copy', id: last?.id ?? '' },
      enabled: last !== undefined,
    },
    undoItem(state, messages) ?? {
      kind: 'item',
      id: 'revoke-last',
      label: messages.t('useRevokeLast'),
      command: { kind: 'revoke-last' },
      enabled: last !== undefined,
      ...shownKeys(settings.revokeLastShortcut, shortcutStates.revokeLastShortcut, keyboard),
    },
    recentLinks(state.links, messages),
    {
      kind: 'item',
      id: 'open',
      label: messages.t('menuOpen'),
      command: { kind: 'show' },
      ...shownKeys(settings.windowShortcut, shortcutStates.windowShortcut, keyboard),
    },
    { kind: 'separator' },
    ...(status.length === 0 ? [] : [...status, { kind: 'separator' } as const]),
    // Nothing is watched there that could be paused.
    ...(state.readsInFrontOnly === true ? [] : [watchingItem(state, messages)]),
    {
      kind: 'item',
      id: 'settings',
      label: messages.t('menuSettings'),
      command: { kind: 'show-settings' },
    },
    { kind: 'separator' },
    { kind: 'item', id: 'quit', label: messages.t('menuQuit'), command: { kind: 'quit' } },
  ];
}

/** What the user has to know, or to do something about; empty while everything is fine. */
function statusItems(state: AppState, messages: Messages): readonly MenuNode[] {
  const { failure } = state;
  return [
    ...(failure === null ? [] : failureItems(failure.title, failure.action)),
    ...serviceItems(state, messages),
    ...pendingMenu(state.pending ?? [], messages),
    ...updateItems(state, messages),
    ...missed(state),
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
      id: 'pause',
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
    id: 'resume',
    label:
      until === undefined
        ? messages.t('menuResume')
        : messages.t('menuResumePaused', { time: until }),
    command: { kind: 'resume-clipboard-history' },
  };
}

/**
 * The keys of a shortcut that works. GTK's menus print modifiers in another order than the window, so
 * on Linux the keys are part of the text; a desktop's own choice is known as text only.
 */
function shownKeys(
  accelerator: string,
  { state, keys }: ShortcutStatus = { state: 'active' },
  { platform, messages }: { readonly platform: NodeJS.Platform; readonly messages: Messages },
): { readonly accelerator?: string; readonly keys?: string } {
  if (state !== 'active' || accelerator === '') return {};
  if (platform === 'linux')
    return { keys: keys ?? spokenAccelerator(accelerator, 'linux', messages.t) };
  return keys === undefined ? { accelerator } : {};
}

function shareLabel({ activity, clipboard }: AppState, messages: Messages): string {
  if (activity !== null) return messages.t('menuSharing', { what: activity.what });
  if (clipboard.description === '') return messages.t('menuShare');
  return messages.t('menuShareWhat', { what: clipboard.description });
}

/** Takes the last action back, while that is possible. */
function undoItem({ undo }: AppState, messages: Messages): MenuNode | undefined {
  if (!undo) return undefined;
  const { action, linkId, isFinal } = undo;
  const title = cut(undo.title);
  switch (action) {
    case 'share': {
      const label = messages.t(isFinal ? 'menuUndoShareFinal' : 'menuUndoShare', { title });
      return { kind: 'item', id: 'undo', label, command: { kind: 'undo', id: linkId } };
    }
    case 'revoke':
    case 'undo-share': {
      const label = messages.t(action === 'revoke' ? 'menuUndoRevoke' : 'restoreLink');
      return { kind: 'item', id: 'undo', label, command: { kind: 'restore', id: linkId } };
    }
  }
}

/** Whether there is something to know of the link service, or to do about it. */
export const needsAttention = ({ state, action }: ServiceView): boolean =>
  state === 'problem' || action !== undefined;

/** What is wrong with the service, and what gets it on, unless a failure says the same. */
function serviceItems({ service, failure }: AppState, messages: Messages): readonly MenuNode[] {
  if (!needsAttention(service)) return [];
  const { name, detail, action } = service;
  const line = { kind: 'label', label: messages.t('serviceIs', { name, detail }) } as const;
  if (action === undefined || action.id === failure?.action?.id) return [line];
  const { id, label } = action;
  return [line, { kind: 'item', id: 'service', label, command: { kind: 'recover', id } }];
}

/** The way to a version that waits for a restart. */
function updateItems({ update }: AppState, messages: Messages): readonly MenuNode[] {
  if (update?.progress.kind !== 'ready') return [];
  return [
    {
      kind: 'item',
      id: 'update',
      label: messages.t('updateRestart'),
      command: { kind: 'install-update' },
      enabled: !update.restartsWhenIdle,
    },
  ];
}

function pendingMenu(
  shares: NonNullable<AppState['pending']>,
  messages: Messages,
): readonly MenuNode[] {
  if (shares.length === 0) return [];
  const label = messages.t('menuPending', { count: shares.length });
  return [{ kind: 'item', id: 'pending', label, command: { kind: 'show' } }];
}

/** What no notification could say; the window has the rest of it. */
function missed({ missedNotice }: AppState): readonly MenuNode[] {
  if (!missedNotice) return [];
  const label = cut(missedNotice.title);
  return [{ kind: 'item', id: 'missed', label, command: { kind: 'show' } }];
}

function failureItems(
  title: string,
  action: NonNullable<AppState['failure']>['action'],
): readonly MenuNode[] {
  return [
    { kind: 'item', id: 'failure', label: `⚠ ${cut(title)}`, command: { kind: 'show' } },
    ...(action === undefined
      ? []
      : [
          {
            kind: 'item',
            id: 'recover',
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
    id: 'recent',
    label: messages.t('menuRecent'),
    items: items.length === 0 ? [{ kind: 'label', label: messages.t('menuNoLinks') }] : items,
  };
}

const isUsable = ({ state }: LinkView): boolean => state === 'active' || state === 'failed';

function linkMenu(link: LinkView, messages: Messages): MenuNode {
  const usable = isUsable(link);
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
