import type { ClipView } from '../../preload/contract.ts';
import type { Words } from '../words/words.ts';
import type { Clip } from './content.ts';
import { viewOfClip, viewOfFormats } from './inspect.ts';
import type { OwnWrites } from './own-writes.ts';

/** What the watcher saw after someone copied something. */
export interface Sighting {
  readonly view: ClipView;
  /** The clip itself; absent where content may only be read when a person acts (macOS). */
  readonly clip?: Clip;
}

export interface WatcherNeeds {
  readonly words: Words;
  readonly clipboard: Pick<
    OwnWrites,
    'onChange' | 'read' | 'formats' | 'isOwn' | 'lastWriteMs' | 'forgetOwn'
  >;
  /** False where a read that nobody asked for may raise a question of the system. */
  readonly mayRead: boolean;
  /** Told of each copy that is not the app's own. */
  readonly onSighting: (sighting: Sighting) => void;
  /** A clipboard that could not be read; the next change tries again. */
  readonly onProblem?: (cause: unknown) => void;
  /** The clock that `lastWriteMs` counts on, in ms. */
  readonly now?: () => number;
  /** How long after a change the next one is waited for, in ms. */
  readonly settleMs?: number;
}

export interface Watcher {
  /** Hears nothing until `resume`, or until so many ms have passed. */
  pause(forMs?: number): void;
  resume(): void;
  /** `undefined` while it listens; the end of the pause on the clock given, Infinity for no end. */
  pausedUntilMs(): number | undefined;
  stop(): void;
}

/** Programs write several formats one after the other; this long after the last one they are done. */
const SETTLE_MS = 50;

/** A change this soon after our own write is ours, where nothing may be read to make sure, in ms. */
const OWN_WITHIN_MS = 1_000;

/**
 * Tells of each copy once it has settled. Content is read once a copy, never while it is
 * paused, and never in an overlapping way: a change during a read is looked at after it.
 */
export function watchClipboard(needs: WatcherNeeds): Watcher {
  const { clipboard, words, mayRead, onSighting, onProblem = () => {} } = needs;
  const { now = () => performance.now(), settleMs = SETTLE_MS } = needs;
  let unsubscribe: (() => void) | undefined;
  let settling: NodeJS.Timeout | undefined;
  let waking: NodeJS.Timeout | undefined;
  let pausedUntil: number | undefined;
  let looking = false;
  let again = false;

  const look = async (): Promise<void> => {
    const sighting = mayRead ? await readOnce() : await formatsOnce();
    if (sighting !== undefined && unsubscribe !== undefined) onSighting(sighting);
  };

  const readOnce = async (): Promise<Sighting | undefined> => {
    const clip = await clipboard.read();
    if (!clip.concealed && clipboard.isOwn(clip.content)) return undefined;
    clipboard.forgetOwn();
    return { clip, view: viewOfClip(clip, words) };
  };

  const formatsOnce = async (): Promise<Sighting | undefined> => {
    const writtenMs = clipboard.lastWriteMs();
    if (writtenMs !== undefined && now() - writtenMs < OWN_WITHIN_MS) return undefined;
    return { view: viewOfFormats(await clipboard.formats(), words) };
  };

  const settled = async (): Promise<void> => {
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    try {
      await look();
    } catch (cause) {
      onProblem(cause);
    } finally {
      looking = false;
    }
    if (again) {
      again = false;
      void settled();
    }
  };

  const listen = (): void => {
    clearTimeout(waking);
    pausedUntil = undefined;
    unsubscribe ??= clipboard.onChange(() => {
      clearTimeout(settling);
      settling = setTimeout(() => void settled(), settleMs);
    });
  };

  const silence = (): void => {
    clearTimeout(settling);
    clearTimeout(waking);
    unsubscribe?.();
    unsubscribe = undefined;
    again = false;
  };

  listen();
  return {
    pause(forMs) {
      silence();
      pausedUntil = forMs === undefined ? Number.POSITIVE_INFINITY : now() + forMs;
      if (forMs !== undefined) waking = setTimeout(listen, forMs);
    },
    resume: listen,
    pausedUntilMs: () => pausedUntil,
    stop: silence,
  };
}
