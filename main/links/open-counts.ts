import { EventEmitter } from 'node:events';
import type { LinkView } from '../../preload/contract.ts';
import type { LinkifyClient } from '../linkify/model.ts';
import { type TargetId, targetId } from '../targets/target-ref.ts';
import type { Targets } from '../targets/targets.ts';
import type { ThisComputerEvents, ThisComputerTarget } from '../targets/this-computer.ts';
import type { RecentLinks } from './recent-links.ts';

export interface OpenCountsDeps {
  readonly links: Pick<RecentLinks, 'get' | 'list' | 'update'>;
  readonly targets: Pick<Targets, 'countingOpens'>;
  readonly thisComputer: Pick<ThisComputerTarget, 'events'>;
}

/** What recipients did with links. Counts are in memory only. */
export interface OpenCounts {
  readonly events: EventEmitter<{ changed: [] }>;
  of(id: string): Pick<LinkView, 'opens' | 'lastOpenedAtMs'>;
  /**
   * Asks for what no event told of: this computer once, for what happened before this run; a
   * server each time, for it sends no events.
   */
  refresh(): Promise<void>;
}

/** Opens within this time are shown together, in ms. */
const TOGETHER_MS = 200;

/** Links with limited opens that may have been opened without an event: the newest of them. */
const MAX_QUERIED = 50;

/**
 * Follows what the service tells of its shares: how often each was opened, and that one has no
 * open left, which is the only news that is stored.
 */
export function createOpenCounts({ links, targets, thisComputer }: OpenCountsDeps): OpenCounts {
  const counts = new Map<string, { readonly opens: number; readonly lastOpenedAtMs?: number }>();
  const caughtUp = new Set<TargetId>();
  const events = new EventEmitter<{ changed: [] }>();
  let isChangeDue = false;

  const changed = (): void => {
    if (isChangeDue) return;
    isChangeDue = true;
    setTimeout(() => {
      isChangeDue = false;
      events.emit('changed');
    }, TOGETHER_MS).unref();
  };

  /** @param closedUntilMs when its server deletes the content: until then the server has to run */
  const markUsedUp = (id: string, atMs: number, closedUntilMs?: number): void => {
    if (links.get(id)?.state !== 'active') return;
    links.update(id, { state: 'revoked', ended: { how: 'used-up', atMs }, closedUntilMs });
    changed();
  };

  /** @param sendsEvents what was heard of since is newer than the answer */
  const readFrom = async (
    target: TargetId,
    client: LinkifyClient,
    sendsEvents: boolean,
  ): Promise<void> => {
    for (const { id, extension } of await client.shares()) {
      if (extension === undefined || extension.views === 0 || (sendsEvents && counts.has(id)))
        continue;
      const last = extension.lastViewedAtMs;
      counts.set(id, {
        opens: extension.views,
        ...(last === undefined ? {} : { lastOpenedAtMs: last }),
      });
    }
    const limited = links
      .list()
      .filter(
        ({ once, maxOpens, state, service }) =>
          (once || maxOpens) && state === 'active' && targetId(service) === target,
      )
      .slice(0, MAX_QUERIED);
    for (const { id, createdAtMs } of limited) {
      const { state, endedAtMs = createdAtMs } = await client.own.state(id);
      if (state === 'used-up') markUsedUp(id, endedAtMs);
    }
    changed();
  };

  const opened = ({
    shareId,
    count,
    lastAtMs,
    closedUntilMs,
  }: ThisComputerEvents['opened'][0]): void => {
    if (links.get(shareId) === undefined) return;
    counts.set(shareId, { opens: count, lastOpenedAtMs: lastAtMs });
    if (closedUntilMs !== undefined) markUsedUp(shareId, lastAtMs, closedUntilMs);
    changed();
  };

  const ended = ({ shareId, how, atMs }: ThisComputerEvents['ended'][0]): void => {
    if (how === 'used-up') markUsedUp(shareId, atMs);
    const link = links.get(shareId);
    if (how === 'revoked' && link !== undefined && link.state !== 'revoked') {
      // The app died after the server had closed the share, before the list was updated.
      links.update(shareId, { state: 'revoked', closedUntilMs: undefined });
    } else if (link?.closedUntilMs !== undefined) {
      links.update(shareId, { closedUntilMs: undefined });
    }
    // An expired link shows by its time. The storage of either is free now.
    changed();
  };

  thisComputer.events.on('opened', opened);
  thisComputer.events.on('ended', ended);

  return {
    events,
    of: (id) => counts.get(id) ?? {},
    async refresh() {
      for (const { id, client, sendsEvents } of await targets.countingOpens()) {
        if (sendsEvents && caughtUp.has(id)) continue;
        caughtUp.add(id);
        await readFrom(id, client, sendsEvents).catch(() => {
          // The next time that someone looks.
          caughtUp.delete(id);
        });
      }
    },
  };
}
