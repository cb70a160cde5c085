import type { ShareTerms } from '../../preload/contract.ts';
import type { Clip, Content, SystemClipboard } from '../clipboard/content.ts';
import { inspect } from '../clipboard/describe-content.ts';
import { sameContent } from '../clipboard/same-content.ts';
import { type Fault, faultOf } from '../failures/faults.ts';
import type { Words } from '../i18n/messages.ts';
import { prepareClips } from '../items/prepare-clips.ts';
import {
  type OpenFile,
  type Preparation,
  type Prepared,
  prepareClip,
  prepareFiles,
  prepareText,
  prepareTexts,
  remoteFiles,
} from '../items/prepare-items.ts';
import type { WriteLink } from '../links/copy-link.ts';
import type { FindOwnLink } from '../links/find-own-link.ts';
import type { RecentLink } from '../links/schema.ts';
import type { Outgoing } from '../outbox/delivery.ts';
import type { createCheckLocation } from './check-geotags.ts';
import type { createCheckSecrets } from './check-secrets.ts';
import type { UnfinishedShare, UnfinishedShares } from './unfinished-shares.ts';

/** What to share. */
export type ShareSource =
  | { readonly from: 'clipboard' }
  | { readonly from: 'text'; readonly text: string; readonly name?: string }
  | { readonly from: 'files'; readonly paths: readonly string[] }
  /** What was copied earlier; several become one collection. */
  | { readonly from: 'clips'; readonly contents: readonly Content[]; readonly name?: string }
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
      /** What the link replaced on the clipboard; absent where it replaced nothing that may be read. */
      readonly before?: Content;
      /** Made by this computer in place of this service, which could not. */
      readonly insteadOf?: string;
    }
  | {
      readonly ok: false;
      readonly fault: Fault;
      /** It waits in the outbox under this id. */
      readonly keptId?: string;
    };

export interface ShareNeeds {
  readonly clipboard: Pick<SystemClipboard, 'read'>;
  readonly writeLink: WriteLink;
  readonly openFile: OpenFile;
  /** What consists of one of our links is not shared again. */
  readonly findOwnLink: FindOwnLink;
  readonly words: Words;
  /** The look for credentials that everything goes through before it leaves. */
  readonly checkSecrets: ReturnType<typeof createCheckSecrets>;
  /** The look for location data, which comes after it. */
  readonly checkLocation: ReturnType<typeof createCheckLocation>;
  readonly outgoing: Pick<Outgoing, 'first'>;
  readonly unfinished: Pick<UnfinishedShares, 'begin'>;
  /** Told what is being shared, its progress, and `null` at the end. */
  readonly onActivity: (
    activity: {
      readonly what: string;
      readonly progress?: { readonly sentBytes: number; readonly totalBytes: number };
      readonly slow?: 'uploading';
    } | null,
  ) => void;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

export interface Sharer {
  /** Shares; while a share runs, a second call answers `already-sharing` and sends nothing. */
  share(source: ShareSource, terms?: ShareTerms): Promise<ShareResult>;
  /**
   * Continues the share that was held back because the person had to decide: exactly what was
   * asked about, once. `without` leaves out what can't be read, `masked` hides or removes what was
   * found; then something else may be asked about.
   * @param terms in place of those that it was begun with
   * @returns `undefined` when nothing is held back any more
   */
  goOn(how: HeldAnswer, terms?: ShareTerms): Promise<ShareResult | undefined>;
  /** Forgets what was held back. */
  discardHeld(): void;
  /** Stops the share under way, if any. */
  cancel(): void;
}

/** What the person decided about a share that was held back. */
export type HeldAnswer = 'masked' | 'anyway' | 'without';

/** A share that waits for the person's word; in memory only. */
interface Held {
  readonly clip: Clip;
  readonly prepared: Prepared;
  readonly terms: ShareTerms;
  /** Something of it can't be read: it goes on `without` that only. */
  readonly isPart?: true;
  /** The same share with what was found hidden or removed; `undefined` when that can't be done. */
  masked(): Promise<Prepared | undefined>;
  /** What comes after the answer. */
  next(share: ToMake): Promise<ShareResult>;
  readonly unfinished: UnfinishedShare;
}

/** A share that nothing holds back any more. */
interface ToMake {
  readonly prepared: Prepared;
  readonly terms: ShareTerms;
  readonly clip: Clip;
  /** In ms since 1970. */
  readonly startedMs: number;
  readonly signal: AbortSignal;
  readonly unfinished: UnfinishedShare;
}

/** A share that took longer than this looks at the clipboard again before it writes, in ms. */
const LOOK_AGAIN_AFTER_MS = 300;

/** The way of a share: read, prepare, send, put the link on the clipboard, remember it. */
export function createSharer(needs: ShareNeeds): Sharer {
  const { words } = needs;
  let running: AbortController | undefined;
  let held: Held | undefined;

  /** The link of ours that there is nothing to share besides. */
  const ownLinkOf = (source: ShareSource, clip: Clip): RecentLink | undefined => {
    switch (source.from) {
      case 'clipboard':
        return needs.findOwnLink(clip.content);
      case 'text':
        return needs.findOwnLink({ kind: 'text', text: source.text });
      case 'files':
        return undefined;
      case 'clips':
      case 'texts': {
        const contents: readonly Content[] =
          source.from === 'clips'
            ? source.contents
            : source.items.map(({ text }) => ({ kind: 'text', text }));
        const found = contents.map(needs.findOwnLink);
        return found.includes(undefined) ? undefined : found[0];
      }
    }
  };

  const discardHeld = (): void => {
    held?.unfinished.end();
    held = undefined;
  };

  const gather = async (
    source: ShareSource,
    unfinished: UnfinishedShare,
  ): Promise<{ readonly clip: Clip; readonly preparation: Preparation }> => {
    const clip = await needs.clipboard.read();
    const own = ownLinkOf(source, clip);
    if (own !== undefined) {
      const { id: linkId, title } = own;
      return { clip, preparation: { ok: false, fault: { kind: 'already-a-link', linkId, title } } };
    }
    const content: Content = source.from === 'files' ? { ...source, kind: 'files' } : clip.content;
    if (content.kind === 'files') unfinished.describe(inspect(content, words).title);
    switch (source.from) {
      case 'clipboard':
        return { clip, preparation: await prepareClip(clip, needs.openFile, words) };
      case 'text': {
        const remote = remoteFiles(source.text);
        if (remote !== undefined) return { clip, preparation: { ok: false, fault: remote } };
        return {
          clip,
          preparation:
            source.text.trim() === ''
              ? { ok: false, fault: { kind: 'nothing-to-share' } }
              : { ok: true, prepared: prepareText(source.text, words, source.name) },
        };
      }
      case 'files':
        return { clip, preparation: await prepareFiles(source.paths, needs.openFile, words) };
      case 'clips':
        return {
          clip,
          preparation: await prepareClips(source.contents, source.name, needs.openFile, words),
        };
      case 'texts':
        return { clip, preparation: prepareTexts(source.items, source.name, words) };
    }
  };

  const deliver = async (
    link: { readonly link: string; readonly title: string },
    clip: Clip,
    startedMs: number,
  ): Promise<boolean> => {
    if (needs.now() - startedMs > LOOK_AGAIN_AFTER_MS) {
      const now = await needs.clipboard.read();
      if (!sameContent(now.content, clip.content)) return false;
    }
    await needs.writeLink(link);
    return true;
  };

  const look = async (
    source: ShareSource,
    terms: ShareTerms,
    signal: AbortSignal,
    unfinished: UnfinishedShare,
  ): Promise<ShareResult> => {
    const startedMs = needs.now();
    discardHeld();
    const { clip, preparation } = await gather(source, unfinished);
    if (!preparation.ok) return preparation;
    const { prepared } = preparation;
    if (prepared.unreadable !== undefined) {
      held = {
        clip,
        prepared,
        terms,
        isPart: true,
        masked: async () => undefined,
        next: check,
        unfinished,
      };
      return { ok: false, fault: { kind: 'some-unreadable', names: prepared.unreadable } };
    }
    return check({ prepared, terms, clip, startedMs, signal, unfinished });
  };

  /** Sends it, unless it seems to hold a secret. */
  const check = async (share: ToMake): Promise<ShareResult> => {
    const { clip, prepared, terms, unfinished } = share;
    needs.onActivity({ what: prepared.description });
    unfinished.describe(nameOf(prepared));
    const checked = await needs.checkSecrets(prepared);
    if (checked.decision.kind === 'ask') {
      held = { clip, prepared, terms, masked: checked.masked, next: locate, unfinished };
      const { labels, kinds, canMask } = checked.decision;
      const { length: count } = prepared.items;
      return { ok: false, fault: { kind: 'looks-like-secret', labels, kinds, canMask, count } };
    }
    return locate(share);
  };

  /** Sends it, unless it says where it was made. */
  const locate = async (share: ToMake): Promise<ShareResult> => {
    const { clip, prepared, terms, unfinished } = share;
    const location = await needs.checkLocation(prepared);
    if (location.kind === 'share') return make({ ...share, prepared: location.prepared });
    const { name, count, removed } = location;
    held = { clip, prepared, terms, masked: async () => removed, next: make, unfinished };
    const canRemove = removed !== undefined;
    return { ok: false, fault: { kind: 'has-location', name, count, canRemove } };
  };

  const make = async ({
    prepared,
    terms,
    clip,
    startedMs,
    signal,
    unfinished,
  }: ToMake): Promise<ShareResult> => {
    const what = prepared.description;
    needs.onActivity({ what });
    const sent = await needs.outgoing.first({
      prepared,
      terms,
      clip: clip.content,
      onPending: unfinished.pending,
      options: {
        signal,
        onProgress: (sentBytes, totalBytes) =>
          needs.onActivity({ what, progress: { sentBytes, totalBytes } }),
        onUploading: () => needs.onActivity({ what, slow: 'uploading' }),
      },
    });
    if (!sent.ok) return sent;
    const { link, insteadOf } = sent;
    try {
      const onClipboard = await deliver(link, clip, startedMs);
      return {
        ok: true,
        link,
        description: what,
        onClipboard,
        ...(onClipboard && !clip.concealed ? { before: clip.content } : {}),
        ...(insteadOf === undefined ? {} : { insteadOf }),
      };
    } finally {
      // Whatever the clipboard does, the link exists: it must not get lost.
      sent.settle();
      unfinished.done(link.id);
    }
  };

  /** One share at a time. */
  const alone = async (
    work: (signal: AbortSignal, unfinished: UnfinishedShare) => Promise<ShareResult>,
  ): Promise<ShareResult> => {
    if (running !== undefined) return { ok: false, fault: { kind: 'already-sharing' } };
    running = new AbortController();
    const unfinished = needs.unfinished.begin();
    try {
      return await work(running.signal, unfinished);
    } catch (error) {
      return { ok: false, fault: faultOf(error) };
    } finally {
      if (held?.unfinished === unfinished) unfinished.asked();
      else unfinished.end();
      running = undefined;
      needs.onActivity(null);
    }
  };

  return {
    share: (source, terms = {}) =>
      alone((signal, unfinished) => look(source, terms, signal, unfinished)),
    async goOn(how, terms) {
      const now = held;
      if (now === undefined) return undefined;
      return alone(async (signal, unfinished) => {
        held = { ...now, unfinished };
        unfinished.describe(nameOf(now.prepared));
        const startedMs = needs.now() - LOOK_AGAIN_AFTER_MS - 1;
        const isAnswer = (how === 'without') === (now.isPart === true);
        const prepared = how === 'masked' ? await now.masked() : now.prepared;
        if (!isAnswer || prepared === undefined) return { ok: false, fault: { kind: 'internal' } };
        const result = await now.next({
          prepared,
          terms: terms ?? now.terms,
          clip: now.clip,
          startedMs,
          signal,
          unfinished,
        });
        // A share that failed and is not kept can still be tried again with the same answer.
        if (result.ok || result.keptId !== undefined) held = undefined;
        return result;
      });
    },
    discardHeld,
    cancel() {
      running?.abort();
    },
  };
}

/** What a share may be called on disk: names of files, but nothing of a text. */
function nameOf({ kind, title, description, items }: Prepared): string {
  return kind !== 'image' && items.every((item) => item.kind === 'file') ? title : description;
}
