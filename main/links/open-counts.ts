import { EventEmitter } from 'node:events';
import type { LinkView } from '../../preload/contract.ts';
import type { LinkifyClient } from '../linkify/model.ts';
import { type TargetId, targetId } from '../targets/target-ref.ts';
import type { Targets } from '../targets/targets.ts';
import type { ThisComputerEvents, ThisComputerTarget } from '../targets/this-computer.ts';
import type { LinkChange, RecentLinks } from './recent-links.ts';
import type { RecentLink } from './schema.ts';

export interface OpenCountsDeps {
  readonly links: Pick<RecentLinks, 'get' | 'list' | 'subscribe' | 'updateEach'>;
  readonly targets: Pick<Targets, 'capabilitiesOf' | 'countingOpens'>;
  readonly thisComputer: Pick<ThisComputerTarget, 'events'>;
}

/** What happens within this time is shown and stored together, in ms. */
const TOGETHER_MS = 200;

/** Links with limited opens that may have been opened without an event: the newest of them. */
const MAX_QUERIED = 50;

/**
 * Follows what recipients do with links: how often each was opened (in memory only), and that one
 * has no open left or was ended by its server, which is stored.
 */
export class OpenCounts {
  /** `ids`: the links of which something else is shown now. */
  readonly events = new EventEmitter<{ changed: [ids: readonly string[]] }>();
  readonly #deps: OpenCountsDeps;
  readonly #counts = new Map<
    string,
    { readonly opens: number; readonly lastOpenedAtMs?: number }
  >();
  /** Of these links something changed since `changed` was emitted last. */
  readonly #changedIds = new Set<string>();
  /** What changed in the list since it was written last. */
  readonly #unwritten = new Map<string, LinkChange>();
  /** Servers that send events, and whose counts from before this run were read. */
  readonly #caughtUp = new Set<TargetId>();
  #timer: NodeJS.Timeout | undefined;

  constructor(deps: OpenCountsDeps) {
    this.#deps = deps;
    deps.links.subscribe((ids) => {
      for (const id of ids) if (deps.links.get(id) === undefined) this.#counts.delete(id);
    });
    deps.thisComputer.events.on('opened', this.#opened);
    deps.thisComputer.events.on('ended', this.#ended);
  }

  of(id: string): Pick<LinkView, 'opens' | 'lastOpenedAtMs'> {
    return this.#counts.get(id) ?? {};
  }

  /**
   * How often a link that was shared in this run has been opened up to now.
   * @returns `undefined` where its service sends no events: what was read from it may be outdated
   */
  known({ id, service }: RecentLink): number | undefined {
    if (!this.#deps.targets.capabilitiesOf(service).openEvents) return undefined;
    const { opens = 0 } = this.of(id);
    // The open of a one-time link ends it, and isn't counted.
    return opens === 0 && this.#link(id)?.ended?.how === 'used-up' ? 1 : opens;
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

  /**
   * Writes and emits what is due. Thousands of shares may end within a second: each by itself would
   * be a write to the disk, and an update of the list.
   */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const changes = new Map(this.#unwritten);
    const ids = [...this.#changedIds];
    this.#unwritten.clear();
    this.#changedIds.clear();
    this.#deps.links.updateEach(changes);
    if (ids.length > 0) this.events.emit('changed', ids);
  }

  /** @param sendsEvents counts from events are newer than the response */
  async #readFrom(target: TargetId, client: LinkifyClient, sendsEvents: boolean): Promise<void> {
    for (const { id, extension } of await client.shares()) {
      if (extension === undefined || extension.views === 0) continue;
      if (sendsEvents && this.#counts.has(id)) continue;
      const { views: opens, lastViewedAtMs: lastOpenedAtMs } = extension;
      this.#count(id, lastOpenedAtMs === undefined ? { opens } : { opens, lastOpenedAtMs });
    }
    for (const { id, createdAtMs } of this.#limitedLinksOf(target)) {
      const { state, endedAtMs = createdAtMs } = await client.own.state(id);
      if (state === 'used-up') this.#markUsedUp(id, endedAtMs);
    }
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
    this.#count(shareId, { opens: count, lastOpenedAtMs: lastAtMs });
    if (closedUntilMs !== undefined) this.#markUsedUp(shareId, lastAtMs, closedUntilMs);
  };

  readonly #ended = ({ shareId, how, atMs }: ThisComputerEvents['ended'][0]): void => {
    if (how === 'used-up') this.#markUsedUp(shareId, atMs);
    const link = this.#link(shareId);
    if (how === 'revoked' && link !== undefined && link.state !== 'revoked') {
      // The app died after the server had closed the share, before the list was updated.
      this.#change(shareId, { state: 'revoked', closedUntilMs: undefined });
    } else if (link?.closedUntilMs !== undefined) {
      this.#change(shareId, { closedUntilMs: undefined });
    }
    // An expired link shows by its time. The storage of either is free now.
    this.#changed(shareId);
  };

  /** @param closedUntilMs when its server deletes the content: until then the server has to run */
  #markUsedUp(id: string, atMs: number, closedUntilMs?: number): void {
    if (this.#link(id)?.state !== 'active') return;
    this.#change(id, { state: 'revoked', ended: { how: 'used-up', atMs }, closedUntilMs });
  }

  /** As it will be in the list. */
  #link(id: string): RecentLink | undefined {
    const link = this.#deps.links.get(id);
    return link === undefined ? undefined : { ...link, ...this.#unwritten.get(id) };
  }

  #change(id: string, change: LinkChange): void {
    this.#unwritten.set(id, { ...this.#unwritten.get(id), ...change });
    this.#changed(id);
  }

  #count(id: string, count: { readonly opens: number; readonly lastOpenedAtMs?: number }): void {
    if (this.#deps.links.get(id) === undefined) return;
    this.#counts.set(id, count);
    this.#changed(id);
  }

  #changed(id: string): void {
    this.#changedIds.add(id);
    this.#timer ??= setTimeout(() => this.flush(), TOGETHER_MS).unref();
  }
}
