import type { App } from 'electron';

/** URLs of our scheme that macOS opened. */
export interface OpenedUrls {
  /** Gives those that came before, too. */
  listen(listener: (url: string) => void): void;
}

/**
 * Collects the URLs that macOS gives to the app: by an event, which may come before the app can share.
 * Other systems put them on the command line. Call it before `ready`.
 * @see https://www.electronjs.org/docs/latest/api/app#event-open-url-macos
 */
export function collectOpenedUrls(app: Pick<App, 'on'>): OpenedUrls {
  const early: string[] = [];
  let receive = (url: string): void => void early.push(url);
  app.on('open-url', (event, url) => {
    event.preventDefault();
    receive(url);
  });
  return {
    listen(listener) {
      receive = (url) => {
        setImmediate(() => listener(url));
      };
      early.splice(0).forEach(receive);
    },
  };
}
