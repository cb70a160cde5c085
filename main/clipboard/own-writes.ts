import type { Content, SystemClipboard } from './content.ts';
import { sameContent } from './same-content.ts';

/** A clipboard that knows what the app itself put there. */
export interface OwnWrites extends SystemClipboard {
  /** Whether this is what the app wrote last. */
  isOwn(content: Content): boolean;
  /** What the app wrote last; `undefined` once something else was seen in its place. */
  own(): Content | undefined;
  /**
   * Takes one change of the clipboard for the app's own write, if it comes right after one, and
   * answers what was written: so that nothing has to be read to find out. Each write answers for
   * one change; another one behind it is somebody else's.
   */
  claimChange(): Content | undefined;
  /** Forgets what was written, once something else has taken its place. */
  clearOwn(): void;
  /**
   * Changes with each of the app's writes; `undefined` during one. What was read across a write may
   * be older than it.
   */
  writeMark(): number | undefined;
}

/** A change that comes later than this after a write is not taken for it unread, in ms. */
const OWN_CHANGE_MS = 500;

/** Remembers the last write, so that the app's own links are not taken for something copied. */
export function trackOwnWrites(
  clipboard: SystemClipboard,
  now: () => number = () => performance.now(),
): OwnWrites {
  let own: Content | undefined;
  let writtenMs = Number.NEGATIVE_INFINITY;
  let unclaimed = 0;
  let writes = 0;
  let running = 0;
  // Recorded before the write: the change event can arrive before the write resolves.
  const remember = (content: Content): void => {
    unclaimed = now() - writtenMs < OWN_CHANGE_MS ? unclaimed + 1 : 1;
    own = content;
    writtenMs = now();
  };
  const write = async (content: Content, act: () => Promise<void>): Promise<void> => {
    remember(content);
    writes++;
    running++;
    try {
      await act();
    } catch (error) {
      // What is there now is somebody else's, and so is the next change.
      if (own === content) {
        own = undefined;
        unclaimed = 0;
      }
      throw error;
    } finally {
      running--;
    }
  };
  return {
    ...clipboard,
    writeText: (text) => write({ kind: 'text', text }, () => clipboard.writeText(text)),
    write: (content) => write(content, () => clipboard.write(content)),
    own: () => own,
    isOwn: (content) => own !== undefined && sameContent(own, content),
    claimChange() {
      if (now() - writtenMs >= OWN_CHANGE_MS) unclaimed = 0;
      if (unclaimed === 0) return undefined;
      unclaimed--;
      return own;
    },
    clearOwn() {
      own = undefined;
    },
    writeMark: () => (running > 0 ? undefined : writes),
  };
}
