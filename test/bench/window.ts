import { driveApp, newProfile } from '../support/app.ts';
import { xdotoolKeys } from '../support/default-shortcut.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import type { Desktop } from '../support/desktop.ts';
import { treeUse } from './process-tree.ts';
import { round, type Summary, summarise } from './statistics.ts';

const OPEN = 'CommandOrControl+Alt+Shift+O';

export interface WindowPlan {
  /** How often the app is started anew for a first opening. */
  readonly starts: number;
  /** How often the window is opened again after each of them. */
  readonly openings: number;
}

export interface WindowResult {
  /** From before the key is pressed (which takes xdotool some 30 ms) to the painted window, in ms. */
  readonly firstMs: Summary;
  readonly warmMs: Summary;
  /** Memory of the tree a minute after the window was hidden, over that before it was first opened. */
  readonly memoryRatioAfterHidden: number;
}

type Driven = Awaited<ReturnType<typeof driveApp>>;

const shown = (app: Driven): Promise<boolean> =>
  app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().some((window) => window.isVisible()),
  );

/** The window by its own shortcut: the first time after a start, and again. */
export async function measureWindow(desktop: Desktop, plan: WindowPlan): Promise<WindowResult> {
  const first: number[] = [];
  const warm: number[] = [];
  let ratio = Number.NaN;
  for (let start = 0; start < plan.starts; start += 1) {
    const profile = await newProfile(desktop, {
      version: 1,
      windowShortcut: OPEN,
    });
    const app = await driveApp({ desktop, profile });
    try {
      const pid = app.electron.process().pid ?? 0;
      await pause(4_000);
      const beforeBytes = treeUse(pid).ussBytes;
      first.push(await firstOpening(desktop, app));
      for (let opening = 0; opening < plan.openings; opening += 1) {
        await hide(desktop, app);
        await pause(500);
        warm.push(await warmOpening(desktop, app));
      }
      await hide(desktop, app);
      if (start === 0) {
        // It is given up after a minute; then memory is collected.
        await pause(75_000);
        ratio = treeUse(pid).ussBytes / beforeBytes;
      }
    } finally {
      await app.close();
    }
  }
  return {
    firstMs: summarise(first),
    warmMs: summarise(warm),
    memoryRatioAfterHidden: round(ratio),
  };
}

/** Until it is on screen, and its page has drawn something. */
async function firstOpening(desktop: Desktop, app: Driven): Promise<number> {
  await app.electron.evaluate(({ app: main }) => {
    main.once('browser-window-created', (_event, window) => {
      window.once('show', () => Object.assign(globalThis, { shownAtMs: Date.now() }));
    });
  });
  const pressedMs = Date.now();
  await desktop.key(xdotoolKeys(OPEN));
  const page = await app.electron.firstWindow();
  await waitFor('the window', () => shown(app));
  await page.locator('.window').waitFor();
  const drawn = await page.waitForFunction(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  );
  const drawnMs = await drawn.evaluate((ms) => performance.timeOrigin + (ms ?? Number.NaN));
  const shownMs = await app.electron.evaluate(
    () => (globalThis as unknown as { readonly shownAtMs: number }).shownAtMs,
  );
  return Math.max(drawnMs, shownMs) - pressedMs;
}

/** Until the frame after the first one that the page draws for this showing. */
async function warmOpening(desktop: Desktop, app: Driven): Promise<number> {
  const page = await app.electron.firstWindow();
  const painted = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        // Frames come only once the window is on screen.
        const stop = window.linkify.subscribe(({ shown: again }) => {
          if (!again) return;
          stop();
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(Date.now())));
        });
      }),
  );
  // The listener must be there before the key is.
  await page.evaluate(() => null);
  const pressedMs = Date.now();
  await desktop.key(xdotoolKeys(OPEN));
  return (await painted) - pressedMs;
}

async function hide(desktop: Desktop, app: Driven): Promise<void> {
  await waitFor('the focus', () =>
    app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow() !== null),
  );
  await desktop.key('Escape');
  await waitFor('the window to hide', async () => !(await shown(app)));
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
