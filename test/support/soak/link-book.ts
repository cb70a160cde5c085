import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { filesBelow } from '../files-below.ts';

/** A link that was handed out, and what was behind it then. */
export interface BookedLink {
  readonly id: string;
  /** Of the content's first item, such as `/s/abc/raw`. */
  readonly contentPath: string;
  readonly sha256: string;
  /** Of all of its items together. */
  readonly bytes: number;
  /** Words that only its content and its names have. */
  readonly markers: readonly string[];
  readonly expiresAtMs?: number;
}

/** `unknown`: its end was requested, and no response came. */
type State = 'active' | 'ended' | 'unknown';

export interface Verified {
  /** Active links that don't open, or open with other bytes. */
  readonly lost: number;
  /** Ended links that open. */
  readonly reopened: number;
  readonly checked: number;
}

/** Around its expiration a link may do either, in ms. */
const EXPIRATION_SLACK_MS = 2_000;

const MARKER = /soak-[A-Za-z0-9]{16}/g;
const MARKER_BYTES = 21;
const WINDOW_BYTES = 64 * 1024 * 1024;

/** Text that nothing else has. @param random from 0 to less than 1 */
export function newMarker(random: () => number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const letter = (): string => letters[Math.floor(random() * letters.length)] ?? 'x';
  return `soak-${Array.from({ length: 16 }, letter).join('')}`;
}

/** ASCII text of at least this size, with the marker in each piece that a file system may leave. */
export function textWith(marker: string, bytes: number): string {
  const line = `${marker} ${'some plain words, '.repeat(28)}\n`;
  return line.repeat(Math.ceil(bytes / line.length));
}

export const sha256Of = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

/** The links that were acknowledged: what must open, and what must not. */
export class LinkBook {
  readonly #links = new Map<string, { readonly link: BookedLink; state: State }>();

  get size(): number {
    return this.#links.size;
  }

  add(link: BookedLink): void {
    this.#links.set(link.id, { link, state: 'active' });
  }

  /** Before its end is requested: until there is a response, it may open or not. */
  mark(id: string, state: State): void {
    const entry = this.#links.get(id);
    if (entry !== undefined) entry.state = state;
  }

  has(id: string): boolean {
    return this.#links.has(id);
  }

  /** The active links that don't expire soon. */
  active(nowMs = Date.now()): readonly BookedLink[] {
    return this.#in('active').filter(
      ({ expiresAtMs = Number.POSITIVE_INFINITY }) => expiresAtMs > nowMs + EXPIRATION_SLACK_MS,
    );
  }

  ended(nowMs = Date.now()): readonly BookedLink[] {
    const expired = this.#in('active').filter(
      ({ expiresAtMs = Number.POSITIVE_INFINITY }) => expiresAtMs < nowMs - EXPIRATION_SLACK_MS,
    );
    return [...this.#in('ended'), ...expired];
  }

  /** Opens links. @param pages such as `http://127.0.0.1:4180` @param limit of each kind, the newest */
  async verify(pages: string, limit = Number.POSITIVE_INFINITY): Promise<Verified> {
    let lost = 0;
    let reopened = 0;
    const newest = (links: readonly BookedLink[]) => links.slice(-Math.min(limit, links.length));
    const active = newest(this.active());
    const ended = newest(this.ended());
    await inParallel(active, async (link) => {
      const response = await fetch(pages + link.contentPath);
      const bytes = await response.bytes();
      const isWhole = response.status === 200 && sha256Of(bytes) === link.sha256;
      // It may have expired while the others were opened.
      if (!isWhole && this.active().includes(link)) lost += 1;
    });
    await inParallel(ended, async (link) => {
      const response = await fetch(pages + link.contentPath);
      await response.arrayBuffer();
      // 404: what tells that it has ended is deleted after some time.
      if (response.status !== 410 && response.status !== 404) reopened += 1;
    });
    return { lost, reopened, checked: active.length + ended.length };
  }

  /** Ended links whose content, or name, is in a file of these folders. */
  async contentLeft(folders: readonly string[]): Promise<number> {
    const ended = this.ended();
    const found = new Set<string>();
    for (const folder of folders) {
      for (const path of await filesBelow(folder)) {
        // A file may be deleted meanwhile.
        const bytes = await readFile(path).catch(() => Buffer.alloc(0));
        for (const marker of markersIn(bytes)) found.add(marker);
      }
    }
    return ended.filter(({ markers }) => markers.some((marker) => found.has(marker))).length;
  }

  #in(wanted: State): readonly BookedLink[] {
    return [...this.#links.values()].flatMap(({ link, state }) => (state === wanted ? [link] : []));
  }
}

/** In windows that overlap: all of a large file doesn't fit in a string. */
function* markersIn(bytes: Buffer): Generator<string> {
  for (let at = 0; at < bytes.length; at += WINDOW_BYTES) {
    const text = bytes.toString('latin1', at, at + WINDOW_BYTES + MARKER_BYTES);
    for (const [marker] of text.matchAll(MARKER)) yield marker;
  }
}

async function inParallel<T>(items: readonly T[], task: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await task(item);
  };
  await Promise.all(Array.from({ length: 6 }, work));
}

/** Of all files together. */
export async function bytesBelow(folder: string): Promise<number> {
  const sizes = (await filesBelow(folder)).map((path) =>
    // A file may be deleted meanwhile.
    stat(path).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
