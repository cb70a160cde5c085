import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { INLINE_LIMIT } from '../../../main/server/store/add-asset.ts';
import { seededRandom } from '../random.ts';
import type { CephAccess } from './buckets.ts';
import {
  CLOCK_OFFSETS_MS,
  QUOTA_BYTES,
  REQUEST_LIMIT_MS,
  Servers,
  statusOf,
} from './chaos-servers.ts';
import type { LoopbackProxy } from './loopback-proxy.ts';
import { textSeed } from './run.ts';

export interface ChaosResult {
  readonly rounds: number;
  /** Shares whose link was handed out. */
  readonly acknowledged: number;
  /** One-time links and links with a maximum that were opened, each time. */
  readonly opened: number;
  /** Acknowledged shares that did not open at some server once all was well again. */
  readonly lost: number;
  /** Shares that opened with other bytes, or whose content is neither in its row nor in the bucket. */
  readonly partial: number;
  /** One-time links that were opened more than once, and links that were above their maximum. */
  readonly openedTooOften: number;
  /** Times that the contents took more than the quota, or other than the recorded sum. */
  readonly overQuota: number;
  /** Opens more than 1 s after an acknowledged revoke. */
  readonly openedAfterRevoke: number;
  /** Rounds after which a server was not ready again by itself. */
  readonly notRecovered: number;
}

/** A fault, and its end. */
type Fault = (chaos: Servers) => Promise<void>;

/** Of contents in the catalog, and of those in the bucket. */
const CONTENT_BYTES = [2_000, INLINE_LIMIT + 2_000] as const;
const MAX_OPENS = 2;
/** Shares that are revoked in each round while the fault lasts. */
const REVOKED_DURING_FAULT = 6;
const REVOKE_LIMIT_MS = 1_000;
/** The load goes on for so long after a fault, in ms. */
const AFTER_FAULT_MS = 700;

const random = seededRandom('chaos');
const anyOf = (count: number): number => Math.floor(random() * count);
const anyIndex = (): number => anyOf(CLOCK_OFFSETS_MS.length);
const anyNetwork = ({ networks }: Servers): LoopbackProxy | undefined =>
  networks[anyOf(networks.length)];
const between = (min: number, max: number): number => min + random() * (max - min);

/** Chosen in turn. */
export const FAULTS: readonly Fault[] = [
  async (servers) => {
    const index = anyIndex();
    await servers.killServer(index);
    await servers.startServer(index);
  },
  async ({ postgres }) => {
    await postgres.kill('SIGKILL');
    await wait(between(0, 300));
    await postgres.restart();
  },
  async ({ gateway }) => {
    await gateway.kill();
    await wait(between(0, 1_000));
    await gateway.restart();
  },
  async (servers) => {
    const network = anyNetwork(servers);
    network?.cut();
    await wait(between(1_500, 2_500));
    network?.restore();
  },
  async (servers) => {
    const network = anyNetwork(servers);
    network?.hang();
    await wait(between(1_500, 3_000));
    network?.restore();
  },
  async (servers) => {
    const network = anyNetwork(servers);
    network?.delay();
    await wait(between(1_500, 3_000));
    network?.restore();
  },
  async (servers) => {
    for (let times = 0; times < 5; times++) {
      anyNetwork(servers)?.disconnect();
      await wait(between(10, 200));
    }
  },
];

/** What one round has seen. */
interface Seen {
  readonly live: Map<string, { readonly path: string; readonly text: string }>;
  readonly revoked: { readonly path: string; readonly atMs: number }[];
  acknowledged: number;
  opened: number;
  partial: number;
  openedTooOften: number;
  openedAfterRevoke: number;
}

/**
 * Faults one after another under load, and after each a look at what must hold.
 * @param onRound called after each, with its number
 */
export async function chaosRounds(
  rounds: number,
  ceph: CephAccess,
  onRound: (round: number) => void = () => {},
): Promise<ChaosResult> {
  const servers = await Servers.start(ceph);
  const total = {
    acknowledged: 0,
    opened: 0,
    lost: 0,
    partial: 0,
    openedTooOften: 0,
    overQuota: 0,
    openedAfterRevoke: 0,
    notRecovered: 0,
  };
  try {
    for (let round = 1; round <= rounds; round++) {
      const seen: Seen = {
        live: new Map(),
        revoked: [],
        acknowledged: 0,
        opened: 0,
        partial: 0,
        openedTooOften: 0,
        openedAfterRevoke: 0,
      };
      const cached: Made[] = [];
      for (let count = 0; count < REVOKED_DURING_FAULT; count++) {
        cached.push(await createCached(servers, seen));
      }
      let isOver = false;
      const again = async (act: () => Promise<void>): Promise<void> => {
        while (!isOver) await act().catch(() => wait(20));
      };
      const load = [
        again(() => share(servers, seen)),
        again(() => share(servers, seen)),
        again(() => openLimited(servers, seen, { once: true }, 1)),
        again(() => openLimited(servers, seen, { maxOpens: MAX_OPENS }, MAX_OPENS)),
        again(async () => revoke(servers, seen, await createCached(servers, seen))),
      ];
      const fault = FAULTS[(round - 1) % FAULTS.length]?.(servers);
      // While a server hears nothing of the others, they revoke what it has cached.
      const revoking = cached.map(async (made, index) => {
        await wait(50 * index);
        await revoke(servers, seen, made, index % CLOCK_OFFSETS_MS.length).catch(() => undefined);
      });
      await fault;
      await Promise.all(revoking);
      await wait(AFTER_FAULT_MS);
      isOver = true;
      await Promise.all(load);
      if (!(await servers.recover())) total.notRecovered++;
      total.lost += await countLost(servers, seen);
      total.partial += seen.partial + (await countRowsWithoutContent(servers));
      if (!(await isQuotaRight(servers))) total.overQuota++;
      total.acknowledged += seen.acknowledged;
      total.opened += seen.opened;
      total.openedTooOften += seen.openedTooOften;
      total.openedAfterRevoke += seen.openedAfterRevoke;
      await revokeAll(servers);
      onRound(round);
    }
  } finally {
    await servers.end();
  }
  return { rounds, ...total };
}

interface Made {
  readonly id: string;
  readonly path: string;
  readonly text: string;
}

async function create(servers: Servers, seen: Seen, options: object): Promise<Made> {
  const chosen = servers.at(anyIndex());
  if (chosen === undefined) throw new Error('it is being started');
  const bytes = CONTENT_BYTES[anyOf(CONTENT_BYTES.length)] ?? 0;
  const text = randomBytes(bytes / 2).toString('hex');
  const share = await chosen.api.share(textSeed(text, 'chaos'), {
    // Far less than the clocks of the servers are apart.
    expiresInSeconds: 300,
    ...options,
  });
  seen.acknowledged++;
  return { id: share.id, path: new URL(share.link).pathname, text };
}

async function share(servers: Servers, seen: Seen): Promise<void> {
  const { id, path, text } = await create(servers, seen, {});
  seen.live.set(id, { path, text });
}

/** All of the servers are asked at once, and several times. */
async function openLimited(
  servers: Servers,
  seen: Seen,
  options: { readonly once?: true; readonly maxOpens?: number },
  allowed: number,
): Promise<void> {
  const { path, text } = await create(servers, seen, options);
  const opens = [...servers.pages(), ...servers.pages(), ...servers.pages()].map(async (pages) => {
    const response = await fetch(`${pages}${path}${options.once ? '/open' : '/raw'}`, {
      ...(options.once ? { method: 'POST', body: new URLSearchParams({ confirm: 'once' }) } : {}),
      signal: AbortSignal.timeout(REQUEST_LIMIT_MS),
    });
    return response.status === 200 && (await response.text()).includes(text);
  });
  const counts = await Promise.allSettled(opens);
  const opened = counts.filter((each) => each.status === 'fulfilled' && each.value).length;
  seen.opened += opened;
  if (opened > allowed) seen.openedTooOften++;
}

/** A share that each server has cached. */
async function createCached(servers: Servers, seen: Seen): Promise<Made> {
  const made = await create(servers, seen, {});
  await Promise.all(servers.pages().map((pages) => statusOf(`${pages}${made.path}/raw`)));
  return made;
}

/** Revokes a share, and looks at all servers as soon as it must be gone there. */
async function revoke(
  servers: Servers,
  seen: Seen,
  { id, path }: Made,
  at = anyIndex(),
): Promise<void> {
  const answer = await servers.at(at)?.api.revoke(id);
  if (answer?.status !== 200) return;
  seen.revoked.push({ path, atMs: performance.now() });
  await wait(REVOKE_LIMIT_MS);
  for (const pages of servers.pages()) {
    if ((await statusOf(`${pages}${path}/raw`)) === 200) seen.openedAfterRevoke++;
  }
}

async function countLost(servers: Servers, seen: Seen): Promise<number> {
  let lost = 0;
  for (const pages of servers.pages()) {
    for (const { path, text } of seen.live.values()) {
      const response = await fetch(`${pages}${path}/raw`);
      const body = await response.text();
      if (response.status !== 200) lost++;
      else if (body !== text) seen.partial++;
    }
    for (const { path } of seen.revoked) {
      if ((await statusOf(`${pages}${path}/raw`)) === 200) seen.openedAfterRevoke++;
    }
  }
  return lost;
}

async function countRowsWithoutContent(servers: Servers): Promise<number> {
  const rows = await servers.query<{ readonly key: string | null }>(
    `select sha256 as key from assets left join contents on contents.asset_pk = assets.pk
      where deleted_at is null and contents.asset_pk is null`,
  );
  let missing = 0;
  for (const { key } of rows) {
    if (key === null || !(await servers.isStored(key))) missing++;
  }
  return missing;
}

async function isQuotaRight(servers: Servers): Promise<boolean> {
  const [row] = await servers.query<{ readonly used: string; readonly sum: string }>(
    `select (select bytes from used) as used,
      (select coalesce(sum(size_bytes), 0) from assets) as sum`,
  );
  return Number(row?.used) === Number(row?.sum) && Number(row?.used) <= QUOTA_BYTES;
}

/** Makes room for the next round; also revokes what was created without an answer. */
async function revokeAll(servers: Servers): Promise<void> {
  const api = servers.at(anyIndex())?.api;
  const listed = await api?.call('GET', '/shares');
  for (const { id } of listed?.json.iterable ?? []) await api?.revoke(id);
}
