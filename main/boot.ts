import { app, protocol } from 'electron';
import { createIconSource, createTrayIcon } from './desktop/tray-icon.ts';

// The first file to run, kept small: the tray icon is there before the rest is loaded.
// `ready` is not awaited at the top level: Electron waits for this module before it gets ready.

/** A message from a second start of the app, kept until the app can act on it. */
export interface SecondStart {
  readonly argv: readonly string[];
  readonly cwd: string;
}

if (!app.isPackaged) process.setSourceMapsEnabled(true);

const firstInstance = app.requestSingleInstanceLock({ argv: process.argv, cwd: process.cwd() });

if (!firstInstance) {
  app.exit(0);
} else {
  const waiting: SecondStart[] = [];
  let onSecondStart = (start: SecondStart): void => {
    waiting.push(start);
  };
  // Chromium reorders a second instance's argv; the untouched one travels as additional data.
  app.on('second-instance', (_event, argv, cwd, data) => {
    const sent = data as { argv?: unknown; cwd?: unknown } | undefined;
    const given = Array.isArray(sent?.argv) ? sent.argv.filter((a) => typeof a === 'string') : argv;
    onSecondStart({ argv: given, cwd: typeof sent?.cwd === 'string' ? sent.cwd : cwd });
  });
  // Tray apps live without windows.
  app.on('window-all-closed', () => {});

  protocol.registerSchemesAsPrivileged([
    { scheme: 'linkify', privileges: { standard: true, secure: true } },
  ]);
  if (process.platform === 'win32') app.setAppUserModelId('app.linkify.tray');
  if (process.platform === 'darwin') app.setActivationPolicy('accessory');

  app
    .whenReady()
    .then(async () => {
      const icons = createIconSource();
      const tray = createTrayIcon(icons);
      const { start } = await import('./index.ts');
      const takeSecondStart = await start({ tray, icons });
      onSecondStart = takeSecondStart;
      for (const start of waiting.splice(0)) takeSecondStart(start);
    })
    .catch((error: unknown) => {
      console.error('Linkify Tray could not start:', error);
      app.exit(1);
    });
}
