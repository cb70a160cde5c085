import { EventEmitter } from 'node:events';
import type { LinkCheckResult } from '../linkify/check-link.ts';
import type { Targets } from '../targets/targets.ts';
import type { LinkChange, RecentLinks } from './recent-links.ts';
import type { RecentLink } from './schema.ts';

export interface VerifyLinksDeps {
  readonly links: Pick<RecentLinks, 'get' | 'list' | 'subscribe' | 'update' | 'updateEach'>;
  readonly targets: Pick<Targets, 'of' | 'capabilitiesOf'>;
  /** A link at its current address; `undefined` while that is unknown. */
  readonly current: (link: RecentLink) => Promise<RecentLink | undefined>;
  readonly outbox: {
    /** Deletes assets of a revoked link on its service, also after the next start. */
    deleteAssets(link: RecentLink, assetIds: readonly string[]): void;
  };
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

export interface VerificationEvents {
  /** The result for a link changed. */
  changed: [id: string];
  /** A link was revoked and revoked again, and still opens. */
  'still-opens': [link: RecentLink];
  /** The result of `test`. */
  tested: [link: RecentLink, result: LinkCheckResult];
}

/** What the app observed of a link itself. */
export interface Verification {
  /** When it was last observed to open, in ms since 1970. */
  readonly confirmedActiveAtMs?: number;
  /** A revoked link: being checked, still open, or out of reach. */
  readonly revokeVerification?: 'checking' | 'still-opens' | 'check-failed';
}

/** Results within this time are written to the list together, in ms. */
const TOGETHER_MS = 200;

/** Pauses before a revoked link that still opens, or can't be reached, is checked again, in ms. */
const RETRY_MS = [2_000, 5_000, 15_000, 30_000, 60_000, 120_000, 300_000] as const;

export function createVerifyLinks(deps: VerifyLinksDeps): VerifyLinks {
  return new VerifyLinks(deps);
}

/**
 * Checks each revoked link, however it was revoked, until it no longer opens; one that still opens
 * is revoked once more before each further check. The outbox deletes the assets that
 * a share left on its service.
 */
export class VerifyLinks {
  readonly events = new EventEmitter<VerificationEvents>();
  readonly #deps: VerifyLinksDeps;
  readonly #results = new Map<string, Verification>();
  /** The verification of each link that is under way; an earlier one no longer counts. */
  readonly #runs = new Map<string, symbol>();
  readonly #stopped = new AbortController();
  /** Links found dead, which is not on the list yet. */
  readonly #confirmed = new Map<string, LinkChange>();
  #confirmTimer: NodeJS.Timeout | undefined;
  /** Revoked links whose verification was started, or that were revoked in an earlier run. */
  readonly #started: Set<string>;
  readonly #unsubscribe: () => void;

  constructor(deps: VerifyLinksDeps) {
    const { links } = deps;
    this.#deps = deps;
    this.#started = new Set(
      links.list().flatMap(({ id, state }) => (state === 'revoked' ? [id] : [])),
    );
    this.#unsubscribe = links.subscribe((ids) => this.#onLinksChanged(ids));
  }

  of(id: string): Verification {
    return this.#results.get(id) ?? {};
  }

  /** Requests a link, and emits `tested` with the result. One that opens later is tested then. */
  async test(link: RecentLink): Promise<LinkCheckResult> {
    const { now, wait } = this.#deps;
    const { id, opensAtMs = 0 } = link;
    const untilOpenMs = opensAtMs - now();
    if (untilOpenMs > 0) await wait(untilOpenMs, this.#stopped.signal);
    const found = await this.#check(link, 'HEAD');
    if (found === 'opens') this.#set(id, { confirmedActiveAtMs: now() });
    this.events.emit('tested', link, found);
    return found;
  }

  stop(): void {
    this.#unsubscribe();
    this.#stopped.abort();
    this.#writeConfirmed();
  }

  #onLinksChanged(ids: readonly string[]): void {
    for (const id of ids) {
      const link = this.#deps.links.get(id);
      if (link?.state !== 'revoked') {
        // A link that was restored can be revoked again.
        this.#started.delete(id);
        if (link === undefined || this.of(id).revokeVerification !== undefined) {
          this.#results.delete(id);
        }
      } else if (!this.#started.has(link.id)) {
        this.#started.add(link.id);
        const run = Symbol(id);
        this.#runs.set(id, run);
        void this.#verify(link, run)
          .catch(() => undefined)
          .finally(() => {
            if (this.#runs.get(id) === run) this.#runs.delete(id);
          });
        this.#deleteAssets(link);
      }
    }
  }

  async #verify(link: RecentLink, run: symbol): Promise<void> {
    const { links, targets, wait } = this.#deps;
    const { id } = link;
    // Our own server answers HEAD as it does GET, and doesn't count it as an open.
    const method = targets.capabilitiesOf(link.service).openCounts ? 'HEAD' : 'GET';
    const isOver = (): boolean => this.#runs.get(id) !== run || links.get(id)?.state !== 'revoked';
    this.#set(id, { revokeVerification: 'checking' });
    for (const [tries, pauseMs] of [0, ...RETRY_MS].entries()) {
      if (pauseMs > 0) await wait(pauseMs, this.#stopped.signal);
      if (isOver()) return;
      if (tries > 0 && this.of(id).revokeVerification === 'still-opens')
        await this.#revokeAgain(link);
      const found = await this.#check(link, method);
      // Restored during the check: its result is outdated.
      if (isOver()) return;
      if (found === 'dead') {
        this.#confirm(id);
        this.#set(id, {});
        return;
      }
      this.#set(id, { revokeVerification: found === 'opens' ? 'still-opens' : 'check-failed' });
    }
    if (this.of(id).revokeVerification === 'still-opens') this.#fail(link);
  }

  #confirm(id: string): void {
    this.#confirmed.set(id, { confirmedRevokedAtMs: this.#deps.now() });
    this.#confirmTimer ??= setTimeout(() => this.#writeConfirmed(), TOGETHER_MS).unref();
  }

  #writeConfirmed(): void {
    const { links } = this.#deps;
    clearTimeout(this.#confirmTimer);
    this.#confirmTimer = undefined;
    // One that was restored since is active again.
    const due = [...this.#confirmed].filter(([id]) => links.get(id)?.state === 'revoked');
    this.#confirmed.clear();
    links.updateEach(new Map(due));
  }

  /** Marks a link that still opens after all retries: its row offers to revoke it again. */
  #fail(link: RecentLink): void {
    this.#started.delete(link.id);
    this.#deps.links.update(link.id, { state: 'failed' });
    this.events.emit('still-opens', link);
  }

  /** At its current address: at the earlier one another computer may answer by now. */
  async #check(link: RecentLink, method: 'GET' | 'HEAD'): Promise<LinkCheckResult> {
    const { current, targets } = this.#deps;
    const now = await current(link);
    return now === undefined ? 'unknown' : targets.of(now.service).checkLink(now.link, method);
  }

  async #revokeAgain(link: RecentLink): Promise<void> {
    try {
      await this.#deps.targets.of(link.service).revoke(link.id, true);
    } catch {
      // The check that follows shows whether it still opens.
    }
  }

  /** The assets of a revoked link, where its service keeps them, unless other links use them. */
  #deleteAssets(link: RecentLink): void {
    const { links, outbox, targets } = this.#deps;
    if (targets.capabilitiesOf(link.service).deletesContent) return;
    const inUse = new Set(
      links.list().flatMap(({ state, assetIds }) => (state === 'revoked' ? [] : assetIds)),
    );
    const own = link.assetIds.filter((id) => !inUse.has(id));
    if (own.length > 0) outbox.deleteAssets(link, own);
  }

  #set(id: string, result: Verification): void {
    // A link may leave the list while it is checked.
    if (Object.keys(result).length === 0 || this.#deps.links.get(id) === undefined) {
      this.#results.delete(id);
    } else this.#results.set(id, result);
    this.events.emit('changed', id);
  }
}
