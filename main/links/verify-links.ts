import { EventEmitter } from 'node:events';
import type { LinkLook } from '../linkify/check-link.ts';
import type { Targets } from '../targets/targets.ts';
import type { RecentLink } from './schema.ts';

export interface VerifyLinksDeps {
  readonly links: {
    list(): readonly RecentLink[];
    get(id: string): RecentLink | undefined;
    update(id: string, change: Partial<Pick<RecentLink, 'state' | 'checkedDeadAtMs'>>): unknown;
    subscribe(listener: () => void): () => void;
  };
  readonly targets: Pick<Targets, 'of' | 'capabilitiesOf'>;
  /** A link as it opens now; `undefined` while that is not known. */
  readonly current: (link: RecentLink) => Promise<RecentLink | undefined>;
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

export interface VerificationEvents {
  /** What is known of a link changed. */
  changed: [];
  /** A link was revoked and revoked again, and still opens. */
  'still-opens': [link: RecentLink];
  /** Assets of a revoked link were deleted on its service; `count` of them. */
  'assets-deleted': [link: RecentLink, count: number];
  /** The result of `test`. */
  tested: [link: RecentLink, result: LinkLook];
}

/** What the app saw for itself of a link. */
export interface Proof {
  /** When it was last seen to open, in ms since 1970. */
  readonly checkedOpensAtMs?: number;
  /** A revoked link: being looked at, seen open all the same, or out of reach. */
  readonly proof?: 'checking' | 'still-opens' | 'unchecked';
}

/** Finds out whether links do what is said of them. */
export interface VerifyLinks {
  readonly events: EventEmitter<VerificationEvents>;
  of(id: string): Proof;
  /** Follows a link, and emits `tested` with the result. */
  test(link: RecentLink): Promise<LinkLook>;
  stop(): void;
}

/** Pauses before a revoked link that still opens, or cannot be reached, is looked at again, in ms. */
const AGAIN_MS = [2_000, 5_000, 15_000, 30_000, 60_000, 120_000, 300_000] as const;

/**
 * Looks at each link that was revoked, whoever revoked it, until it is seen dead; one that still
 * opens is revoked once more before each further look. The assets that a share left on its service
 * are deleted with it.
 */
export function createVerifyLinks(deps: VerifyLinksDeps): VerifyLinks {
  const { links, targets } = deps;
  const events = new EventEmitter<VerificationEvents>();
  const proofs = new Map<string, Proof>();
  /** The latest proof under way of each link; an earlier one says nothing any more. */
  const runs = new Map<string, symbol>();
  const ended = new AbortController();
  const seen = new Set(links.list().flatMap(({ id, state }) => (state === 'revoked' ? [id] : [])));

  const set = (id: string, proof: Proof): void => {
    proofs.set(id, proof);
    events.emit('changed');
  };

  /** At the address of now: whoever has the earlier one by now may answer there for us. */
  const lookNow = async (link: RecentLink, method: 'GET' | 'HEAD'): Promise<LinkLook> => {
    const now = await deps.current(link);
    return now === undefined ? 'unknown' : targets.of(now.service).checkLink(now.link, method);
  };

  const prove = async (link: RecentLink): Promise<void> => {
    const { id } = link;
    const run = Symbol(id);
    runs.set(id, run);
    const isOver = (): boolean => runs.get(id) !== run || links.get(id)?.state !== 'revoked';
    set(id, { proof: 'checking' });
    for (const [tries, pauseMs] of [0, ...AGAIN_MS].entries()) {
      if (pauseMs > 0) await deps.wait(pauseMs, ended.signal);
      if (isOver()) return;
      if (tries > 0 && proofs.get(id)?.proof === 'still-opens') await revokeAgain(link);
      const found = await lookNow(link, 'GET');
      // Taken back while we looked: what was seen was of before.
      if (isOver()) return;
      if (found === 'dead') {
        links.update(id, { checkedDeadAtMs: deps.now() });
        set(id, {});
        return;
      }
      set(id, { proof: found === 'opens' ? 'still-opens' : 'unchecked' });
    }
    if (proofs.get(id)?.proof !== 'still-opens') return;
    // Its row offers to revoke it again.
    seen.delete(id);
    links.update(id, { state: 'failed' });
    events.emit('still-opens', link);
  };

  const revokeAgain = async (link: RecentLink): Promise<void> => {
    try {
      await targets.of(link.service).revoke(link.id, true);
    } catch {
      // The look that follows tells how it is.
    }
  };

  /** Where a revoke leaves the content, its assets are deleted. */
  const deleteAssets = async (link: RecentLink): Promise<void> => {
    if (targets.capabilitiesOf(link.service).deletesContent) return;
    const inUse = new Set(
      links.list().flatMap(({ state, assetIds }) => (state === 'revoked' ? [] : assetIds)),
    );
    const own = link.assetIds.filter((id) => !inUse.has(id));
    if (own.length === 0) return;
    const target = targets.of(link.service);
    const results: boolean[] = [];
    for (const id of own) {
      results.push(
        await target.deleteAsset(id).then(
          () => true,
          () => false,
        ),
      );
    }
    const deleted = results.filter(Boolean).length;
    if (deleted > 0) events.emit('assets-deleted', link, deleted);
  };

  const stopListening = links.subscribe(() => {
    for (const link of links.list()) {
      if (link.state !== 'revoked') {
        // One that comes back to life can die again.
        seen.delete(link.id);
        if (proofs.get(link.id)?.proof !== undefined) proofs.delete(link.id);
      } else if (!seen.has(link.id)) {
        seen.add(link.id);
        void prove(link).catch(() => undefined);
        void deleteAssets(link).catch(() => undefined);
      }
    }
  });

  return {
    events,
    of: (id) => proofs.get(id) ?? {},
    async test(link) {
      const { id, opensAtMs = 0 } = link;
      const untilOpenMs = opensAtMs - deps.now();
      if (untilOpenMs > 0) await deps.wait(untilOpenMs, ended.signal);
      const found = await lookNow(link, 'HEAD');
      if (found === 'opens') set(id, { checkedOpensAtMs: deps.now() });
      events.emit('tested', link, found);
      return found;
    },
    stop() {
      stopListening();
      ended.abort();
    },
  };
}
