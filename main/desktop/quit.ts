import { app, powerMonitor } from 'electron';

/** Sent at logout, by `kill`, by Ctrl+C, and when the terminal is closed. */
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * Stops the app before it quits, however that begins: by Quit, by a signal, or with the desktop
 * session. It quits in any case; a second request to quit changes nothing.
 * @param stop is awaited, and has a time limit of its own
 */
export function onQuit(stop: () => Promise<void>): void {
  let isStopped = false;
  let stopping: Promise<void> | undefined;
  const quit = (): void => app.quit();
  app.on('before-quit', (event) => {
    if (isStopped) return;
    event.preventDefault();
    if (stopping !== undefined) return;
    startAgainWhenActivated();
    // From an immediate: timers that are set in Electron's own callbacks may come late.
    stopping = new Promise((resolve) => setImmediate(resolve)).then(stop).finally(() => {
      isStopped = true;
      app.quit();
    });
  });
  for (const signal of SIGNALS) process.on(signal, quit);
  // Linux and macOS: the computer shuts down. Prevented: the system waits for us, for some seconds.
  const onShutdown = (event: Electron.Event): void => {
    event.preventDefault();
    app.quit();
  };
  // Electron's types leave out the event that its documentation describes.
  powerMonitor.on('shutdown', onShutdown as () => void);
  // Windows has no such event without a window. What isn't stopped then is finished later, as after
  // a crash.
  if (process.platform === 'win32') {
    app.on('browser-window-created', (_event, window) => window.on('session-end', quit));
  }
}

/** macOS starts no second process: whoever opens the app while it quits activates this one. */
function startAgainWhenActivated(): void {
  app.removeAllListeners('activate');
  app.once('activate', () => app.relaunch());
}
