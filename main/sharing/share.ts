import type { Clip, Content, SystemClipboard } from '../clipboard/content.ts';
import { sameContent } from '../clipboard/same-content.ts';
import type { CallOptions } from '../linkify/model.ts';
import type { RecentLink } from '../links/schema.ts';
import { type Fault, faultOf } from './faults.ts';
import {
  type OpenFile,
  type Preparation,
  type Prepared,
  prepareClip,
  prepareFiles,
  prepareText,
  prepareTexts,
} from './prepare.ts';
import { send } from './send.ts';
import type { Services, ServiceTarget } from './services.ts';

/** What to share. */
export type ShareSource =
  | { readonly from: 'clipboard' }
  | { readonly from: 'text'; readonly text: string; readonly name?: string }
  | { readonly from: 'files'; readonly paths: readonly string[] }
  | {
      readonly from: 'texts';
      readonly items: readonly { readonly text: string; readonly name?: string }[];
      readonly name?: string;
    };

export type ShareResult =
  | {
      readonly ok: true;
      readonly link: RecentLink;
      readonly description: string;
      /** False when the clipboard changed meanwhile: the link waits in the list instead. */
      readonly onClipboard: boolean;
    }
  | { readonly ok: false; readonly fault: Fault };

export interface ShareNeeds {
  readonly clipboard: Pick<SystemClipboard, 'read' | 'writeText'>;
  readonly openFile: OpenFile;
  readonly services: Pick<Services, 'current'>;
  readonly links: { add(link: RecentLink): void };
  /** Told what is being shared, its progress, and `null` at the end. */
  readonly onActivity: (
    activity: {
      readonly what: string;
      readonly progress?: { readonly sentBytes: number; readonly totalBytes: number };
    } | null,
  ) => void;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

export interface Sharer {
  /** Shares; while a share runs, a second call answers `already-sharing` and sends nothing. */
  share(source: ShareSource): Promise<ShareResult>;
  /** Stops the share under way, if any. */
  cancel(): void;
  /** The clipboard's content before the link of this share took its place, for Undo. */
  contentBefore(linkId: string): Content | undefined;
}

/** A share that took longer than this looks at the clipboard again before it writes, in ms. */
const LOOK_AGAIN_AFTER_MS = 300;

/** The way of a share: read, prepare, send, put the link on the clipboard, remember it. */
export function createSharer(needs: ShareNeeds): Sharer {
  let running: AbortController | undefined;
  let before: { readonly linkId: string; readonly content: Content } | undefined;

  const gather = async (
    source: ShareSource,
  ): Promise<{ readonly clip: Clip; readonly preparation: Preparation }> => {
    const clip = await needs.clipboard.read();
    switch (source.from) {
      case 'clipboard':
        return { clip, preparation: await prepareClip(clip, needs.openFile) };
      case 'text':
        return {
          clip,
          preparation:
            source.text.trim() === ''
              ? { ok: false, fault: { kind: 'nothing-to-share' } }
              : { ok: true, prepared: prepareText(source.text, source.name) },
        };
      case 'files':
        return { clip, preparation: await prepareFiles(source.paths, needs.openFile) };
      case 'texts':
        return { clip, preparation: prepareTexts(source.items, source.name) };
    }
  };

  const deliver = async (link: string, clip: Clip, startedMs: number): Promise<boolean> => {
    if (needs.now() - startedMs > LOOK_AGAIN_AFTER_MS) {
      const now = await needs.clipboard.read();
      if (!sameContent(now.content, clip.content)) return false;
    }
    await needs.clipboard.writeText(link);
    return true;
  };

  const run = async (source: ShareSource, signal: AbortSignal): Promise<ShareResult> => {
    const startedMs = needs.now();
    const { clip, preparation } = await gather(source);
    if (!preparation.ok) return preparation;
    const { prepared } = preparation;
    const what = prepared.description;
    needs.onActivity({ what });
    const options: CallOptions = {
      signal,
      onProgress: (sentBytes, totalBytes) =>
        needs.onActivity({ what, progress: { sentBytes, totalBytes } }),
    };
    const target = await needs.services.current();
    const share = await send(target.client, prepared, options);
    const link = toRecentLink(share, prepared, target, needs.now());
    before = undefined;
    try {
      const onClipboard = await deliver(share.link, clip, startedMs);
      if (onClipboard && !clip.concealed) before = { linkId: link.id, content: clip.content };
      return { ok: true, link, description: what, onClipboard };
    } finally {
      // Whatever the clipboard does, the link exists: it must not get lost.
      needs.links.add(link);
    }
  };

  return {
    async share(source) {
      if (running !== undefined) return { ok: false, fault: { kind: 'already-sharing' } };
      running = new AbortController();
      try {
        return await run(source, running.signal);
      } catch (error) {
        return { ok: false, fault: faultOf(error) };
      } finally {
        running = undefined;
        needs.onActivity(null);
      }
    },
    cancel() {
      running?.abort();
    },
    contentBefore: (linkId) => (before?.linkId === linkId ? before.content : undefined),
  };
}

function toRecentLink(
  share: { readonly id: string; readonly link: string; readonly assetIds: readonly string[] },
  prepared: Prepared,
  target: ServiceTarget,
  nowMs: number,
): RecentLink {
  return {
    id: share.id,
    kind: prepared.kind,
    title: prepared.title,
    sizeBytes: prepared.sizeBytes,
    count: prepared.items.length,
    link: share.link,
    service: { kind: target.kind, name: target.name, baseUrl: target.client.baseUrl },
    createdAtMs: nowMs,
    state: 'live',
    assetIds: [...share.assetIds],
  };
}
