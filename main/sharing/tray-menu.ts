import type { AppState, LinkView } from '../../preload/contract.ts';
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

/** How many links the menu lists; the popover has them all. */
export const MENU_LINKS = 10;

/** Menu labels longer than this are cut, in characters. */
const LABEL_CHARS = 48;

/** The tray's menu for a state. */
export function trayMenu(state: AppState): readonly MenuNode[] {
  const { failure } = state;
  return [
    { kind: 'item', label: 'Open Linkify Tray', command: { kind: 'show' } },
    {
      kind: 'item',
      label: shareLabel(state),
      command: { kind: 'share' },
      enabled: state.activity === null && state.clipboard.shareable,
      ...(state.shortcut.state === 'active' ? { accelerator: state.shortcut.accelerator } : {}),
    },
    { kind: 'separator' },
    recentLinks(state.links),
    { kind: 'separator' },
    { kind: 'label', label: `${state.service.name}: ${state.service.detail}` },
    ...(failure === null ? [] : failureItems(failure.title, failure.action)),
    { kind: 'separator' },
    {
      kind: 'item',
      label: 'Pause watching',
      checked: !state.watching,
      command: { kind: 'set-watching', watching: !state.watching },
    },
    { kind: 'item', label: 'Preferences…', command: { kind: 'show-preferences' } },
    { kind: 'separator' },
    { kind: 'item', label: 'Quit Linkify Tray', command: { kind: 'quit' } },
  ];
}

function shareLabel({ activity, clipboard }: AppState): string {
  if (activity !== null) return `Sharing ${activity.what}…`;
  if (clipboard.kind === 'unknown') return 'Share clipboard';
  return `Share clipboard (${clipboard.description})`;
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

function recentLinks(links: readonly LinkView[]): MenuNode {
  const items = links.slice(0, MENU_LINKS).map(linkMenu);
  return {
    kind: 'submenu',
    label: 'Recent links',
    items: items.length === 0 ? [{ kind: 'label', label: 'No links yet' }] : items,
  };
}

function linkMenu(link: LinkView): MenuNode {
  const usable = link.state === 'live' || link.state === 'failed';
  const { id } = link;
  return {
    kind: 'submenu',
    label: cut(link.title) + (link.state === 'revoked' ? ' (revoked)' : ''),
    items: [
      { kind: 'item', label: 'Copy link', command: { kind: 'copy', id }, enabled: usable },
      { kind: 'item', label: 'Open in browser', command: { kind: 'open', id }, enabled: usable },
      { kind: 'item', label: 'Revoke', command: { kind: 'revoke', id }, enabled: usable },
    ],
  };
}

function cut(text: string): string {
  // Menus take `&` for a mnemonic.
  const plain = text.replaceAll('&', '&&');
  return plain.length > LABEL_CHARS ? `${plain.slice(0, LABEL_CHARS - 1).trimEnd()}…` : plain;
}
