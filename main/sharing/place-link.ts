import type { Clip, SystemClipboard } from '../clipboard/content.ts';
import { sameContent } from '../clipboard/same-content.ts';
import { faultOf } from '../failures/faults.ts';
import type { WriteLink } from '../links/copy-link.ts';

/**
 * Where a link went: onto the clipboard, or not, because that changed (`left-alone`), could not be read
 * or written (`not-copied`), or only the app in front may use it (`needs-focus`).
 */
export type LinkPlace = 'clipboard' | 'left-alone' | 'not-copied' | 'needs-focus';

/** A share that took longer than this reads the clipboard again before it writes, in ms. */
const READ_AGAIN_AFTER_MS = 300;

/**
 * Puts the link of a share on the clipboard, and never over what was copied since the share began. Never
 * rejects: the link exists, whatever becomes of the clipboard.
 * @param clip what was on the clipboard then
 * @param tookMs how long ago that was, in ms
 */
export type PlaceLink = (
  link: { readonly link: string; readonly title: string },
  clip: Clip,
  tookMs: number,
) => Promise<LinkPlace>;

export function createPlaceLink(deps: {
  readonly clipboard: Pick<SystemClipboard, 'read'>;
  readonly writeLink: WriteLink;
}): PlaceLink {
  return async (link, clip, tookMs) => {
    try {
      if (tookMs > READ_AGAIN_AFTER_MS) {
        const now = await deps.clipboard.read();
        if (!sameContent(now.content, clip.content)) return 'left-alone';
      }
      await deps.writeLink(link);
      return 'clipboard';
    } catch (error) {
      return faultOf(error).kind === 'clipboard-needs-focus' ? 'needs-focus' : 'not-copied';
    }
  };
}
