import type { LinkView } from '../../preload/contract.ts';
import type { Services } from '../targets/services.ts';
import type { RecentLinks } from './recent-links.ts';

export interface LinkWatchNeeds {
  readonly links: Pick<RecentLinks, 'get' | 'list' | 'update'>;
  readonly services: () => Pick<Services, 'ifRunning'>;
  /** Told when there is something new to show. */
  readonly onNews: () => void;
}

/** What others did with the links of the built-in service. Counts are kept in memory only. */
export interface LinkWatch {
  seen(id: string): Pick<LinkView, 'opens' | 'lastOpenedAtMs'>;
  opened(event: {
    readonly shareId: string;
    readonly count: number;
    readonly lastAtMs: number;
  }): void;
  ended(event: {
    readonly shareId: string;
    readonly how: 'revoked' | 'expired' | 'spent';
    readonly atMs: number;
  }): void;
  /** Asks for what happened before this run, once, if the service runs. */
  catchUp(): Promise<void>;
}

/** Many looks within this time are shown together, in ms. */
const TOGETHER_MS = 200;

/** Open-once links that may have been opened without our having heard of it: the newest of them. */
const MOST_ASKED = 50;

/**
 * Follows what the service tells of its shares: how often each was opened, and that one which
 * opens once was opened, which is the only news that is kept on disk.
 */
export function createLinkWatch({ links, services, onNews }: LinkWatchNeeds): LinkWatch {
  const counts = new Map<string, { readonly opens: number; readonly lastOpenedAtMs?: number }>();
  let caughtUp = false;
  let telling = false;

  const tell = (): void => {
    if (telling) return;
    telling = true;
    setTimeout(() => {
      telling = false;
      onNews();
    }, TOGETHER_MS).unref();
  };

  const spend = (id: string, atMs: number): void => {
    if (links.get(id)?.state !== 'live') return;
    links.update(id, { state: 'revoked', ended: { how: 'spent', atMs } });
    tell();
  };

  return {
    seen: (id) => counts.get(id) ?? {},
    opened({ shareId, count, lastAtMs }) {
      if (links.get(shareId) === undefined) return;
      counts.set(shareId, { opens: count, lastOpenedAtMs: lastAtMs });
      tell();
    },
    ended({ shareId, how, atMs }) {
      if (how === 'spent') spend(shareId, atMs);
      else {
        if (links.get(shareId)?.closedUntilMs !== undefined) {
          links.update(shareId, { closedUntilMs: undefined });
        }
        // One that expired shows by its time; one that was revoked, by whoever revoked it. What
        // they took is free now.
        tell();
      }
    },
    async catchUp() {
      if (caughtUp) return;
      const target = await services().ifRunning();
      const own = target?.client.own;
      if (target === undefined || own === undefined) return;
      caughtUp = true;
      try {
        for (const { id, terms } of await target.client.shares()) {
          if (terms === undefined || terms.views === 0 || counts.has(id)) continue;
          const last = terms.lastViewedAtMs;
          counts.set(id, {
            opens: terms.views,
            ...(last === undefined ? {} : { lastOpenedAtMs: last }),
          });
        }
        const once = links
          .list()
          .filter((link) => link.once && link.state === 'live' && link.service.kind === 'built-in')
          .slice(0, MOST_ASKED);
        for (const { id, createdAtMs } of once) {
          const { state, endedAtMs = createdAtMs } = await own.fate(id);
          if (state === 'spent') spend(id, endedAtMs);
        }
        tell();
      } catch {
        // The next time that someone looks.
        caughtUp = false;
      }
    },
  };
}
