import type { Content, SystemClipboard } from './content.ts';
import { sameContent } from './same-content.ts';

/** A clipboard that knows what the app itself put there. */
export interface OwnWrites extends SystemClipboard {
  /** Whether this is what the app wrote last. */
  isOwn(content: Content): boolean;
  /** When the app wrote last, on the clock given; for when content must not be read to find out. */
  lastWriteMs(): number | undefined;
  /** Forgets what was written, once something else has taken its place. */
  forgetOwn(): void;
}

/** Remembers the last write, so that the app's own links are not taken for something copied. */
export function rememberOwnWrites(
  clipboard: SystemClipboard,
  now: () => number = () => performance.now(),
): OwnWrites {
  let own: Content | undefined;
  let writtenMs: number | undefined;
  // Before the write: its change may be heard of before it is said to be done.
  const remember = (content: Content): void => {
    own = content;
    writtenMs = now();
  };
  return {
    ...clipboard,
    async writeText(text) {
      remember({ kind: 'text', text });
      await clipboard.writeText(text);
    },
    async write(content) {
      remember(content);
      await clipboard.write(content);
    },
    isOwn: (content) => own !== undefined && sameContent(own, content),
    lastWriteMs: () => writtenMs,
    forgetOwn() {
      own = undefined;
    },
  };
}
