import type { Client, XEvent } from 'x11/lib/xcore.js';
import { connectX11 } from './connection.ts';

/** The predefined atom ATOM (X11 protocol, appendix B). */
const ATOM = 4;
/** Less than the X server takes in one request, in bytes. */
const PART_BYTES = 200_000;

/**
 * Owns the clipboard with several formats at once, until another program takes it: Electron before
 * version 44 can offer only one format of its own naming. Answers once it is the owner.
 * @param parts contents by the names of their formats
 * @returns ends the connection, and with it the ownership
 * @throws where there is no X server
 * @see ICCCM, section 2
 */
export async function ownX11Clipboard(parts: ReadonlyMap<string, Uint8Array>): Promise<() => void> {
  const connection = await connectX11();
  const { client, window, atom, asked } = connection;
  try {
    const [clipboard, targets, multiple, pair] = await Promise.all(
      ['CLIPBOARD', 'TARGETS', 'MULTIPLE', 'ATOM_PAIR'].map(atom),
    );
    const offered = new Map<number, Buffer>();
    for (const [name, bytes] of parts) offered.set(await atom(name), Buffer.from(bytes));
    const list = [targets, multiple, ...offered.keys()].filter((value) => value !== undefined);

    const put = (requestor: number, target: number, into: number): boolean => {
      const content = offered.get(target);
      if (target === targets) client.ChangeProperty(0, requestor, into, ATOM, 32, list);
      else if (content !== undefined) putBytes(client, requestor, into, target, content);
      else return false;
      return true;
    };
    /** Several formats in one request: pairs of a format and the property for it (ICCCM, 2.6.2). */
    const putAll = async (requestor: number, into: number): Promise<boolean> => {
      const { data } = await asked<{ readonly data: Buffer }>((done) =>
        client.GetProperty(0, requestor, into, 0, 0, PART_BYTES / 4, done),
      );
      const pairs = Array.from({ length: data.byteLength >> 2 }, (_, at) =>
        data.readUInt32LE(at * 4),
      );
      for (let at = 0; at + 1 < pairs.length; at += 2) {
        if (!put(requestor, pairs[at] ?? 0, pairs[at + 1] ?? 0)) pairs[at + 1] = 0;
      }
      client.ChangeProperty(0, requestor, into, pair ?? ATOM, 32, pairs);
      return true;
    };
    const answer = async (event: XEvent): Promise<void> => {
      const { requestor = 0, selection = 0, target = 0, property = 0, time = 0 } = event;
      const into = property === 0 ? target : property;
      const isDone =
        target === multiple
          ? property !== 0 && (await putAll(requestor, into))
          : put(requestor, target, into);
      client.SendEvent(requestor, 0, 0, {
        name: 'SelectionNotify',
        time,
        requestor,
        selection,
        target,
        property: isDone ? into : 0,
      });
    };
    connection.onEvent((event) => {
      if (event.name === 'SelectionClear') connection.close();
      // The program that asked may be gone, which is no trouble of ours.
      if (event.name === 'SelectionRequest') answer(event).catch(() => undefined);
    });
    client.SetSelectionOwner(window, clipboard ?? 0, 0);
    const owner = await asked<number>((done) => client.GetSelectionOwner(clipboard ?? 0, done));
    if (owner !== window) throw new Error('another program took the clipboard');
    return connection.close;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function putBytes(
  client: Client,
  requestor: number,
  into: number,
  type: number,
  content: Buffer,
): void {
  client.ChangeProperty(0, requestor, into, type, 8, content.subarray(0, PART_BYTES));
  for (let at = PART_BYTES; at < content.byteLength; at += PART_BYTES) {
    client.ChangeProperty(2, requestor, into, type, 8, content.subarray(at, at + PART_BYTES));
  }
}
