import { waitFor } from '../../support/desktop/wait-for.ts';
import type { Desktop } from '../../support/desktop.ts';

// The desktop's own dialogs (GTK), answered with keys as a person would.

/** Types where to save, and presses Enter. */
export async function answerSaveDialog(desktop: Desktop, path: string): Promise<void> {
  const window = await dialogWindow(desktop);
  // The name's field has the focus, with the name that was proposed in it.
  await typeInto(desktop, window, path);
}

/** Types which file to open, and presses Enter. */
export async function answerOpenDialog(desktop: Desktop, path: string): Promise<void> {
  const window = await dialogWindow(desktop);
  // Ctrl+L shows a field for the path.
  await desktop.key('ctrl+l');
  await typeInto(desktop, window, path);
}

export async function cancelDialog(desktop: Desktop): Promise<void> {
  const window = await dialogWindow(desktop);
  await desktop.key('Escape');
  await untilGone(desktop, window);
}

/** Answers what is asked outside the window: the safe answer has the focus, the other one is beside it. */
export async function answerConfirmation(desktop: Desktop, answer: 'yes' | 'no'): Promise<void> {
  const window = await dialogWindow(desktop);
  if (answer === 'yes') await desktop.key('Right');
  await desktop.key('Return');
  await untilGone(desktop, window);
}

async function typeInto(desktop: Desktop, window: string, path: string): Promise<void> {
  await desktop.key('ctrl+a');
  await desktop.run('xdotool', ['type', '--delay', '5', path]);
  // The first Enter may only take what the field proposes. A second one must not reach what the app
  // asks next.
  await waitFor('the dialog to close', async () => {
    if ((await activeWindow(desktop)) === window) await desktop.key('Return');
    return waitFor('it to be gone', async () => !(await isThere(desktop, window)), 600).catch(
      () => false,
    );
  });
}

/** The dialog, once it is on screen and has the focus. */
function dialogWindow(desktop: Desktop): Promise<string> {
  return waitFor('the file dialog', async () => {
    const active = await activeWindow(desktop);
    const type = await desktop.run('xprop', ['-id', active, '_NET_WM_WINDOW_TYPE']);
    return type.includes('_NET_WM_WINDOW_TYPE_DIALOG') && active;
  });
}

async function activeWindow(desktop: Desktop): Promise<string> {
  return (await desktop.run('xdotool', ['getactivewindow'])).trim();
}

async function isThere(desktop: Desktop, window: string): Promise<boolean> {
  const shown = await desktop.run('xprop', ['-id', window, 'WM_STATE']).catch(() => '');
  return shown.includes('Normal');
}

async function untilGone(desktop: Desktop, window: string): Promise<void> {
  await waitFor('the dialog to close', async () => !(await isThere(desktop, window)));
}
