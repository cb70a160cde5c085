import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchApp, type RunningApp } from '../support/app.ts';
import { isOwned } from '../support/desktop/own-clipboard.ts';
import { endChild, spawnBound } from '../support/desktop/processes.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { text as message } from '../support/text.ts';
import { pressForLink } from './screens/clipboard-link.ts';

// What is left on the clipboard when the app quits: on X11 it lives in the program that copied it.

let desktop: Desktop;
let app: RunningApp | undefined;

beforeAll(async () => {
  desktop = await startDesktop();
});

afterEach(async () => {
  await app?.close();
  await desktop.notifications.clear();
});

afterAll(() => desktop?.close());

/** Waits until a clipboard manager has registered as one. */
async function untilManaged(): Promise<void> {
  await waitFor('the manager', () => isOwned(desktop.env.DISPLAY ?? '', 'CLIPBOARD_MANAGER'));
}

async function quit(running: RunningApp): Promise<void> {
  const gone = new Promise((resolve) => running.child.once('exit', resolve));
  await desktop.tray.clickItem([message('menuQuit')]);
  await gone;
}

test('a link that nobody keeps is gone, and the person is told', async () => {
  app = await launchApp({ desktop });
  await desktop.clipboard.writeText('lost at the end');
  await pressForLink(desktop);
  await quit(app);
  await desktop.notifications.waitFor(({ summary }) => summary === message('clipboardLostTitle'));
  expect(await desktop.clipboard.readText()).toBe('');
});

test('what another program copied stays, and nothing is said', async () => {
  app = await launchApp({ desktop });
  await desktop.clipboard.writeText('shared before');
  await pressForLink(desktop);
  await desktop.clipboard.writeText('copied since');
  await quit(app);
  expect(await desktop.clipboard.readText()).toBe('copied since');
  expect(desktop.notifications.all().map(({ summary }) => summary)).not.toContain(
    message('clipboardLostTitle'),
  );
});

test.each(['csd-clipboard', 'xfce4-clipman'])('%s keeps the link', async (program) => {
  const manager = spawnBound(program, [], { env: { ...desktop.env }, stdio: 'ignore' });
  try {
    // What was copied before it starts isn't saved by every manager.
    await untilManaged();
    app = await launchApp({ desktop });
    await desktop.clipboard.writeText('kept at the end');
    const link = await pressForLink(desktop);
    await quit(app);
    // On a busy machine the app may end before the manager takes over.
    await desktop.clipboard.waitForText((text) => text === link);
    expect(desktop.notifications.all().map(({ summary }) => summary)).not.toContain(
      message('clipboardLostTitle'),
    );
  } finally {
    await endChild(manager);
  }
});
