import { app, protocol } from 'electron';
import {
  type CommandLineInput,
  HELP,
  packCommandLine,
  parseCommandLine,
  unpackCommandLine,
} from './command-line.ts';
import { createIconSource, createTrayIcon } from './desktop/tray-icon.ts';

// The first file to run, kept small: the tray icon is there before the rest is loaded.
// `ready` is not awaited at the top level: Electron waits for this module before it gets ready.

/** The icon reaches the panel over D-Bus while nothing else keeps this thread busy. In ms. */
const AFTER_ICON_MS = 60;

/**
 * A timer set straight from one of Electron's own callbacks may wait until something else wakes
 * Node's loop; set from an immediate, which wakes it, it comes in time.
 */
const pause = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(() => setTimeout(resolve, AFTER_ICON_MS));
  });

/** Made once for this app, and never changed: Windows finds the app by it. */
const TOAST_CLASS = '{6F1E2B0C-0B7B-4C41-9B5E-2C2D3B8E7A41}';

if (!app.isPackaged) process.setSourceMapsEnabled(true);

const given = { argv: process.argv, cwd: process.cwd(), packaged: app.isPackaged };
const commandLine = parseCommandLine(given);

if (!commandLine.ok) {
  console.error(commandLine.sentence);
  app.exit(2);
} else if (commandLine.options.action.kind === 'help') {
  console.log(HELP);
  app.exit(0);
} else if (commandLine.options.action.kind === 'version') {
  console.log(app.getVersion());
  app.exit(0);
} else if (commandLine.options.action.kind === 'list') {
  import('./print-links.ts')
    .then(({ printedLinks }) => console.log(printedLinks(app.getPath('userData'))))
    .then(
      () => app.exit(0),
      () => app.exit(1),
    );
} else if (!app.requestSingleInstanceLock(packCommandLine(given))) {
  // The running app got the command line, and does it.
  app.exit(0);
} else {
  const { options } = commandLine;
  // Later starts of the app, kept until it can act on them.
  const waiting: CommandLineInput[] = [];
  let onSecondStart = (start: CommandLineInput): void => {
    waiting.push(start);
  };
  app.on('second-instance', (_event, argv, cwd, data) => {
    onSecondStart(unpackCommandLine(data) ?? { argv, cwd, packaged: app.isPackaged });
  });
  // Tray apps live without windows.
  app.on('window-all-closed', () => {});

  protocol.registerSchemesAsPrivileged([
    { scheme: 'linkify', privileges: { standard: true, secure: true } },
  ]);
  // On Wayland shortcuts come from a portal. Electron asks it by itself since 45; earlier when told.
  if (process.env.XDG_SESSION_TYPE === 'wayland' && !app.commandLine.hasSwitch('enable-features')) {
    app.commandLine.appendSwitch('enable-features', 'GlobalShortcutsPortal');
  }
  if (process.platform === 'win32') {
    // Buttons and clicks on a toast reach the app through this class, which must be known before
    // the app's own id. Older Electron lacks it.
    if ('setToastActivatorCLSID' in app) app.setToastActivatorCLSID(TOAST_CLASS);
    app.setAppUserModelId('app.linkify.tray');
  }
  if (process.platform === 'darwin') app.setActivationPolicy('accessory');

  app
    .whenReady()
    .then(async () => {
      const icons = createIconSource();
      const tray = createTrayIcon(icons);
      await pause();
      const { start } = await import('./index.ts');
      onSecondStart = await start({ tray, icons, options });
      for (const second of waiting.splice(0)) onSecondStart(second);
    })
    .catch((error: unknown) => {
      console.error('Linkify Tray could not start:', error);
      app.exit(1);
    });
}
