import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type DrivenApp, driveApp, newProfile, ROOT } from '../support/app.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import type { Monitor } from '../support/desktop/x-server.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { isShown, untilFocused } from './screens/window.ts';

const OPEN = 'ctrl+alt+shift+o';
const RESULTS = join(ROOT, 'test-results');

/** The second one is larger, and hangs lower: above it there is no screen at all. */
const LEFT: Monitor = { width: 1280, height: 800, x: 0, y: 0 };
const RIGHT: Monitor = { width: 1920, height: 1080, x: 1280, y: 120 };

let desktop: Desktop;
let app: DrivenApp;

const start = async (args: readonly string[] = []): Promise<DrivenApp> => {
  const profile = await newProfile(desktop, {
    version: 1,
    graceSeconds: 0,
  });
  return driveApp({ desktop, profile, args });
};

/** Where the window manager says that the window is, in pixels of the whole X screen. */
const windowPlace = async (): Promise<Monitor> => {
  const id = await desktop.run('xdotool', ['search', '--onlyvisible', '--name', '^Linkify Tray$']);
  const text = await desktop.run('xdotool', ['getwindowgeometry', '--shell', id.trim()]);
  const field = (name: string): number =>
    Number(new RegExp(`^${name}=(-?\\d+)$`, 'm').exec(text)?.[1]);
  return { x: field('X'), y: field('Y'), width: field('WIDTH'), height: field('HEIGHT') };
};

const isWithin = (inner: Monitor, outer: Monitor): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

const hide = async (): Promise<void> => {
  await desktop.key('Escape');
  await waitFor('the window to hide', async () => !(await isShown(app)));
};

const openAt = async (x: number, y: number): Promise<Monitor> => {
  await desktop.point(x, y);
  await desktop.key(OPEN);
  await waitFor('the window', () => isShown(app));
  await untilFocused(app);
  return windowPlace();
};

beforeAll(async () => {
  desktop = await startDesktop(console.error, [LEFT, RIGHT]);
});

afterEach(async () => {
  await app.close();
});

afterAll(async () => {
  await desktop?.close();
});

test('Electron is told of both by the system', async () => {
  app = await start();
  // The first question after a start was once lost.
  const displays = await waitFor('its displays', () =>
    app.electron.evaluate(({ screen }) => screen.getAllDisplays().map(({ bounds }) => bounds)),
  );
  expect(displays).toEqual([LEFT, RIGHT]);
});

test('the window opens wholly on the monitor of the pointer, in the middle and at every edge', async () => {
  app = await start();
  for (const monitor of [LEFT, RIGHT]) {
    const right = monitor.x + monitor.width - 1;
    const bottom = monitor.y + monitor.height - 1;
    const middle = { x: monitor.x + monitor.width / 2, y: monitor.y + monitor.height / 2 };
    for (const [x, y] of [
      [middle.x, middle.y],
      [monitor.x, middle.y],
      [right, middle.y],
      [middle.x, monitor.y],
      [middle.x, bottom],
      [right, bottom],
    ] as const) {
      const placed = await openAt(x, y);
      expect(isWithin(placed, monitor), `pointer at ${x},${y}: ${JSON.stringify(placed)}`).toBe(
        true,
      );
      await hide();
    }
  }
  const placed = await openAt(1900, 400);
  // By the pointer, not somewhere on that monitor.
  expect(Math.abs(placed.x + placed.width / 2 - 1900)).toBeLessThan(20);
  await desktop.screenshot(join(RESULTS, 'two-monitors.png'));
  await hide();
});

test('on the monitor with the panel it keeps clear of the panel', async () => {
  app = await start();
  const placed = await openAt(700, 3);
  expect(placed.y).toBeGreaterThanOrEqual(28);
  expect(isWithin(placed, LEFT)).toBe(true);
  await hide();
});

test('a click on the tray icon opens it by the panel, wherever it was before', async () => {
  app = await start();
  await openAt(2000, 600);
  await hide();
  await desktop.click(LEFT.width - 14, 14);
  await waitFor('the window', () => isShown(app));
  await untilFocused(app);
  const placed = await windowPlace();
  expect(isWithin(placed, LEFT)).toBe(true);
  expect(placed.y).toBeLessThan(60);
  await hide();
});

test('on monitors at twice the scale it lies where the pointer is, too', async () => {
  app = await start(['--force-device-scale-factor=2']);
  for (const [x, monitor] of [
    [300, LEFT],
    [2900, RIGHT],
  ] as const) {
    const placed = await openAt(x, 500);
    expect(placed.width).toBe(800);
    expect(placed.x).toBeGreaterThanOrEqual(monitor.x);
    expect(placed.x + placed.width).toBeLessThanOrEqual(monitor.x + monitor.width);
    await hide();
  }
});
