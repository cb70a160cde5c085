import type { Content } from '../../main/clipboard/content.ts';
import { prepareText, prepareTexts } from '../../main/items/prepare-items.ts';
import { LinkifyError, type LinkifyFault } from '../../main/linkify/errors.ts';
import type { LinkifyClient, Share, ShareItem } from '../../main/linkify/model.ts';
import { RecentLinks } from '../../main/links/recent-links.ts';
import { Attempts } from '../../main/outbox/attempts.ts';
import { Delivery } from '../../main/outbox/delivery.ts';
import type { DeliveryResult } from '../../main/outbox/delivery-result.ts';
import { Entries } from '../../main/outbox/entries.ts';
import { Scheduler } from '../../main/outbox/scheduler.ts';
import { AppDatabase } from '../../main/storage/app-database.ts';
import { english } from './messages.ts';
import { type OutboxDisk, outboxDisk } from './outbox-in-memory.ts';
import { TestTarget, testTargets } from './targets.ts';

/**
 * The outbox with all that is around it, over a service and a disk that outlive it: what the app does
 * can be ended at any event, before it or after it, as a kill would.
 */

/** What a service does with the next calls that make something. */
export type ServiceBehavior = 'works' | 'loses-the-answer' | 'refuses' | 'is-slow';

interface CreatedShare {
  readonly share: Share;
  readonly texts: readonly string[];
  revoked: boolean;
}

/** A service in memory; its calls take a turn of the event loop each. */
export function modelService(name: string) {
  const assets = new Map<string, string>();
  const shares = new Map<string, CreatedShare>();
  const state = { down: false, moods: [] as ServiceBehavior[] };
  let ids = 0;
  /** Calls whose effect is still to come. */
  const slow: (() => void)[] = [];
  const fail = (fault: LinkifyFault): never => {
    throw new LinkifyError(fault);
  };

  const call = async <T>(makes: boolean, tell: () => void, work: () => T): Promise<T> => {
    tell();
    const mood = makes ? (state.moods.shift() ?? 'works') : 'works';
    if (mood === 'is-slow') await new Promise<void>((resolve) => slow.push(resolve));
    else await new Promise((resolve) => setImmediate(resolve));
    if (state.down) fail({ kind: 'unreachable', baseUrl: name });
    if (mood === 'refuses') fail({ kind: 'not-ready', status: 503, outcomeUnknown: false });
    const result = work();
    tell();
    if (mood === 'loses-the-answer') fail({ kind: 'connection-lost', outcomeUnknown: true });
    return result;
  };

  const link = (assetIds: readonly string[]): Share => {
    const missing = assetIds.find((id) => !assets.has(id));
    if (missing !== undefined) fail({ kind: 'not-found' });
    const id = `${name}-share-${++ids}`;
    const share = { id, link: `http://${name}.example/${id}`, assetIds, createdAtMs: Date.now() };
    shares.set(id, { share, texts: assetIds.map((one) => assets.get(one) ?? ''), revoked: false });
    return share;
  };
  const create = (item: ShareItem): string => {
    const id = `${name}-asset-${++ids}`;
    assets.set(id, item.kind === 'text' ? item.text : '');
    return id;
  };

  /** As one run of the app sees it; `tell` hears of each call, before it and after its effect. */
  const client = (tell: () => void): LinkifyClient => {
    const unused = () => Promise.reject(new Error('not used'));
    return {
      baseUrl: `http://${name}.example`,
      check: () => call(false, tell, () => ({ version: '1.0.0' })),
      own: {} as LinkifyClient['own'],
      connect: async () => ({ isOurServer: false }),
      user: async () => null,
      createAsset: (item) => call(true, tell, () => ({ id: create(item), raw: {} })),
      deleteAsset: (id) => call(false, tell, () => void assets.delete(id)),
      linkify: (item) => call(true, tell, () => link([create(item)])),
      linkifyAsset: (asset, options) =>
        abandonable(options?.signal, () => call(true, tell, () => link([asset.id]))),
      linkifyMultiple: (ids, _name, options) =>
        abandonable(options?.signal, () => call(true, tell, () => link(ids))),
      revoke: (id) =>
        call(false, tell, () => {
          const made = shares.get(id);
          if (made !== undefined) made.revoked = true;
        }),
      shares: () => call(false, tell, () => living().map(({ share }) => share)),
      signIn: unused,
      connectCloud: unused,
      linkGitHub: unused,
      checkForUpdate: unused,
    };
  };

  /** As the client does: who cancels is let go at once, and a link that still comes is revoked. */
  const abandonable = (
    signal: AbortSignal | undefined,
    ask: () => Promise<Share>,
  ): Promise<Share> =>
    new Promise((resolve, reject) => {
      const cancelled = (): void => reject(new LinkifyError({ kind: 'cancelled' }));
      if (signal?.aborted) {
        cancelled();
        return;
      }
      signal?.addEventListener('abort', cancelled, { once: true });
      ask().then((made) => {
        const late = signal?.aborted ? shares.get(made.id) : undefined;
        if (late !== undefined) late.revoked = true;
        resolve(made);
      }, reject);
    });

  const living = () => [...shares.values()].filter(({ revoked }) => !revoked);

  return {
    state,
    assets,
    client,
    living,
    /** Whether something was asked for that is still to be made. */
    isHeld: () => slow.length > 0,
    /** Answers what was held back. */
    release() {
      for (const resolve of slow.splice(0)) resolve();
    },
  };
}

export type ModelService = ReturnType<typeof modelService>;

/** A database whose run can end before and after any write. */
class ModelDatabase extends AppDatabase {
  atWrite = (): void => {};
  override run(...given: Parameters<AppDatabase['run']>): void {
    this.atWrite();
    super.run(...given);
    this.atWrite();
  }
  override transaction<Result>(task: () => Result): Result {
    this.atWrite();
    const result = super.transaction(task);
    this.atWrite();
    return result;
  }
}

/** What outlives a run. */
export interface ModelWorld {
  readonly there: ModelService;
  readonly here: ModelService;
  readonly disk: OutboxDisk;
  readonly database: ModelDatabase;
  nowMs: number;
  ids: number;
}

export function modelWorld(): ModelWorld {
  const database = new ModelDatabase({ path: ':memory:' });
  return {
    there: modelService('there'),
    here: modelService('here'),
    disk: outboxDisk(true, database),
    database,
    nowMs: 1_000_000,
    ids: 0,
  };
}

/** One run of the app. After `kill` nothing that it does reaches the disk, the list or a service. */
export function runApp(world: ModelWorld) {
  let dead = false;
  let eventsLeft = Number.POSITIVE_INFINITY;
  const never = (): never => {
    throw new Killed();
  };
  /** Each effect, and each call, is an event; at the last one the run ends. */
  const event = (): void => {
    if (dead) never();
    if (eventsLeft-- > 0) return;
    dead = true;
    never();
  };
  /** What a call of a dead run comes to: nothing, ever. */
  const orNever = <T>(work: Promise<T>): Promise<T> =>
    work.then(
      (value) => (dead ? new Promise<T>(() => {}) : value),
      (error: unknown) => {
        if (dead || error instanceof Killed) return new Promise<T>(() => {});
        throw error;
      },
    );
  const guarded = (client: LinkifyClient): LinkifyClient =>
    new Proxy(client, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...given: readonly unknown[]) =>
          orNever(Promise.resolve().then(() => Reflect.apply(member, target, given) as unknown));
      },
    });

  world.database.atWrite = event;
  const links = new RecentLinks({ database: world.database });
  const outbox = new Entries({ store: world.disk.store, links, onProblem: () => {} });
  const targets = testTargets(
    new TestTarget(guarded(world.there.client(event)), { kind: 'custom', name: 'there' }),
    new TestTarget(guarded(world.here.client(event)), { kind: 'built-in', name: 'This computer' }),
  );
  const now = () => ++world.nowMs;
  const delivery = new Delivery({
    targets,
    entries: outbox,
    links,
    openFile: async () => ({ ok: false, fault: { kind: 'unreadable-file', name: '' } }),
    defaultOptions: () => ({ expiresInSeconds: 60, graceSeconds: 0 }),
    fallback: () => 'never',
    now,
    newId: () => `entry-${++world.ids}`,
  });
  const attempts = new Attempts({
    entries: outbox,
    delivery,
    targets,
    clipboard: { read: async () => ({ content: { kind: 'empty' } as Content, concealed: false }) },
    writeLink: async () => {},
    now,
  });
  let clockMs = 0;
  let planned: { readonly atMs: number; readonly run: () => void }[] = [];
  const scheduler = new Scheduler({
    entries: outbox,
    attempt: (entry) => orNever(attempts.attempt(entry)),
    now: () => clockMs,
    random: () => 0,
    after(ms, run) {
      const plan = { atMs: clockMs + ms, run };
      planned.push(plan);
      return () => {
        planned = planned.filter((other) => other !== plan);
      };
    },
  });

  delivery.on('created', () => scheduler.wake('available'));

  const revoke = async (id: string): Promise<void> => {
    const link = links.get(id);
    if (link === undefined || link.state === 'revoked') return;
    try {
      await targets.of(link.service).revoke(id, true);
      links.update(id, { state: 'revoked' });
    } catch {
      const { service, title, assetIds } = link;
      await delivery.cleanUp({ service, what: title, shareId: id, assetIds });
    }
  };

  return {
    outbox,
    links,
    isDead: () => dead,
    killAfter(events: number) {
      eventsLeft = events;
    },
    kill() {
      dead = true;
      scheduler.stop();
    },
    start: () => scheduler.wake('available'),
    /** Lets time go by. */
    advance(ms: number) {
      clockMs += ms;
      world.nowMs += ms;
      const due = planned.filter(({ atMs }) => atMs <= clockMs);
      planned = planned.filter(({ atMs }) => atMs > clockMs);
      for (const { run } of due) if (!dead) run();
    },
    press: (texts: readonly string[], signal?: AbortSignal): Promise<DeliveryResult> => {
      const [only = ''] = texts;
      const prepared =
        texts.length === 1
          ? { ok: true as const, prepared: prepareText(only, english) }
          : prepareTexts(
              texts.map((text) => ({ text })),
              undefined,
              english,
            );
      if (!prepared.ok) throw new Error('not prepared');
      return orNever(
        delivery
          .deliver({
            prepared: prepared.prepared,
            shareOptions: {},
            clip: { kind: 'text', text: texts.join() },
            call: signal === undefined ? {} : { signal },
          })
          .then((sent) => {
            if (sent.ok && !dead) sent.commit();
            return sent;
          }),
      );
    },
    discard: (id: string) => orNever(delivery.discard(id)),
    send: (id: string, here: boolean) => orNever(attempts.sendNow(id, here)),
    revoke: (id: string) => orNever(revoke(id)),
  };
}

class Killed extends Error {}
