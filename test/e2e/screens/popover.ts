import type { Locator, Page } from 'playwright-core';
import type { DrivenApp } from '../../support/app.ts';
import { waitFor } from '../../support/desktop/wait-for.ts';
import type { Desktop } from '../../support/desktop.ts';

/** The popover, as a person sees it: its parts are found by their roles and words. */
export interface Popover {
  readonly page: Page;
  row(title: string | RegExp): Locator;
  button(name: string | RegExp): Locator;
  /** Presses one of a row's buttons. */
  act(title: string | RegExp, button: string): Promise<void>;
  /** Revokes a link of this computer. */
  revoke(title: string | RegExp): Promise<void>;
  failure(): Locator;
}

/** Opens it by a click on the tray icon. */
export async function openPopover(app: DrivenApp, desktop: Desktop): Promise<Popover> {
  // A click that comes right after the popover hid is taken for the one that hid it: click again.
  await waitFor('the popover on screen', async () => {
    if (await isShown(app)) return true;
    await desktop.tray.activate();
    return waitFor('the window', () => isShown(app), 400).catch(() => false);
  });
  await untilFocused(app);
  return popoverOn(app.electron.firstWindow());
}

/** Keys go to whichever window has the focus, which it gets some time after it is shown. */
export async function untilFocused(app: DrivenApp): Promise<void> {
  await waitFor('the focus', () =>
    app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow() !== null),
  );
}

/** The popover that something else opened, such as a click on a notification. */
export async function popoverOn(given: Page | Promise<Page>): Promise<Popover> {
  const page = await given;
  await page.locator('.popover').waitFor({ state: 'visible' });
  const row = (title: string | RegExp): Locator => page.getByRole('row', { name: title });
  return {
    page,
    row,
    button: (name) => page.getByRole('button', { name }),
    failure: () => page.getByRole('alert'),
    async act(title, button) {
      await row(title).getByRole('button', { name: button, exact: true }).first().click();
    },
    async revoke(title) {
      await row(title).getByRole('button', { name: 'Revoke', exact: true }).click();
    },
  };
}

/** Whether the window is on screen, as the system sees it. */
export function isShown(app: DrivenApp): Promise<boolean> {
  return app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().some((window) => window.isVisible()),
  );
}
