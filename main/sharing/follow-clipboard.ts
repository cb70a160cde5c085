import type { SystemClipboard } from '../clipboard/content.ts';
import { viewOfClip, viewOfFormats } from '../clipboard/inspect.ts';
import type { AppModel } from './app-model.ts';

/** Several changes within this long are looked at once, in ms: a copy often comes as two or three. */
const SETTLE_MS = 120;

export interface FollowNeeds {
  readonly clipboard: Pick<SystemClipboard, 'read' | 'formats' | 'onChange'>;
  readonly model: AppModel;
  /** On macOS a read that nobody asked for may raise a privacy prompt: there only formats are looked at. */
  readonly mayRead: boolean;
}

/** Keeps the short description of the clipboard true while watching; returns how to stop. */
export function followClipboard({ clipboard, model, mayRead }: FollowNeeds): () => void {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const look = async (): Promise<void> => {
    try {
      const view = mayRead
        ? viewOfClip(await clipboard.read())
        : viewOfFormats(await clipboard.formats());
      if (!stopped) model.update({ clipboard: view });
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
