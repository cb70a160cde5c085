import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../../support/app.ts';
import { waitFor } from '../../support/desktop/wait-for.ts';
import { rootProblem } from '../../support/wayland/debian-root.ts';
import type { WaylandDesktop } from '../../support/wayland/desktop.ts';
import { GNOME_43, startGnome } from '../../support/wayland/gnome.ts';
import { swayProblem } from '../../support/wayland/sway.ts';
import { SWAY_PACKAGES, startSwayDesktop } from '../../support/wayland/sway-desktop.ts';

// The Wayland sessions themselves, without the app. Where these fail, no other test of a session
// says anything about the app.

const SESSIONS = [
  {
    name: 'sway',
    problem: await swayProblem(SWAY_PACKAGES),
    start: () => startSwayDesktop('default'),
  },
  {
    name: 'GNOME 43',
    problem: rootProblem(GNOME_43),
    start: () => startGnome(GNOME_43, 'default'),
  },
];

describe.each(SESSIONS)('$name', ({ name, problem, start }) => {
  describe.skipIf(problem !== undefined)(problem ?? 'all there', () => {
    let desktop: WaylandDesktop;
    beforeAll(async () => {
      desktop = await start();
    });
    afterAll(() => desktop?.close());

    test('has a focused window of a Wayland program', async () => {
      await desktop.focusOther();
      const [window] = await desktop.windows();
      expect(window).toMatchObject({ title: 'Other', isFocused: true, isXWayland: false });
      await desktop.screenshot(join(ROOT, 'test-results', `session-${name}.png`));
    });

    test('carries texts, images and files on the clipboard, and loses the focus to none', async () => {
      await desktop.clipboard.writeText('Grüße ✓');
      expect(await desktop.clipboard.readText()).toBe('Grüße ✓');
      const png = await readFile(join(ROOT, 'assets/icon.png'));
      await desktop.clipboard.writeImage(png);
      expect(Buffer.from(await desktop.clipboard.read('image/png')).equals(png)).toBe(true);
      await desktop.clipboard.writeFiles(['/tmp/a b.txt', '/tmp/c.txt']);
      const list = Buffer.from(await desktop.clipboard.read('text/uri-list')).toString();
      expect(list).toBe('file:///tmp/a%20b.txt\r\nfile:///tmp/c.txt\r\n');
      await waitFor('the focus', async () =>
        (await desktop.windows()).some(({ title, isFocused }) => title === 'Other' && isFocused),
      );
    });

    test('carries several formats of one clip', async () => {
      const parts = { 'text/plain;charset=utf-8': 'a', 'x-kde-passwordManagerHint': 'secret' };
      await desktop.clipboard.writeParts(parts);
      await waitFor('both formats', async () => {
        const formats = await desktop.clipboard.formats();
        return Object.keys(parts).every((format) => formats.includes(format));
      });
    });

    test('shows notifications, which a click closes', async () => {
      await desktop.run('notify-send', ['Hello', 'from a test']);
      const shown = await desktop.notifications.waitFor(({ summary }) => summary === 'Hello');
      await desktop.notifications.click(shown.id);
      expect(desktop.notifications.all()).toHaveLength(1);
    });

    test('types keys into the focused window', async () => {
      const isGone = async () => (await desktop.windows()).length === 0;
      // A window has the focus back some time after a notification was clicked.
      await waitFor('the other window to close', async () => {
        await desktop.key('ctrl+c');
        return waitFor('it to go', isGone, 1_000).catch(() => false);
      });
    });
  });
});
