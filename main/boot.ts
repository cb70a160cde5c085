import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { app, protocol } from 'electron';
import { checkProfile } from './cli/check-profile.ts';
import { refusal, refusedSwitch } from './cli/chromium-switches.ts';
import { parseCommandLine } from './cli/command-line.ts';
import { currentFolder } from './cli/current-folder.ts';
import { defaultProfile } from './cli/default-profile.ts';
import type { Options } from './cli/options.ts';
import { printOutput } from './cli/print.ts';
import type { CommandOutput } from './cli/run-command.ts';
import { startDetached } from './cli/start-detached.ts';
import { collectOpenedUrls } from './desktop/opened-urls.ts';
import { ozoneInUse, RELAUNCHED, relaunchArguments } from './desktop/ozone.ts';
import { sessionOf } from './desktop/session.ts';
import { createIconSource, createTrayIcon } from './desktop/tray-icon.ts';
import { withInheritedUmask } from './files/private-files.ts';

// The first file to run, kept small: the tray icon is there before the rest is loaded. `ready` is
// not awaited at the top level: Electron waits for this module before it gets ready. Commands for a
// running app don't need `ready`, so they can be awaited here.

/** Pause after creating the icon, in ms: sending it over D-Bus needs an idle thread. */
const AFTER_ICON_MS = 60;

/** An app that quits has ended after this long, in ms; an app that starts takes commands by then. */
const QUIT_LIMIT_MS = 3_000;

/** Between two requests for the single-instance lock, in ms. */
const LOCK_PAUSE_MS = 50;

/**
 * A timer set straight from one of Electron's own callbacks may wait until something else wakes
 * Node's loop; set from an immediate, which wakes it, it comes in time.
 */
const pause = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(() => setTimeout(resolve, AFTER_ICON_MS));
  });

/**
 * Class id (CLSID) of this app for toast activation. Never change it: Windows finds the app by it.
 */
const TOAST_CLASS = '{6F1E2B0C-0B7B-4C41-9B5E-2C2D3B8E7A41}';

const openedUrls = collectOpenedUrls(app);

if (!app.isPackaged) process.setSourceMapsEnabled(true);

const input = {
  argv: process.argv,
  cwd: currentFolder(),
  packaged: app.isPackaged,
  isFile: existsSync,
};
const commandLine = parseCommandLine(input, process.env.LINKIFY_TRAY_TOKEN);
// Child processes, such as a browser, must not inherit the token.
delete process.env.LINKIFY_TRAY_TOKEN;

if (!commandLine.ok) await end({ code: 2, error: commandLine.sentence });
else {
  // Electron would show a dialog and wait.
  await begin(commandLine.options).catch((error: unknown) =>
    end({ code: 1, error: `Linkify Tray met an error: ${String(error)}` }),
  );
}

/** Handles the command in this process, passes it to the running app, or starts the app. */
async function begin(options: Options): Promise<void> {
  // On Windows a slash begins a switch, too.
  const slashed = process.argv.slice(1).filter((arg) => arg.startsWith('/'));
  const switches = [...options.switches, ...(process.platform === 'win32' ? slashed : [])];
  const refused = app.isPackaged ? refusedSwitch(switches) : undefined;
  if (refused !== undefined && !isTestBuild()) {
    return end({ code: 2, error: refusal(refused, process.env.APPIMAGE !== undefined) });
  }
  if (options.userDataDir !== undefined) app.setPath('userData', options.userDataDir);
  const folder = profileFolder();
  const { action } = options;
  switch (action.kind) {
    case 'start':
      return beginApp(folder, options);
    case 'help': {
      const { helpText } = await import('./cli/help.ts');
      return end({ code: 0, out: helpText('linkify-tray', action.command) });
    }
    case 'version':
      return end({ code: 0, out: `${app.getVersion()}\n` });
    case 'completion': {
      const { completionScript } = await import('./cli/completion.ts');
      const { settingNames } = await import('./settings/table.ts');
      return end({ code: 0, out: completionScript(action.shell, settingNames) });
    }
    case 'list': {
      const { listLinks } = await import('./cli/list-links.ts');
      const { outputOf } = await import('./cli/run-command.ts');
      const isTerminal = process.stdout.isTTY === true;
      return end(outputOf(action, listLinks(folder), options.json === true, isTerminal));
    }
    default: {
      const { runCommand } = await import('./cli/run-command.ts');
      const { loginCommand } = await import('./desktop/launch-at-login.ts');
      return end(
        await runCommand({
          folder,
          version: app.getVersion(),
          command: action,
          options,
          profileProblem: () => checkProfile(folder, options.userDataDir !== undefined),
          startApp: () =>
            withInheritedUmask(() => startDetached(loginCommand(app), folder, options)),
          process,
        }),
      );
    }
  }
}

/** Whether this was packaged for tests, which drive it by a debugger; package.json is in the asar. */
function isTestBuild(): boolean {
  const about: unknown = JSON.parse(readFileSync(join(app.getAppPath(), 'package.json'), 'utf8'));
  return typeof about === 'object' && about !== null && 'forTests' in about;
}

/** Electron makes the folder when it is asked for it, and throws where it cannot. */
function profileFolder(): string {
  try {
    return app.getPath('userData');
  } catch {
    return defaultProfile(process.platform, process.env, homedir());
  }
}

/** Prints the result of a command completely, then exits with its exit code. */
async function end(output: CommandOutput): Promise<void> {
  app.exit(await printOutput(output));
}

/**
 * Requests the single-instance lock. An app that quits keeps it until its end, and no longer takes
 * commands: it is waited for, so that a start right after a quit starts the app.
 * @returns false: another app runs, and shows itself
 */
async function lockInstance(folder: string): Promise<boolean> {
  const untilMs = performance.now() + QUIT_LIMIT_MS;
  while (!app.requestSingleInstanceLock()) {
    const { connectToApp } = await import('./cli/command-channel.ts');
    const connection = await connectToApp(folder, app.getVersion());
    connection?.close();
    if (connection !== undefined || performance.now() > untilMs) return false;
    await delay(LOCK_PAUSE_MS);
  }
  return true;
}

/**
 * Starts the app a second time where this start lacks switches that it needs, with the same
 * arguments, folder and output. @returns whether that one takes over
 */
function isReplaced({ switches, serviceToken }: Options): boolean {
  const args = relaunchArguments({
    session: sessionOf(process.platform, process.env),
    env: process.env,
    argv: process.argv,
    switches,
    ozone: ozoneInUse(app.commandLine),
  });
  // What this process starts later, such as a browser, must not inherit it.
  delete process.env[RELAUNCHED];
  if (args === undefined) return false;
  const env = {
    ...process.env,
    [RELAUNCHED]: '1',
    ...(serviceToken === undefined ? {} : { LINKIFY_TRAY_TOKEN: serviceToken }),
  };
  app.releaseSingleInstanceLock();
  // Not by `app.relaunch`: an AppImage is unmounted, with what starts the app, when this one ends.
  const program = process.env.APPIMAGE ?? process.execPath;
  const second = withInheritedUmask(() =>
    spawn(program, args, { detached: true, stdio: 'inherit', env }),
  );
  second.on('error', () => undefined);
  return second.pid !== undefined || !app.requestSingleInstanceLock();
}

async function beginApp(folder: string, options: Options): Promise<void> {
  const problem = checkProfile(folder, options.userDataDir !== undefined);
  if (problem !== undefined) return end({ code: 1, error: problem });
  if (!(await lockInstance(folder))) {
    // The running app shows itself; it keeps the server that it was started with.
    if (options.serviceUrl === undefined) return app.exit(0);
    return end({
      code: 1,
      error: 'Linkify Tray is already running. Quit it first to use --service-url.',
    });
  }
  if (isReplaced(options)) return app.exit(0);
  const update = await firstStartOfUpdate(folder);
  if (update?.isUndone) return app.exit(0);
  // A later start of the app shows the running one, as soon as that has started.
  let isShowDue = false;
  let isQuitting = false;
  app.on('before-quit', () => {
    isQuitting = true;
  });
  app.on('second-instance', (_event, argv) => {
    // The later start waits for our end (`lockInstance`).
    if (isQuitting) return;
    if (argv.includes('--background') || isShowDue) return;
    isShowDue = true;
    const show = (showApp: () => void): void => {
      isShowDue = false;
      showApp();
    };
    // A start that failed is reported below.
    started.then(show, () => undefined);
  });
  // A tray app keeps running when its last window is closed.
  app.on('window-all-closed', () => {});

  protocol.registerSchemesAsPrivileged([
    { scheme: 'linkify', privileges: { standard: true, secure: true } },
  ]);
  if (process.platform === 'win32') {
    // Buttons and clicks on a toast reach the app through this class, which must be known before
    // the app's own id. Older Electron lacks it.
    if ('setToastActivatorCLSID' in app) app.setToastActivatorCLSID(TOAST_CLASS);
    app.setAppUserModelId('app.linkify.tray');
  }
  if (process.platform === 'darwin') app.setActivationPolicy('accessory');

  // Not awaited: `ready` comes after this module.
  const started = app.whenReady().then(() => startWithTray(options));
  started.catch((error: unknown) => {
    console.error("Linkify Tray couldn't start:", error);
    update?.rollBack();
    app.exit(1);
  });
}

/**
 * The first start of a version that an update has installed as an AppImage; undefined for any other
 * start. `isUndone`: an earlier start failed, so the previous version is started instead of this one.
 */
async function firstStartOfUpdate(
  folder: string,
): Promise<{ readonly isUndone: boolean; readonly rollBack: () => void } | undefined> {
  const { APPIMAGE: appImage } = process.env;
  const path = join(folder, 'update.json');
  if (appImage === undefined || !existsSync(path)) return undefined;
  const [{ createJsonFile }, { rollBack, rollBackIfFailed }, { ownAppImage }, { startAppImage }] =
    await Promise.all([
      import('./desktop/files/json-file.ts'),
      import('./updates/first-start.ts'),
      import('./updates/appimage.ts'),
      import('./desktop/start-appimage.ts'),
    ]);
  const own = ownAppImage(process.env, process.execPath);
  if (own === undefined) return undefined;
  const record = createJsonFile(path);
  const startPrevious = (): void => startAppImage(own, process.argv.slice(1));
  const isUndone = rollBackIfFailed(record, app.getVersion(), own);
  if (isUndone) startPrevious();
  return {
    isUndone,
    rollBack: () => {
      if (rollBack(record)) startPrevious();
    },
  };
}

/** Shows the tray icon, then loads and starts the app. @returns how to show it */
async function startWithTray(options: Options): Promise<() => void> {
  const icons = createIconSource();
  const tray = createTrayIcon(icons);
  await pause();
  const [{ createAdapters }, { startApp }] = await Promise.all([
    import('./desktop/adapters.ts'),
    import('./app.ts'),
  ]);
  const isChosenFolder = options.userDataDir !== undefined;
  return startApp(createAdapters({ tray, icons, isChosenFolder, openedUrls }), options);
}
