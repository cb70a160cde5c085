import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { testClickOnIndicator } from '../e2e/wayland/click-on-indicator.ts';
import { testMainJob } from '../e2e/wayland/main-job.ts';
import { ROOT } from '../support/app.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { rootProblem } from '../support/wayland/debian-root.ts';
import type { WaylandDesktop } from '../support/wayland/desktop.ts';
import { DEBIAN_13, startGnome } from '../support/wayland/gnome.ts';

const problem = rootProblem(DEBIAN_13);

/** The portal's dialog, in which GNOME asks for the shortcuts that a program wants. */
async function portalDialog(desktop: WaylandDesktop) {
  return (await desktop.windows()).find(({ title }) => title === 'Add Keyboard Shortcuts');
}

async function acceptShortcuts(desktop: WaylandDesktop): Promise<void> {
  const dialog = await waitFor('the dialog of the portal', () => portalDialog(desktop));
  await desktop.screenshot(join(ROOT, 'test-results', `${desktop.name}-portal.png`));
  const isGone = async () => (await portalDialog(desktop)) === undefined;
  // "Add" is at the upper right. The first mouse of a session takes a moment to reach programs.
  await waitFor('the dialog to go', async () => {
    await desktop.click(dialog.x + dialog.width - 40, dialog.y + 23);
    return waitFor('it to go', isGone, 1_000).catch(() => false);
  });
}

describe.skipIf(problem !== undefined)(`GNOME 48 (${problem ?? 'all there'})`, () => {
  testMainJob(
    () => startGnome(DEBIAN_13, 'x11'),
    (session) => {
      testClickOnIndicator(session);
      test('at the next start GNOME binds the shortcut without asking again', async () => {
        await session.restart();
        expect(await portalDialog(session.desktop())).toBeUndefined();
      });
    },
    acceptShortcuts,
  );
});
