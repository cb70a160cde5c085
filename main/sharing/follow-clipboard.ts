import type { Content, SystemClipboard } from '../clipboard/content.ts';
import { viewOfClip, viewOfFormats } from '../clipboard/inspect.ts';
import type { Words } from '../words/words.ts';
import type { AppModel } from './app-model.ts';

/** Several changes within this long are looked at once, in ms: a copy often comes as two or three. */
const SETTLE_MS = 120;

export interface FollowNeeds {
  readonly clipboard: Pick<SystemClipboard, 'read' | 'formats' | 'onChange'>;
  readonly model: AppModel;
  readonly words: Words;
  /** On macOS a read that nobody asked for may raise a privacy prompt: there only formats are looked at. */
  readonly mayRead: boolean;
  /** Told of each new content; not of what was there before. */
  readonly onCopied: (content: Content) => void;
}

/** Keeps the short description of the clipboard true while watching; returns how to stop. */
export function followClipboard({
  clipboard,
  model,
  words,
  mayRead,
  onCopied,
}: FollowNeeds): () => void {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let first = true;
  const look = async (): Promise<void> => {
    try {
      const clip = mayRead ? await clipboard.read() : undefined;
      const view =
        clip === undefined
          ? viewOfFormats(await clipboard.formats(), words)
          : viewOfClip(clip, words);
      if (stopped) return;
      model.update({ clipboard: view });
      if (!first && clip !== undefined) onCopied(clip.content);
      first = false;
    } catch {
      // Busy in another program's hands: the next change brings the next look.
    }
  };
  const lookSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(look, SETTLE_MS);
  };
  const unlisten = clipboard.onChange(lookSoon);
  lookSoon();
  return () => {
    stopped = true;
    clearTimeout(timer);
    unlisten();
    model.update({ clipboard: { kind: 'unknown', description: '', shareable: true } });
  };
}
