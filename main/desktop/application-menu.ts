import type { MenuItemConstructorOptions } from 'electron';
import type { Messages, TextKey } from '../i18n/messages.ts';
import type { Command } from '../shell/commands.ts';

type Role = NonNullable<MenuItemConstructorOptions['role']>;

/**
 * The application menu of macOS. The app has no icon in the Dock, so the menu is hardly seen, but
 * keys such as ⌘W, ⌘Q, ⌘V, and ⌘, reach a window only by a menu item.
 * @param close hides or closes the window in front
 */
export function applicationMenu(
  { t }: Messages,
  run: (command: Command) => void,
  close: () => void,
): MenuItemConstructorOptions[] {
  const role = (name: Role, label: TextKey): MenuItemConstructorOptions => ({
    role: name,
    label: t(label),
  });
  const separator = { type: 'separator' } as const;
  return [
    {
      label: 'Linkify Tray',
      submenu: [
        {
          label: t('menuSettings'),
          accelerator: 'Command+,',
          click: () => run({ kind: 'show-settings' }),
        },
        separator,
        role('hide', 'menuHide'),
        role('hideOthers', 'menuHideOthers'),
        role('unhide', 'menuShowAll'),
        separator,
        { label: t('menuQuit'), accelerator: 'Command+Q', click: () => run({ kind: 'quit' }) },
      ],
    },
    {
      label: t('menuEdit'),
      submenu: [
        role('undo', 'menuUndoTyping'),
        role('redo', 'menuRedo'),
        separator,
        role('cut', 'menuCut'),
        role('copy', 'menuCopyText'),
        role('paste', 'menuPaste'),
        role('selectAll', 'menuSelectAll'),
      ],
    },
    {
      label: t('menuWindow'),
      submenu: [
        role('minimize', 'menuMinimize'),
        { label: t('menuClose'), accelerator: 'Command+W', click: close },
      ],
    },
  ];
}
