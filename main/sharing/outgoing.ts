import type { ShareTerms } from '../../preload/contract.ts';
import type { Content } from '../clipboard/content.ts';
import { LinkifyError } from '../linkify/errors.ts';
import type { CallOptions } from '../linkify/model.ts';
import type { RecentLink } from '../links/schema.ts';
import { type Entry, serviceKey } from '../outbox/entry.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { PinnedService, ShareHead } from '../outbox/schema.ts';
import { fateOf, helpsElsewhere } from './fate.ts';
import { type Fault, faultOf } from './faults.ts';
import { restore, toKeep } from './kept-share.ts';
import { createKnownLimits } from './known-limits.ts';
import { lookFirst } from './look-first.ts';
import type { OpenFile, Prepared } from './prepare.ts';
import { recentLinkOf } from './recent-link.ts';
import { type SendJournal, send } from './send.ts';
import type { Services, ServiceTarget } from './services.ts';
import { termsFault, type UsualTerms, wishesFor } from './share-terms.ts';

export interface OutgoingNeeds {
  readonly services: Pick<Services, 'current' | 'meant' | 'of'>;
  readonly outbox: Outbox;
  readonly links: { add(link: RecentLink): void; get(id: string): RecentLink | undefined };
  readonly openFile: OpenFile;
  readonly usualTerms: () => UsualTerms;
  /** Whether a link of this computer is made at once where another service cannot. */
  readonly fallback: () => 'ask' | 'always' | 'never';
  /** Told of each link made: its service works. */
  readonly onMade: (service: PinnedService) => void;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
}

/** What a key press shares. */
export interface ToSend {
  readonly prepared: Prepared;
  readonly terms: ShareTerms;
  readonly clip: Content;
  readonly options: Pick<CallOptions, 'signal' | 'onProgress' | 'onUploading'>;
}

export type Sent =
  | {
      readonly ok: true;
      readonly link: RecentLink;
      /** Made by this computer in place of this service. */
      readonly insteadOf?: string;
      /** Puts the link on the list, and takes the share out of the outbox. */
      settle(): void;
    }
  | {
      readonly ok: false;
      readonly fault: Fault;
      /** Its entry in the outbox, where it is kept. */
      readonly keptId?: string;
    };

/**
 * The way out of everything that is shared: into the outbox before the first byte is sent, to the
 * service that it is meant for, and out of the outbox once its link is on the list.
 */
export interface Outgoing {
  first(share: ToSend): Promise<Sent>;
  /** Sends what is kept; never rejects. */
  again(id: string, how?: { readonly asItIs?: boolean; readonly here?: boolean }): Promise<Sent>;
  isBusy(id: string): boolean;
  /** Takes something out unsent; what was made for it on its service is taken back. */
  discard(id: string): Promise<void>;
  /** Queues a revoke, with the assets behind the link. */
  undo(what: {
    readonly service: PinnedService;
    readonly what: string;
    readonly shareId?: string;
    readonly assetIds: readonly string[];
  }): Promise<boolean>;
}

const BUILT_IN: PinnedService = { kind: 'built-in', name: 'This computer', baseUrl: '' };

export function createOutgoing(needs: OutgoingNeeds): Outgoing {
  const { services, outbox, links } = needs;
  const busy = new Set<string>();
  const limits = createKnownLimits(needs.now);

  const journalOf = (id: string): SendJournal => {
    const now = (): Entry | undefined => outbox.get(id);
    // A share to this computer dies with the process that makes it: nothing outlives it anywhere.
    const durable = (): boolean => now()?.service.kind !== 'built-in';
    return {
      asset: (index) => now()?.assets.get(index),
      get linkingAtMs() {
        return now()?.linkingAtMs;
      },
      noteAsset(index, { id: assetId, raw }) {
        const head = now()?.head;
        const alone = head?.type === 'share' && head.items.length === 1;
        outbox.note(id, { step: 'asset', index, id: assetId, ...(alone ? { raw } : {}) });
      },
      noteLinking: () => void outbox.note(id, { step: 'linking', atMs: needs.now() }, durable()),
      noteNotLinked: () => void outbox.note(id, { step: 'not-linked' }),
      noteNoAssets: () => void outbox.note(id, { step: 'no-assets' }),
      isKnown: (shareId) => links.get(shareId) !== undefined,
    };
  };

  const sendTo = async (
    target: ServiceTarget,
    { prepared, terms, options }: Omit<ToSend, 'clip'>,
    id: string | undefined,
  ): Promise<Sent> => {
    const service = pinned(target);
    const share = await send({
      client: target.client,
      prepared,
      options: { ...options, wishes: wishesFor(terms, needs.usualTerms()) },
      inOneCall: target.kind === 'built-in',
      ...(id === undefined ? {} : { journal: journalOf(id) }),
    }).catch((error: unknown) => {
      limits.refused(service, faultOf(error));
      throw error;
    });
    limits.took(service, prepared.items);
    const known = links.get(share.id);
    // The list is kept by id: an answer must not put another service's link out of reach.
    if (known !== undefined && serviceKey(known.service) !== serviceKey(service)) {
      throw new LinkifyError({ kind: 'bad-response', reason: 'wrong-shape', outcomeUnknown: true });
    }
    const link = recentLinkOf(share, prepared, target, needs.now());
    return {
      ok: true,
      link,
      settle() {
        links.add(link);
        if (id !== undefined) {
          busy.delete(id);
          outbox.remove(id);
        }
        needs.onMade(service);
      },
    };
  };

  /** What becomes of an entry whose try failed. */
  const failed = async (id: string | undefined, fault: Fault): Promise<Sent> => {
    if (id === undefined) return { ok: false, fault };
    const fate = fateOf(fault);
    if (fate === 'over') {
      await discard(id);
      return { ok: false, fault };
    }
    outbox.note(id, { step: 'failed', fault: { ...fault }, held: fate === 'held' }, true);
    return { ok: false, fault, keptId: id };
  };

  const keep = async (share: ToSend, service: PinnedService): Promise<string | undefined> => {
    const { prepared, terms, clip } = share;
    // A password is kept nowhere but as a hash; sealed it may wait, in the open it may not.
    if (terms.password !== undefined && !outbox.isEncrypted()) return undefined;
    const nowMs = needs.now();
    const id = needs.newId();
    const entry = await toKeep({ id, prepared, terms, service, clip, nowMs }).catch(
      () => undefined,
    );
    if (entry === undefined) return undefined;
    const same = outbox
      .list()
      .find(({ head }) => head.type === 'share' && head.digest === entry.head.digest);
    // Pressed again: it is the same share, and becomes one link.
    if (same !== undefined && !busy.has(same.head.id)) {
      busy.add(same.head.id);
      return same.head.id;
    }
    busy.add(id);
    const kept = await outbox.add(entry.head, entry.contents, service.kind !== 'built-in');
    if (kept) return id;
    busy.delete(id);
    return undefined;
  };

  /**
   * Whether a share is kept before it is sent. What this computer makes dies with the process that
   * makes it, within milliseconds: keeping that first would take as long as the share itself. It is
   * kept when it fails; and first where something waits already, which it may be once more.
   */
  const keepsBefore = ({ kind }: PinnedService): boolean =>
    kind !== 'built-in' || outbox.list().length > 0;

  /** Keeps a share for a service, unless that cannot keep the share's terms. */
  const keepFor = async (
    share: ToSend,
    service: PinnedService,
  ): Promise<{ readonly refused: Fault } | { readonly id: string | undefined }> => {
    const refused = termsFault(share.terms, share.prepared, service.kind);
    return refused === undefined ? { id: await keep(share, service) } : { refused };
  };

  /** Takes back what an entry made, or may have made, on the service that it was meant for. */
  const leaveNothing = async (entry: Entry): Promise<void> => {
    if (entry.assets.size === 0 || entry.head.type !== 'share') return;
    const assetIds = [...entry.assets].sort(([a], [b]) => a - b).map(([, { id }]) => id);
    await undo({ service: entry.service, what: entry.head.what, assetIds });
  };

  const discard = async (id: string): Promise<void> => {
    const entry = outbox.get(id);
    if (entry === undefined) return;
    await leaveNothing(entry);
    outbox.remove(id);
  };

  const undo: Outgoing['undo'] = ({ service, what, shareId, assetIds }) =>
    outbox.add(
      {
        type: 'undo',
        version: 1,
        id: needs.newId(),
        createdAtMs: needs.now(),
        service,
        what,
        ...(shareId === undefined ? {} : { shareId }),
        assetIds: [...assetIds],
      },
      new Map(),
      true,
    );

  /** Makes it here, in place of the service that could not. */
  const here = async (
    share: Omit<ToSend, 'clip'>,
    id: string | undefined,
    insteadOf: string,
  ): Promise<Sent> => {
    const entry = id === undefined ? undefined : outbox.get(id);
    if (entry !== undefined && entry.service.kind !== 'built-in') {
      await leaveNothing(entry);
      outbox.note(entry.head.id, { step: 'pinned', service: BUILT_IN }, true);
    }
    try {
      const sent = await sendTo(await services.of(BUILT_IN), share, id);
      return sent.ok ? { ...sent, insteadOf } : sent;
    } catch (error) {
      return failed(id, faultOf(error));
    }
  };

  /** What was not made may be tried by others again; what was made stays ours until it is settled. */
  const letGo = (id: string | undefined, sent: Sent): Sent => {
    if (id === undefined || sent.ok) return sent;
    busy.delete(id);
    outbox.touch();
    return sent;
  };

  const pinned = ({ kind, name, client }: ServiceTarget): PinnedService => ({
    kind,
    name: name.slice(0, 200),
    baseUrl: client.baseUrl,
  });

  return {
    async first(share) {
      // Both at once: finding the service may take longer than the disk.
      const found = services.current().then(
        (target) => ({ target }),
        (error: unknown) => ({ fault: faultOf(error) }),
      );
      const { certain, ...meant } = services.meant();
      const early = certain && keepsBefore(meant) ? await keepFor(share, meant) : undefined;
      const now = await found;
      const service = 'target' in now && !certain ? pinned(now.target) : meant;
      const kept =
        early ??
        (keepsBefore(service)
          ? await keepFor(share, service)
          : { refused: termsFault(share.terms, share.prepared, service.kind), id: undefined });
      if ('refused' in kept && kept.refused !== undefined) {
        return { ok: false, fault: kept.refused };
      }
      let id = 'id' in kept ? kept.id : undefined;
      let fault: Fault | undefined = 'fault' in now ? now.fault : undefined;
      if (share.options.signal?.aborted) fault = { kind: 'cancelled' };
      if ('target' in now) fault ??= limits.faultFor(pinned(now.target), share.prepared.items);
      if ('target' in now && fault === undefined) {
        try {
          return await sendTo(now.target, share, id);
        } catch (error) {
          fault = faultOf(error);
        }
      }
      fault ??= { kind: 'internal' };
      if (!keepsBefore(service) && fateOf(fault) !== 'over') id = await keep(share, service);
      const instead =
        service.kind !== 'built-in' && needs.fallback() === 'always' && helpsElsewhere(fault);
      return letGo(id, instead ? await here(share, id, service.name) : await failed(id, fault));
    },

    async again(id, { asItIs = false, here: isHere = false } = {}) {
      const entry = outbox.get(id);
      if (entry === undefined || entry.head.type !== 'share') {
        return { ok: false, fault: { kind: 'not-waiting' } };
      }
      if (busy.has(id)) return { ok: false, fault: { kind: 'already-sharing' } };
      busy.add(id);
      try {
        // Checked above: its head is that of a share.
        const share = entry as Entry<ShareHead>;
        const restored = await restore(share, outbox, needs.openFile, asItIs);
        if (!restored.ok) {
          const { name, why } = restored;
          const fault: Fault =
            why === 'gone' ? { kind: 'unreadable-file', name } : { kind: 'file-changed', name };
          outbox.note(id, { step: 'failed', fault, held: true }, true);
          return letGo(id, { ok: false, fault, keptId: id });
        }
        // Ours when it was written; what the schema of the terms does not know, the service ignores.
        const terms = share.head.terms as ShareTerms;
        const toSend = { prepared: restored.prepared, terms, options: {} };
        if (isHere) return letGo(id, await here(toSend, id, share.service.name));
        const target = await services.of(share.service);
        await lookFirst(target.client, share.fault);
        return await sendTo(target, toSend, id);
      } catch (error) {
        return letGo(id, await failed(id, faultOf(error)));
      }
    },

    isBusy: (id) => busy.has(id),
    discard,
    undo,
  };
}
