// A browser's window and nothing else: what somebody has who opens a link.
import { app, BrowserWindow, Menu } from 'electron';

app.whenReady().then(async () => {
  Menu.setApplicationMenu(null);
  const window = new BrowserWindow({ width: 1000, height: 760, webPreferences: { sandbox: true } });
  await window.loadURL('about:blank');
});
