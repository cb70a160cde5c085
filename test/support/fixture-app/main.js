// Touches each part of a desktop once, so that the desktop itself can be tested.
import { join } from 'node:path';
import { app, clipboard, globalShortcut, Menu, Notification, Tray } from 'electron';

let tray;
let notification;

app.on('window-all-closed', () => {});
app.whenReady().then(() => {
  tray = new Tray(join(app.getAppPath(), '..', '..', 'bench', 'bare-app', 'icon.png'));
  tray.setToolTip('Fixture');
  const menu = [
    {
      label: 'Say hello',
      click: () => {
        notification = new Notification({ title: 'Hello', body: 'from the menu' });
        notification.on('click', () => clipboard.writeText('notification clicked'));
        notification.show();
      },
    },
    { label: 'More', submenu: [{ label: 'Quit', click: () => app.quit() }] },
  ];
  tray.setContextMenu(Menu.buildFromTemplate(menu));
  tray.on('click', () => clipboard.writeText('icon clicked'));
  globalShortcut.register('CommandOrControl+Shift+L', () => {
    clipboard.writeText(`shortcut: ${clipboard.readText()}`);
  });
});
