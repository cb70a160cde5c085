import type { Content } from './content.ts';
import type { OwnWrites } from './own-writes.ts';

export interface GiveBackNeeds {
  readonly clipboard: Pick<OwnWrites, 'read' | 'write' | 'isOwn'>;
  /** How long a link stays before the original comes back by itself, in ms; 0 for never. */
  readonly afterMs: () => number;
  /** False where a read that nobody asked for may raise a question: then it comes back on a key only. */
  readonly mayRead: boolean;
  readonly onProblem?: (cause: unknown) => void;
}

/** Keeps what a link took the place of, and puts it back. */
export interface GiveBack {
  /** Told after a link was put on the clipboard in place of `original`. */
  keep(original: Content): void;
  /**
   * Puts the original back if the clipboard still holds what the app wrote; what a person
   * copied since is never overwritten. Answers whether it did.
   */
  giveBack(): Promise<boolean>;
  /** Whether there is something to give back. */
  pending(): boolean;
  forget(): void;
}

export function createGiveBack(needs: GiveBackNeeds): GiveBack {
  const { clipboard, afterMs, mayRead, onProblem = () => {} } = needs;
  let original: Content | undefined;
  let timer: NodeJS.Timeout | undefined;

  const forget = (): void => {
    clearTimeout(timer);
    original = undefined;
  };

  const giveBack = async (): Promise<boolean> => {
    const content = original;
    if (content === undefined) return false;
    const { content: now, concealed } = await clipboard.read();
    // While it was read, another link may have taken its place.
    if (original !== content) return false;
    forget();
    if (concealed || !clipboard.isOwn(now)) return false;
    await clipboard.write(content);
    return true;
  };

  return {
    keep(content) {
      forget();
      if (content.kind === 'unsupported') return;
      original = content;
      const delayMs = afterMs();
      if (delayMs > 0 && mayRead) timer = setTimeout(() => giveBack().catch(onProblem), delayMs);
    },
    giveBack,
    pending: () => original !== undefined,
    forget,
  };
}
