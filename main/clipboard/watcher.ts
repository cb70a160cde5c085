import type { ClipView } from '../../preload/contract.ts';
import type { Words } from '../i18n/messages.ts';
import type { Clip } from './content.ts';
import { viewOfClip, viewOfFormats } from './describe-content.ts';
import type { OwnWrites } from './own-writes.ts';

/** What the watcher saw. */
export interface Sighting {
  readonly view: ClipView;
  /** False for what was there when it began to look, and for what the app itself wrote. */
  readonly copied: boolean;
  /** The clip itself; absent where content may only be read when a person acts (macOS). */
  readonly clip?: Clip;
}

export interface WatcherDeps {
  readonly words: Words;
  readonly clipboard: Pick<
    OwnWrites,
    'onChange' | 'read' | 'formats' | 'isOwn' | 'claimChange' | 'forgetOwn'
  >;
  /** False where a read that nobody asked for may raise a question of the system. */
  readonly mayRead: boolean;
  /** Told of each copy, of what is there at the beginning, and of the app's own writes. */
  readonly onSighting: (sighting: Sighting) => void;
  /** A clipboard that could not be read; the next change tries again. */
  readonly onProblem?: (cause: unknown) => void;
  /** The clock of the pauses, in ms. */
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

/**
 * Tells of each copy once it has settled. Content is read once a copy, never while it is
 * paused, and never in an overlapping way: a change during a read is looked at after it.
 * What the app itself wrote is known, and not read again.
 */
export function watchClipboard(deps: WatcherDeps): Watcher {
  const { clipboard, words, mayRead, onSighting, onProblem = () => {} } = deps;
  const { now = () => performance.now(), settleMs = SETTLE_MS } = deps;
  let unsubscribe: (() => void) | undefined;
  let settling: NodeJS.Timeout | undefined;
  let waking: NodeJS.Timeout | undefined;
  let pausedUntil: number | undefined;
  let looking = false;
  let again = false;
  let changed = false;

  const look = async (): Promise<void> => {
    const copied = changed;
    changed = false;
    const sighting = mayRead
      ? await readOnce(copied)
      : { copied, view: viewOfFormats(await clipboard.formats(), words) };
    if (unsubscribe !== undefined) onSighting(sighting);
  };

  const readOnce = async (copied: boolean): Promise<Sighting> => {
    const clip = await clipboard.read();
    const own = !clip.concealed && clipboard.isOwn(clip.content);
    if (!own) clipboard.forgetOwn();
    return { clip, copied: copied && !own, view: viewOfClip(clip, words) };
  };

  const lookSoon = (): void => {
    clearTimeout(settling);
    settling = setTimeout(() => void settled(), settleMs);
  };

  const onChange = (): void => {
    const written = clipboard.claimChange();
    if (written === undefined) {
      changed = true;
      lookSoon();
      return;
    }
    // What was about to be looked at is no longer there.
    clearTimeout(settling);
    const clip = { content: written, concealed: false };
    onSighting({ clip, copied: false, view: viewOfClip(clip, words) });
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
    if (unsubscribe !== undefined) return;
    unsubscribe = clipboard.onChange(onChange, lookSoon);
    changed = false;
    lookSoon();
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
