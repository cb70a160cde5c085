// The least that a tray application can be: what the app's start and memory are measured against.
import { join } from 'node:path';
import { app, Menu, Tray } from 'electron';

let tray;

app.on('window-all-closed', () => {});
app.whenReady().then(() => {
  tray = new Tray(join(import.meta.dirname, 'icon.png'));
  tray.setToolTip('Bare');
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: 'One entry' },
      { type: 'separator' },
      { label: 'Quit', click: () => app.quit() },
    ]),
  );
});
