import type { Locator, Page } from 'playwright-core';
import type { TextKey } from '../../../renderer/i18n/messages.ts';
import type { DrivenApp } from '../../support/app.ts';
import { waitFor } from '../../support/desktop/wait-for.ts';
import type { Desktop } from '../../support/desktop.ts';
import { windowText } from '../../support/text.ts';

/** The window, as a person sees it: its parts are found by their roles and words. */
export interface AppWindow {
  readonly page: Page;
  /** @param state only while the row has it */
  row(title: string | RegExp, state?: 'revoked'): Locator;
  button(name: string | RegExp): Locator;
  /** Presses one of a row's buttons. */
  act(title: string | RegExp, button: TextKey): Promise<void>;
  /** Revokes a link of this computer. */
  revoke(title: string | RegExp): Promise<void>;
  /** Chooses in the menu of the row that is open. */
  choose(item: TextKey): Promise<void>;
  failure(): Locator;
}

/** Opens it by a click on the tray icon. */
export async function openWindow(app: DrivenApp, desktop: Desktop): Promise<AppWindow> {
  // A click that comes right after the window hid is taken for the one that hid it: click again. A
  // window that is still loading opens by itself, and a second click would hide it.
  await waitFor('the window on screen', async () => {
    if (await isShown(app)) return true;
    if (!(await isLoading(app))) await desktop.tray.activate();
    return waitFor('the window', () => isShown(app), 1_000).catch(() => false);
  });
  await untilFocused(app);
  return windowOn(app.electron.firstWindow());
}

/** Takes notifications and the window away, for the next test. */
export async function clearScreen(app: DrivenApp, desktop: Desktop): Promise<void> {
  await desktop.notifications.clear();
  if (await isShown(app)) await desktop.tray.activate();
  await waitFor('the window to hide', async () => !(await isShown(app)));
}

/**
 * Opens it by a click on a notification. Whatever gets the focus at that moment hides it again: then
 * it is opened by the tray icon.
 */
export async function openByNotification(
  app: DrivenApp,
  desktop: Desktop,
  id: number,
): Promise<AppWindow> {
  await desktop.notifications.click(id);
  await waitFor('the window', () => isShown(app), 3_000).catch(() => undefined);
  return openWindow(app, desktop);
}

const isLoading = (app: DrivenApp): Promise<boolean> =>
  app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().some((window) => window.webContents.isLoading()),
  );

/** Keys go to whichever window has the focus, which it gets some time after it is shown. */
export async function untilFocused(app: DrivenApp): Promise<void> {
  await waitFor('the focus', () =>
    app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow() !== null),
  );
}

/** The window that something else opened, such as a click on a notification. */
export async function windowOn(given: Page | Promise<Page>): Promise<AppWindow> {
  const page = await given;
  await page.locator('.window').waitFor({ state: 'visible' });
  // When it is shown again it resets its view, and a key pressed before that has no effect.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  const row = (title: string | RegExp, state?: 'revoked'): Locator => {
    const named = page.getByRole('row', { name: title });
    return state === undefined ? named : named.and(page.locator(`[data-state="${state}"]`));
  };
  return {
    page,
    row,
    button: (name) => page.getByRole('button', { name }),
    failure: () => page.getByRole('alert'),
    async act(title, button) {
      await row(title)
        .getByRole('button', { name: windowText(button), exact: true })
        .first()
        .click();
    },
    async revoke(title) {
      // A new link's button is Undo.
      await row(title).press('Delete');
    },
    async choose(item) {
      await page.getByRole('button', { name: windowText('more'), exact: true }).click();
      await page.getByRole('menuitem', { name: windowText(item), exact: true }).click();
    },
  };
}

/** Whether the window is on screen, as the system sees it. */
export function isShown(app: DrivenApp): Promise<boolean> {
  return app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().some((window) => window.isVisible()),
  );
}
