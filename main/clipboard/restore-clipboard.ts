import type { Content } from './content.ts';
import type { OwnWrites } from './own-writes.ts';
import { sameContent } from './same-content.ts';

/** Remembers what the newest link replaced on the clipboard, and restores it. */
export interface RestoreClipboard {
  /** Call after the link `linkId` was written to the clipboard in place of `original`. */
  record(original: Content, linkId: string): void;
  /**
   * Restores the original while the clipboard still holds the link that replaced it; what was
   * copied since is never overwritten.
   * @param linkId restores only what this link replaced, also after the link was copied again
   * @returns what was restored; `undefined` when the clipboard was left alone
   */
  restore(linkId?: string): Promise<Content | undefined>;
  /** Call after someone copied the link `linkId`: it stays until its share is undone. */
  copied(linkId: string): void;
}

interface Replaced {
  readonly original: Content;
  readonly linkId: string;
  /** The link as it was written to the clipboard. */
  readonly written: Content | undefined;
  /** Copied again by the user: only an undo of its share replaces it. */
  readonly wanted: boolean;
}

export function createRestoreClipboard(
  clipboard: Pick<OwnWrites, 'read' | 'write' | 'own'>,
): RestoreClipboard {
  let replaced: Replaced | undefined;

  const restore: RestoreClipboard['restore'] = async (linkId) => {
    const before = replaced;
    if (before === undefined) return undefined;
    if (linkId === undefined ? before.wanted : before.linkId !== linkId) return undefined;
    const { content: now, concealed } = await clipboard.read();
    // While it was read, another link may have taken its place.
    if (replaced !== before) return undefined;
    replaced = undefined;
    const { original, written } = before;
    if (concealed || written === undefined || !sameContent(written, now)) return undefined;
    await clipboard.write(original);
    return original;
  };

  return {
    record(original, linkId) {
      replaced = undefined;
      if (original.kind === 'unsupported') return;
      replaced = { original, linkId, written: clipboard.own(), wanted: false };
    },
    restore,
    copied(linkId) {
      const before = replaced;
      replaced = undefined;
      if (before?.linkId !== linkId) return;
      replaced = { ...before, written: clipboard.own(), wanted: true };
    },
  };
}
