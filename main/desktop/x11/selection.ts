import type { Client, Property, XEvent } from 'x11/lib/xcore.js';
import { openDisplay, within } from './connection.ts';

/** Longest time without any answer from the X server or the clipboard's owner, in ms. */
const RESPONSE_TIMEOUT_MS = 2_000;

/** How much of a property is read at once, in units of 4 bytes: 1 MiB. */
const PART_UNITS = 256 * 1024;

/** The largest content that is read, in bytes; a file of that size is shared as a file. */
const MAX_BYTES = 512 * 1024 * 1024;

/** Properties used in turn, so that a late answer is not mistaken for that to a later request. */
const PROPERTIES = 8;

/** Requests events about a window's properties (X11 protocol, SETofEVENT). */
const PROPERTY_CHANGE = 0x400000;
/** A property has a new value (X11 protocol, PropertyNotify). */
const NEW_VALUE = 0;

/** The clipboard as the X server has it: an owner, and what it offers (ICCCM, section 2). */
export interface X11Selection {
  /** Names of what its owner offers; none when nobody owns it. */
  targets(): Promise<readonly string[]>;
  /** Its content in one of them; `undefined` when it is empty or refused. */
  read(target: string): Promise<Uint8Array | undefined>;
  close(): void;
}

/**
 * Reads the clipboard over a connection of its own: nothing blocks while its owner takes its time,
 * and a text of 1 MB costs a third of what Chromium's own reading does. One content is read at a
 * time. Every call rejects with a `SilentError` when the server or the owner is silent for 2 s.
 * @throws where there is no X server
 */
export async function openX11Selection(): Promise<X11Selection> {
  const { client, screen } = await within(RESPONSE_TIMEOUT_MS, openDisplay());
  const root = screen[0]?.root;
  if (root === undefined) throw new Error('the X server has no screen');
  const atoms = new Atoms(client);
  const [clipboard, incremental, ...properties] = await Promise.all([
    atoms.atom('CLIPBOARD'),
    atoms.atom('INCR'),
    ...Array.from({ length: PROPERTIES }, (_, index) => atoms.atom(`LINKIFY_TRAY_CLIP_${index}`)),
  ]);
  const window = client.AllocID();
  client.CreateWindow(window, root, 0, 0, 1, 1, 0, 0, 0, 0, { eventMask: PROPERTY_CHANGE });
  return new ServerSelection({ client, window, atoms, clipboard, incremental, properties });
}

interface SelectionParts {
  readonly client: Client;
  /** Our own window, whose properties receive the content. */
  readonly window: number;
  readonly atoms: Atoms;
  /** The atoms of CLIPBOARD, of INCR, and of our properties. */
  readonly clipboard: number;
  readonly incremental: number;
  readonly properties: readonly number[];
}

class ServerSelection implements X11Selection {
  readonly #parts: SelectionParts;
  readonly #client: Client;
  readonly #window: number;
  readonly #events: Events;
  /** The property that receives the current answer. */
  #property = 0;
  #requests = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: SelectionParts) {
    this.#parts = parts;
    this.#client = parts.client;
    this.#window = parts.window;
    this.#events = listenTo(parts.client);
  }

  targets(): Promise<readonly string[]> {
    return this.#inTurn(async () => {
      const list = await this.#convert('TARGETS');
      if (list === undefined) return [];
      const values = new Uint32Array(
        list.buffer.slice(list.byteOffset, list.byteOffset + (list.byteLength & ~3)),
      );
      const { atoms } = this.#parts;
      return Promise.all(
        [...values].filter((value) => value !== 0).map((value) => atoms.nameOf(value)),
      );
    });
  }

  read(target: string): Promise<Uint8Array | undefined> {
    return this.#inTurn(async () => {
      const content = await this.#convert(target);
      return content === undefined || content.byteLength === 0 ? undefined : content;
    });
  }

  close(): void {
    this.#client.terminate();
  }

  /** One conversion at a time. */
  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    const current = this.#last.then(step, step);
    this.#last = current.catch(() => undefined);
    return current;
  }

  async #convert(target: string): Promise<Buffer | undefined> {
    const { atoms, clipboard, incremental, properties } = this.#parts;
    const requested = await atoms.atom(target);
    const expected = properties[this.#requests++ % PROPERTIES] ?? 0;
    this.#property = expected;
    const answer = this.#events.next(
      ({ name, requestor, selection, target: given, property }) =>
        name === 'SelectionNotify' &&
        requestor === this.#window &&
        selection === clipboard &&
        given === requested &&
        (property === expected || property === 0),
    );
    this.#client.ConvertSelection(this.#window, clipboard, requested, expected, 0);
    if ((await answer).property === 0) return undefined;
    const first = await this.#readPart(0);
    return first.type === incremental ? await this.#readPieces() : await this.#readProperty(first);
  }

  #readPart(offsetUnits: number): Promise<Property> {
    return asked((done) =>
      this.#client.GetProperty(0, this.#window, this.#property, 0, offsetUnits, PART_UNITS, done),
    );
  }

  /** The whole value of our property, which is then deleted: that requests the next piece. */
  async #readProperty(first?: Property): Promise<Buffer> {
    const parts = [first ?? (await this.#readPart(0))];
    let bytes = parts[0]?.data.byteLength ?? 0;
    while ((parts.at(-1)?.bytesAfter ?? 0) > 0) {
      const next = await this.#readPart(bytes / 4);
      bytes += next.data.byteLength;
      if (bytes > MAX_BYTES || next.data.byteLength === 0) throw new Error('too much to read');
      parts.push(next);
    }
    this.#client.DeleteProperty(this.#window, this.#property);
    const [only] = parts;
    return parts.length === 1 && only !== undefined
      ? only.data
      : Buffer.concat(parts.map(({ data }) => data));
  }

  /** Content that is too large for one property comes in pieces, an empty one last (ICCCM, 2.7.2). */
  async #readPieces(): Promise<Buffer> {
    const pieces: Buffer[] = [];
    let bytes = 0;
    const isNext = ({ name, wid, atom, state }: XEvent): boolean =>
      name === 'PropertyNotify' &&
      wid === this.#window &&
      atom === this.#property &&
      state === NEW_VALUE;
    let next = this.#events.next(isNext);
    this.#client.DeleteProperty(this.#window, this.#property);
    for (;;) {
      await next;
      // Before the piece is read: the next one may follow at once.
      next = this.#events.next(isNext);
      const piece = await this.#readProperty();
      if (piece.byteLength === 0) {
        next.catch(() => undefined);
        this.#events.remove(isNext);
        return Buffer.concat(pieces);
      }
      bytes += piece.byteLength;
      if (bytes > MAX_BYTES) throw new Error('too much to read');
      pieces.push(piece);
    }
  }
}

/** So many atoms are cached: programs name their formats as they like, some with random numbers. */
const MAX_ATOMS = 1_000;

/** Atoms and their names, each requested from the server once. */
class Atoms {
  readonly #client: Client;
  readonly #atoms = new Map<string, Promise<number>>();
  readonly #names = new Map<number, Promise<string>>();

  constructor(client: Client) {
    this.#client = client;
  }

  atom(name: string): Promise<number> {
    if (this.#atoms.size >= MAX_ATOMS) this.#atoms.clear();
    const known =
      this.#atoms.get(name) ?? asked<number>((done) => this.#client.InternAtom(false, name, done));
    this.#atoms.set(name, known);
    return known;
  }

  nameOf(atom: number): Promise<string> {
    if (this.#names.size >= MAX_ATOMS) this.#names.clear();
    const known =
      this.#names.get(atom) ?? asked<string>((done) => this.#client.GetAtomName(atom, done));
    this.#names.set(atom, known);
    return known;
  }
}

interface Events {
  /** The next event of a kind; rejects when none comes in time. */
  next(is: (event: XEvent) => boolean): Promise<XEvent>;
  /** Stops waiting for it. */
  remove(is: (event: XEvent) => boolean): void;
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
        RESPONSE_TIMEOUT_MS,
        new Promise<XEvent>((resolve) => {
          waiting.set(is, resolve);
        }),
      ).finally(() => waiting.delete(is)),
    remove: (is) => void waiting.delete(is),
  };
}

function asked<T>(
  call: (done: (error: Error | null | undefined, value: T) => void) => void,
): Promise<T> {
  return within(
    RESPONSE_TIMEOUT_MS,
    new Promise((resolve, reject) => {
      call((error, value) => (error ? reject(error) : resolve(value)));
    }),
  );
}
