import { setTimeout as pause } from 'node:timers/promises';
import type { Resources } from 'x11/lib/xcore.js';
import { connectX11, type X11Connection } from './connection.ts';

/**
 * What becomes of the clipboard when this process ends: `not-ours` stays where it is, `kept` was
 * taken over by another program, `lost` is gone.
 */
export type HandedOver = 'not-ours' | 'kept' | 'lost';

/** How long a clipboard manager may take to copy what is on the clipboard, in ms. */
const SAVE_TIMEOUT_MS = 700;
/** How long a program may take to notice that the clipboard has no owner, in ms. */
const TAKEOVER_TIMEOUT_MS = 250;
const POLL_INTERVAL_MS = 40;
/** The mask that asks for process ids (X-Resource extension 1.2, LocalClientPID). */
const PROCESS_ID = 2;

/**
 * Hands the clipboard's content over before this process ends, for on X11 it lives in the program
 * that copied it. A clipboard manager is asked to save it (freedesktop.org's clipboard manager
 * specification, `SAVE_TARGETS`; ICCCM, 2.6.3). Without one, other programs may take over what has no
 * owner any more: it is released a little before the end, to know whether there is such a program.
 * Takes 950 ms at most, and a few ms where the clipboard is not ours.
 * @param disconnect ends the connection that owns it. GNOME takes over what a program leaves that
 *   ends, but not what it releases
 * @throws where there is no X server
 */
export async function handOverX11Clipboard(disconnect?: () => void): Promise<HandedOver> {
  const connection = await connectX11();
  try {
    const { asked, atom, client } = connection;
    const [clipboard = 0, manager = 0] = await Promise.all(
      ['CLIPBOARD', 'CLIPBOARD_MANAGER'].map(atom),
    );
    const ownerOf = (selection: number): Promise<number> =>
      asked((done) => client.GetSelectionOwner(selection, done));
    const owner = await ownerOf(clipboard);
    if (owner === 0 || (await processOf(connection, owner)) !== process.pid) return 'not-ours';
    if ((await ownerOf(manager)) !== 0) {
      const saved = save(connection, clipboard, manager).catch(() => false);
      // A manager that doesn't respond copies on its own (xfce4-clipman) or is slow. If the content
      // were released now, it would restore what it saved before.
      if (await Promise.race([saved, pause(SAVE_TIMEOUT_MS, true)])) return 'kept';
    }
    if (disconnect === undefined) client.SetSelectionOwner(0, clipboard, 0);
    else disconnect();
    for (let waitedMs = 0; waitedMs < TAKEOVER_TIMEOUT_MS; waitedMs += POLL_INTERVAL_MS) {
      await pause(POLL_INTERVAL_MS);
      if ((await ownerOf(clipboard)) !== 0) return 'kept';
    }
    return 'lost';
  } finally {
    connection.close();
  }
}

async function processOf(
  { client, asked }: X11Connection,
  window: number,
): Promise<number | undefined> {
  const resources = await asked<Resources>((done) => client.require('res', done));
  await asked((done) => resources.QueryVersion(1, 2, done));
  const ids = await asked<readonly { readonly value: readonly number[] }[]>((done) =>
    resources.QueryClientIds([{ client: window, mask: PROCESS_ID }], done),
  );
  return ids[0]?.value[0];
}

/** Asks the manager to save every format that the owner offers. */
async function save(
  { client, window, atom, onEvent }: X11Connection,
  clipboard: number,
  manager: number,
): Promise<boolean> {
  const [targets = 0, saveTargets = 0, list = 0] = await Promise.all(
    ['TARGETS', 'SAVE_TARGETS', 'LINKIFY_TRAY_TARGETS'].map(atom),
  );
  const convert = (selection: number, target: number): Promise<boolean> =>
    new Promise((resolve) => {
      onEvent((event) => {
        if (event.name === 'SelectionNotify' && event.target === target)
          resolve(event.property !== 0);
      });
      client.ConvertSelection(window, selection, target, list, 0);
    });
  // The answer to the first is the list that goes with the second.
  return (await convert(clipboard, targets)) && convert(manager, saveTargets);
}
