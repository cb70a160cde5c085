import { Menu, type MenuItemConstructorOptions, type NativeImage, type Tray } from 'electron';
import type { Command } from '../shell/commands.ts';
import type { MenuNode } from '../shell/tray-menu.ts';
import type { TrayState } from './tray-icon-file.ts';

export type Dropped =
  | { readonly kind: 'files'; readonly paths: readonly string[] }
  | { readonly kind: 'text'; readonly text: string };

export interface TrayDeps {
  readonly tray: Tray;
  readonly icons: (state: TrayState) => NativeImage;
  readonly run: (command: Command) => void;
  /** Shares what was dropped on the icon (macOS). */
  readonly drop: (dropped: Dropped) => void;
}

export interface TrayView {
  show(view: {
    readonly icon: TrayState;
    readonly toolTip: string;
    readonly menu: readonly MenuNode[];
  }): void;
  /** Takes the icon that fits the system's theme now. */
  repaint(): void;
}

/**
 * Keeps the tray's icon, tooltip and menu. Each is set only when it changed: on Linux every
 * new menu is sent over D-Bus whole, and an open one would close.
 */
export function createTrayView({ tray, icons, run, drop }: TrayDeps): TrayView {
  let icon: TrayState = 'idle';
  let toolTip = '';
  let menu = '';
  tray.on('click', () => run({ kind: 'toggle' }));
  if (process.platform === 'darwin') {
    tray.setContextMenu(null);
    // Only there a tray icon takes what is dropped on it.
    tray.on('drop-files', (_event, paths) => drop({ kind: 'files', paths }));
    tray.on('drop-text', (_event, text) => drop({ kind: 'text', text }));
  }
  return {
    repaint: () => tray.setImage(icons(icon)),
    show(view) {
      if (view.icon !== icon) {
        icon = view.icon;
        tray.setImage(icons(icon));
      }
      if (view.toolTip !== toolTip) {
        toolTip = view.toolTip;
        tray.setToolTip(toolTip);
      }
      const next = JSON.stringify(view.menu);
      if (next === menu) return;
      menu = next;
      const built = Menu.buildFromTemplate(view.menu.map((node) => toTemplate(node, run)));
      // On macOS a context menu would take the left click too, which opens the window.
      if (process.platform === 'darwin') {
        tray.removeAllListeners('right-click');
        tray.on('right-click', () => tray.popUpContextMenu(built));
      } else {
        tray.setContextMenu(built);
      }
    },
  };
}

/** Between a label and its keys, where the menu has no column for them. */
const KEYS_GAP = '\u2003';

const idOf = ({ id }: { readonly id?: string }) => (id === undefined ? {} : { id });

function toTemplate(node: MenuNode, run: (command: Command) => void): MenuItemConstructorOptions {
  switch (node.kind) {
    case 'separator':
      return { type: 'separator' };
    case 'label':
      return { label: node.label, enabled: false };
    case 'submenu':
      return {
        ...idOf(node),
        label: node.label,
        submenu: node.items.map((item) => toTemplate(item, run)),
      };
    case 'item':
      return {
        ...idOf(node),
        label: node.keys === undefined ? node.label : `${node.label}${KEYS_GAP}${node.keys}`,
        enabled: node.enabled ?? true,
        ...(node.checked === undefined ? {} : { type: 'checkbox', checked: node.checked }),
        // Shown only: the shortcut itself is registered system-wide.
        ...(node.accelerator === undefined
          ? {}
          : { accelerator: node.accelerator, registerAccelerator: false }),
        click: () => run(node.command),
      };
  }
}
