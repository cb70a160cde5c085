import type { ClipView } from '../../preload/contract.ts';
import type { Messages } from '../i18n/messages.ts';
import type { Clip, Content } from './content.ts';
import { viewOfClip, viewOfFormats } from './describe-content.ts';
import type { OwnWrites } from './own-writes.ts';

/** What the watcher saw. */
export interface ClipboardUpdate {
  readonly view: ClipView;
  /** False for what was there when watching began, and for what the app itself wrote. */
  readonly copied: boolean;
  /** The clip itself; absent where content may only be read when a person acts (macOS). */
  readonly clip?: Clip;
}

export interface WatcherDeps {
  readonly messages: Messages;
  readonly clipboard: Pick<
    OwnWrites,
    'onChange' | 'read' | 'formats' | 'isOwn' | 'claimChange' | 'clearOwn' | 'writeMark'
  >;
  /** False where the system may ask the user about a read that the user didn't start. */
  readonly mayRead: boolean;
  /** Called for each copy, for what is there at the beginning, and for the app's own writes. */
  readonly onUpdate: (sighting: ClipboardUpdate) => void;
  /** A clipboard that could not be read; the next change tries again. */
  readonly onProblem?: (cause: unknown) => void;
  /** How long after a change the next one is waited for, in ms. */
  readonly settleMs?: number;
}

/** Programs write several formats one after the other: it has settled this long after the last. */
const SETTLE_MS = 50;

export function watchClipboard(deps: WatcherDeps): Watcher {
  return new Watcher(deps);
}

/**
 * Reports each copy once it has settled. Content is read once a copy, and never twice at the same
 * time: a change during a read is read after it. What the app itself wrote is
 * known, and not read again.
 */
export class Watcher {
  readonly #deps: WatcherDeps;
  #unsubscribe: (() => void) | undefined;
  #settleTimer: NodeJS.Timeout | undefined;
  #isReading = false;
  /** It changed again while it was being read. */
  #readsAgain = false;
  /** It changed since it was last read, and not by the app. */
  #isChanged = false;

  constructor(deps: WatcherDeps) {
    this.#deps = deps;
    this.#unsubscribe = deps.clipboard.onChange(
      () => this.#onChange(),
      () => this.#readSoon(),
    );
    this.#readSoon();
  }

  stop(): void {
    clearTimeout(this.#settleTimer);
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#readsAgain = false;
  }

  #onChange(): void {
    const { clipboard, messages, onUpdate } = this.#deps;
    const written = clipboard.claimChange();
    if (written === undefined) {
      this.#isChanged = true;
      this.#readSoon();
      return;
    }
    // The content that was about to be read is no longer there.
    clearTimeout(this.#settleTimer);
    const clip = asRead(written);
    onUpdate({ clip, copied: false, view: viewOfClip(clip, messages) });
  }

  #readSoon(): void {
    clearTimeout(this.#settleTimer);
    this.#settleTimer = setTimeout(() => void this.#onSettled(), this.#deps.settleMs ?? SETTLE_MS);
  }

  async #onSettled(): Promise<void> {
    if (this.#isReading) {
      this.#readsAgain = true;
      return;
    }
    this.#isReading = true;
    try {
      await this.#report();
    } catch (cause) {
      this.#deps.onProblem?.(cause);
    } finally {
      this.#isReading = false;
    }
    if (this.#readsAgain) {
      this.#readsAgain = false;
      void this.#onSettled();
    }
  }

  async #report(): Promise<void> {
    const { clipboard, messages, mayRead, onUpdate } = this.#deps;
    const copied = this.#isChanged;
    this.#isChanged = false;
    const sighting = mayRead
      ? await this.#read(copied)
      : { copied, view: viewOfFormats(await clipboard.formats(), messages) };
    if (this.#unsubscribe !== undefined) onUpdate(sighting);
  }

  async #read(copied: boolean): Promise<ClipboardUpdate> {
    const { clipboard, messages } = this.#deps;
    const mark = clipboard.writeMark();
    const clip = await clipboard.read();
    const own = !clip.concealed && clipboard.isOwn(clip.content);
    // A link that was written meanwhile takes the place of what was read.
    const isCurrent = mark !== undefined && clipboard.writeMark() === mark;
    if (!own && isCurrent) clipboard.clearOwn();
    return { clip, copied: copied && !own, view: viewOfClip(clip, messages) };
  }
}

/** What other programs find of a content that the app wrote. */
function asRead(written: Content): Clip {
  return written.kind === 'text' && written.concealed
    ? { content: { kind: 'empty' }, concealed: true }
    : { content: written, concealed: false };
}
