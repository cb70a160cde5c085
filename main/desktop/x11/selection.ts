import type { Client, Property, XEvent } from 'x11/lib/xcore.js';
import { openDisplay, within } from './connection.ts';

/** Longest time without any answer from the X server or the clipboard's owner, in ms. */
const ANSWERS_WITHIN_MS = 2_000;

/** How much of a property is asked for at once, in units of 4 bytes: 1 MiB. */
const PART_UNITS = 256 * 1024;

/** The largest content that is taken, in bytes; a file of that size is shared as a file. */
const MOST_BYTES = 512 * 1024 * 1024;

/** An answer that comes too late must not be taken for that to a later question. */
const PROPERTIES = 8;

/** So that its window is told of its properties (X11 protocol, SETofEVENT). */
const PROPERTY_CHANGE = 0x400000;
/** A property has a new value (X11 protocol, PropertyNotify). */
const NEW_VALUE = 0;

/**
 * Whether the desktop's clipboard is that of an X server. On Wayland there may be one beside it,
 * which is told of copies in its own windows only.
 */
export function readsByX11(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  const { DISPLAY, WAYLAND_DISPLAY, XDG_SESSION_TYPE } = env;
  if (platform === 'win32' || platform === 'darwin') return false;
  return Boolean(DISPLAY) && !WAYLAND_DISPLAY && XDG_SESSION_TYPE !== 'wayland';
}

/** The clipboard as the X server has it: an owner, and what it offers (ICCCM, section 2). */
export interface X11Selection {
  /** Names of what its owner offers; none when nobody owns it. */
  targets(): Promise<readonly string[]>;
  /** What it gives for one of them; `undefined` when it has nothing to give. */
  read(target: string): Promise<Uint8Array | undefined>;
  close(): void;
}

/**
 * Reads the clipboard over a connection of its own: nothing stands still while its owner takes
 * its time, and a text of 1 MB costs a third of what Chromium's own reading does. One thing is
 * read at a time. Every call rejects with a `SilentError` when the server or the owner is silent for
 * 2 s.
 * @throws where there is no X server
 */
export async function openX11Selection(): Promise<X11Selection> {
  const { client, screen } = await within(ANSWERS_WITHIN_MS, openDisplay());
  const root = screen[0]?.root;
  if (root === undefined) throw new Error('the X server has no screen');
  const atoms = new Map<string, Promise<number>>();
  const names = new Map<number, Promise<string>>();
  const atom = (name: string): Promise<number> => {
    const known = atoms.get(name) ?? asked<number>((done) => client.InternAtom(false, name, done));
    atoms.set(name, known);
    return known;
  };
  const nameOf = (value: number): Promise<string> => {
    const known = names.get(value) ?? asked<string>((done) => client.GetAtomName(value, done));
    names.set(value, known);
    return known;
  };
  const [clipboard, incremental, ...properties] = await Promise.all([
    atom('CLIPBOARD'),
    atom('INCR'),
    ...Array.from({ length: PROPERTIES }, (_, index) => atom(`LINKIFY_TRAY_CLIP_${index}`)),
  ]);
  // Where the answer to the question of now goes.
  let property = 0;
  let questions = 0;
  const window = client.AllocID();
  client.CreateWindow(window, root, 0, 0, 1, 1, 0, 0, 0, 0, { eventMask: PROPERTY_CHANGE });
  const events = listenTo(client);

  const part = (offsetUnits: number): Promise<Property> =>
    asked((done) => client.GetProperty(0, window, property, 0, offsetUnits, PART_UNITS, done));

  /** The whole value of our property, which is then removed: that asks for the next piece. */
  async function take(first?: Property): Promise<Buffer> {
    const parts = [first ?? (await part(0))];
    let bytes = parts[0]?.data.byteLength ?? 0;
    while ((parts.at(-1)?.bytesAfter ?? 0) > 0) {
      const next = await part(bytes / 4);
      bytes += next.data.byteLength;
      if (bytes > MOST_BYTES || next.data.byteLength === 0) throw new Error('too much to take');
      parts.push(next);
    }
    client.DeleteProperty(window, property);
    const [only] = parts;
    return parts.length === 1 && only !== undefined
      ? only.data
      : Buffer.concat(parts.map(({ data }) => data));
  }

  /** Content that is too large for one property comes in pieces, an empty one last (ICCCM, 2.7.2). */
  async function takePieces(): Promise<Buffer> {
    const pieces: Buffer[] = [];
    let bytes = 0;
    const isNext = ({ name, wid, atom: changed, state }: XEvent): boolean =>
      name === 'PropertyNotify' && wid === window && changed === property && state === NEW_VALUE;
    let next = events.next(isNext);
    client.DeleteProperty(window, property);
    for (;;) {
      await next;
      // Before the piece is taken: the next one may follow at once.
      next = events.next(isNext);
      const piece = await take();
      if (piece.byteLength === 0) {
        next.catch(() => undefined);
        events.forget(isNext);
        return Buffer.concat(pieces);
      }
      bytes += piece.byteLength;
      if (bytes > MOST_BYTES) throw new Error('too much to take');
      pieces.push(piece);
    }
  }

  async function convert(target: string): Promise<Buffer | undefined> {
    const wanted = await atom(target);
    const mine = properties[questions++ % PROPERTIES] ?? 0;
    property = mine;
    const answer = events.next(
      ({ name, requestor, selection, target: given, property: filled }) =>
        name === 'SelectionNotify' &&
        requestor === window &&
        selection === clipboard &&
        given === wanted &&
        (filled === mine || filled === 0),
    );
    client.ConvertSelection(window, clipboard, wanted, property, 0);
    if ((await answer).property === 0) return undefined;
    const first = await part(0);
    return first.type === incremental ? await takePieces() : await take(first);
  }

  // One conversion at a time: all use the same property.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(step: () => Promise<T>): Promise<T> => {
    const mine = last.then(step, step);
    last = mine.catch(() => undefined);
    return mine;
  };

  return {
    targets: () =>
      inTurn(async () => {
        const list = await convert('TARGETS');
        if (list === undefined) return [];
        const values = new Uint32Array(
          list.buffer.slice(list.byteOffset, list.byteOffset + (list.byteLength & ~3)),
        );
        return Promise.all([...values].filter((value) => value !== 0).map(nameOf));
      }),
    read: (target) =>
      inTurn(async () => {
        const content = await convert(target);
        return content === undefined || content.byteLength === 0 ? undefined : content;
      }),
    close: () => client.terminate(),
  };
}

interface Events {
  /** The next event of a kind; rejects when none comes in time. */
  next(is: (event: XEvent) => boolean): Promise<XEvent>;
  forget(is: (event: XEvent) => boolean): void;
}

function listenTo(client: Client): Events {
  const waiting = new Map<(event: XEvent) => boolean, (event: XEvent) => void>();
  client.on('event', (event) => {
    for (const [is, found] of waiting) {
      if (!is(event)) continue;
      waiting.delete(is);
      found(event);
      return;
    }
  });
  return {
    next: (is) =>
      within(
        ANSWERS_WITHIN_MS,
        new Promise<XEvent>((resolve) => {
          waiting.set(is, resolve);
        }),
      ).finally(() => waiting.delete(is)),
    forget: (is) => void waiting.delete(is),
  };
}

function asked<T>(
  call: (done: (error: Error | null | undefined, value: T) => void) => void,
): Promise<T> {
  return within(
    ANSWERS_WITHIN_MS,
    new Promise((resolve, reject) => {
      call((error, value) => (error ? reject(error) : resolve(value)));
    }),
  );
}
