import type { OpenFile } from '../../main/items/prepare-items.ts';
import type { LinkifyClient } from '../../main/linkify/model.ts';
import type { RecentLink } from '../../main/links/schema.ts';
import { createOutgoing, type Outgoing } from '../../main/outbox/delivery.ts';
import { type Outbox, type OutboxStore, openOutbox } from '../../main/outbox/outbox.ts';
import type { TargetRef } from '../../main/targets/target-ref.ts';
import { TestTarget, testTargets } from './targets.ts';

/** An outbox's disk that outlives its outbox, as a disk does. */
export function outboxDisk(encrypted = true): OutboxStore & {
  readonly entries: Map<
    string,
    { head: unknown; events: unknown[]; contents: Map<number, Uint8Array> }
  >;
} {
  const entries = new Map<
    string,
    { head: unknown; events: unknown[]; contents: Map<number, Uint8Array> }
  >();
  const reported = new Set<string>();
  return {
    entries,
    encrypted: () => encrypted,
    load: () =>
      [...entries].map(([id, entry]) => ({ id, ...entry, wasReported: reported.has(id) })),
    markReported: (id) => void reported.add(id),
    async add(id, head, contents) {
      entries.set(id, { head: structuredClone(head), events: [], contents: new Map(contents) });
    },
    append(id, event) {
      entries.get(id)?.events.push(structuredClone(event));
    },
    async content(id, item) {
      const found = entries.get(id)?.contents.get(item);
      if (found === undefined) throw new Error('not there');
      return found;
    },
    remove: (id) => void entries.delete(id),
  };
}

export interface TestOutgoing {
  readonly outgoing: Outgoing;
  readonly outbox: Outbox;
  readonly disk: ReturnType<typeof outboxDisk>;
}

/** The way out of the app over a client, with the real outbox on a disk in memory. */
export function testOutgoing(needs: {
  readonly client: LinkifyClient;
  readonly kind?: TargetRef['kind'];
  readonly name?: string;
  readonly builtIn?: LinkifyClient;
  readonly links?: {
    add(link: RecentLink): void;
    get?(id: string): RecentLink | undefined;
    list?(): readonly RecentLink[];
  };
  readonly openFile?: OpenFile;
  readonly now?: () => number;
  readonly disk?: ReturnType<typeof outboxDisk>;
  readonly fallback?: () => 'ask' | 'always' | 'never';
  readonly onMade?: () => void;
}): TestOutgoing {
  const { client, kind = 'built-in', name = 'This computer', links } = needs;
  const disk = needs.disk ?? outboxDisk();
  const outbox = openOutbox({ store: disk, onProblem: () => {} });
  const target = new TestTarget(client, { kind, name });
  const here = new TestTarget(needs.builtIn ?? client, { kind: 'built-in', name: 'This computer' });
  let ids = 0;
  const outgoing = createOutgoing({
    targets: testTargets(target, here),
    outbox,
    links: {
      add: (link) => links?.add(link),
      get: (id) => links?.get?.(id),
      list: () => links?.list?.() ?? [],
    },
    openFile:
      needs.openFile ?? (async () => ({ ok: false, fault: { kind: 'unreadable-file', name: '' } })),
    defaultOptions: () => ({ expiresInSeconds: 86_400, graceSeconds: 0 }),
    fallback: needs.fallback ?? (() => 'ask'),
    onMade: () => needs.onMade?.(),
    now: needs.now ?? Date.now,
    newId: () => `entry-${disk.entries.size}-${++ids}`,
  });
  return { outgoing, outbox, disk };
}
