import { EventEmitter } from 'node:events';
import type { LinkView } from '../../preload/contract.ts';
import type { LinkifyClient } from '../linkify/model.ts';
import { type TargetId, targetId } from '../targets/target-ref.ts';
import type { Targets } from '../targets/targets.ts';
import type { ThisComputerEvents, ThisComputerTarget } from '../targets/this-computer.ts';
import type { RecentLinks } from './recent-links.ts';
import type { RecentLink } from './schema.ts';

export interface OpenCountsDeps {
  readonly links: Pick<RecentLinks, 'get' | 'list' | 'update'>;
  readonly targets: Pick<Targets, 'countingOpens'>;
  readonly thisComputer: Pick<ThisComputerTarget, 'events'>;
}

/** Opens within this time are shown together, in ms. */
const TOGETHER_MS = 200;

/** Links with limited opens that may have been opened without an event: the newest of them. */
const MAX_QUERIED = 50;

/**
 * Follows what recipients do with links: how often each was opened (in memory only), and that one
 * has no open left, which is the only news that is stored.
 */
export class OpenCounts {
  readonly events = new EventEmitter<{ changed: [] }>();
  readonly #deps: OpenCountsDeps;
  readonly #counts = new Map<
    string,
    { readonly opens: number; readonly lastOpenedAtMs?: number }
  >();
  /** Servers that send events, and whose counts from before this run were read. */
  readonly #caughtUp = new Set<TargetId>();
  #isChangeDue = false;

  constructor(deps: OpenCountsDeps) {
    this.#deps = deps;
    deps.thisComputer.events.on('opened', this.#opened);
    deps.thisComputer.events.on('ended', this.#ended);
  }

  of(id: string): Pick<LinkView, 'opens' | 'lastOpenedAtMs'> {
    return this.#counts.get(id) ?? {};
  }

  /**
   * Asks for what no event told of: this computer once, for what happened before this run; a
   * server each time, for it sends no events.
   */
  async refresh(): Promise<void> {
    for (const { id, client, sendsEvents } of await this.#deps.targets.countingOpens()) {
      if (sendsEvents && this.#caughtUp.has(id)) continue;
      this.#caughtUp.add(id);
      await this.#readFrom(id, client, sendsEvents).catch(() => {
        // The next time that someone looks.
        this.#caughtUp.delete(id);
      });
    }
  }

  /** @param sendsEvents counts from events are newer than the response */
  async #readFrom(target: TargetId, client: LinkifyClient, sendsEvents: boolean): Promise<void> {
    for (const { id, extension } of await client.shares()) {
      if (extension === undefined || extension.views === 0) continue;
      if (sendsEvents && this.#counts.has(id)) continue;
      const { views: opens, lastViewedAtMs: lastOpenedAtMs } = extension;
      this.#counts.set(id, lastOpenedAtMs === undefined ? { opens } : { opens, lastOpenedAtMs });
    }
    for (const { id, createdAtMs } of this.#limitedLinksOf(target)) {
      const { state, endedAtMs = createdAtMs } = await client.own.state(id);
      if (state === 'used-up') this.#markUsedUp(id, endedAtMs);
    }
    this.#changed();
  }

  #limitedLinksOf(target: TargetId): readonly RecentLink[] {
    return this.#deps.links
      .list()
      .filter(
        ({ once, maxOpens, state, service }) =>
          (once || maxOpens) && state === 'active' && targetId(service) === target,
      )
      .slice(0, MAX_QUERIED);
  }

  readonly #opened = (event: ThisComputerEvents['opened'][0]): void => {
    const { shareId, count, lastAtMs, closedUntilMs } = event;
    if (this.#deps.links.get(shareId) === undefined) return;
    this.#counts.set(shareId, { opens: count, lastOpenedAtMs: lastAtMs });
    if (closedUntilMs !== undefined) this.#markUsedUp(shareId, lastAtMs, closedUntilMs);
    this.#changed();
  };

  readonly #ended = ({ shareId, how, atMs }: ThisComputerEvents['ended'][0]): void => {
    const { links } = this.#deps;
    if (how === 'used-up') this.#markUsedUp(shareId, atMs);
    const link = links.get(shareId);
    if (how === 'revoked' && link !== undefined && link.state !== 'revoked') {
      // The app died after the server had closed the share, before the list was updated.
      links.update(shareId, { state: 'revoked', closedUntilMs: undefined });
    } else if (link?.closedUntilMs !== undefined) {
      links.update(shareId, { closedUntilMs: undefined });
    }
    // An expired link shows by its time. The storage of either is free now.
    this.#changed();
  };

  /** @param closedUntilMs when its server deletes the content: until then the server has to run */
  #markUsedUp(id: string, atMs: number, closedUntilMs?: number): void {
    const { links } = this.#deps;
    if (links.get(id)?.state !== 'active') return;
    links.update(id, { state: 'revoked', ended: { how: 'used-up', atMs }, closedUntilMs });
    this.#changed();
  }

  #changed(): void {
    if (this.#isChangeDue) return;
    this.#isChangeDue = true;
    setTimeout(() => {
      this.#isChangeDue = false;
      this.events.emit('changed');
    }, TOGETHER_MS).unref();
  }
}
