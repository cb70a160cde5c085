import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openDiskBlobs } from '../../../main/server/store/blobs/disk-blobs.ts';
import { openStore } from '../../../main/server/store/open-store.ts';
import { seededRandom } from '../random.ts';
import { type ServiceProcess, spawnService } from './process.ts';
import { textSeed } from './run.ts';

export interface CrashResult {
  readonly rounds: number;
  /** Shares whose link was handed out before the process died. */
  readonly acknowledged: number;
  /** Of these, how many did not open after the restart. */
  readonly lost: number;
  /** How many opened with other bytes than were sent. */
  readonly half: number;
  /** Acknowledged revokes and closes whose link opened again. */
  readonly reopened: number;
  /** Blobs that no asset has, assets without their blob, and files left in `tmp`. */
  readonly orphans: number;
  readonly failedStarts: number;
}

interface Made {
  readonly id: string;
  readonly path: string;
  readonly sha256: string;
}

/** Clients that make shares at once while the process is killed. */
const CLIENTS = 6;

const random = seededRandom('crash');

/**
 * Kills the service again and again at a random moment while it makes, revokes, closes and
 * reopens shares, and
 * looks after each restart whether all that it had acknowledged is there, whole.
 */
export async function crashRounds(
  rounds: number,
  onRound: (round: number) => void = () => {},
): Promise<CrashResult> {
  const dataDir = await mkdtemp(join(tmpdir(), 'linkify-crash-'));
  let acknowledged = 0;
  let lost = 0;
  let half = 0;
  let reopened = 0;
  let orphans = 0;
  let failedStarts = 0;
  const live: Made[] = [];
  let fresh: Made[] = [];
  let revoked: Made[] = [];

  async function look(pages: string): Promise<void> {
    // All of the last round, and a few of those that were there before.
    const older = Array.from({ length: 5 }, () => live[Math.floor(random() * live.length)]);
    for (const made of [...fresh, ...older]) {
      if (made === undefined) continue;
      const response = await fetch(`${pages}${made.path}/raw`);
      const bytes = Buffer.from(await response.arrayBuffer());
      if (response.status !== 200) lost++;
      else if (hashOf(bytes) !== made.sha256) half++;
    }
    for (const made of revoked) {
      const response = await fetch(`${pages}${made.path}/raw`);
      await response.arrayBuffer();
      if (response.status !== 410) reopened++;
    }
    live.push(...fresh);
    fresh = [];
    revoked = [];
  }

  async function load(service: ServiceProcess, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      try {
        const text = textOf();
        const share = await service.api.share(textSeed(text, 'crash'), { expiresInSeconds: null });
        const made: Made = {
          id: share.id,
          path: new URL(share.link).pathname,
          sha256: hashOf(Buffer.from(text)),
        };
        acknowledged++;
        const chance = random();
        // Until it is acknowledged nobody knows: it may open or not.
        if (chance < 0.15) {
          if ((await service.api.revoke(made.id)).status === 200) revoked.push(made);
        } else if (chance < 0.25) {
          if (await change(service, made, 'close')) revoked.push(made);
        } else if (chance < 0.35) {
          await change(service, made, 'close');
          if (await change(service, made, 'reopen')) fresh.push(made);
        } else fresh.push(made);
      } catch {
        // The process has died: nothing was promised.
        return;
      }
    }
  }

  /** @returns where the pages are, from a link that the service gives now */
  async function pagesOf(service: ServiceProcess): Promise<string> {
    const share = await service.api.share(textSeed('where'));
    await service.api.revoke(share.id);
    return new URL(share.link).origin;
  }

  async function countOrphans(): Promise<number> {
    const service = await spawnService(dataDir);
    await service.kill('SIGTERM');
    const left = (await readdir(join(dataDir, 'tmp'))).length;
    const used = await usedBlobs(dataDir);
    const blobs = new Set<string>();
    for await (const sha256 of (await openDiskBlobs(dataDir)).list()) blobs.add(sha256);
    const unused = [...blobs].filter((sha256) => !used.has(sha256)).length;
    const missing = [...used].filter((sha256) => !blobs.has(sha256)).length;
    return left + unused + missing;
  }

  try {
    for (let round = 1; round <= rounds; round++) {
      let service: ServiceProcess;
      try {
        service = await spawnService(dataDir);
      } catch {
        failedStarts++;
        continue;
      }
      await look(await pagesOf(service));
      let over = false;
      const before = acknowledged;
      const clients = Array.from({ length: CLIENTS }, () => load(service, () => over));
      // From the first share on: a busy machine takes its time until then.
      let working = true;
      const ended = Promise.all(clients).finally(() => {
        working = false;
      });
      while (acknowledged === before && working) await wait(5);
      await wait(random() * 220);
      await service.kill('SIGKILL');
      over = true;
      await ended;
      if (round % 25 === 0) orphans += await countOrphans();
      onRound(round);
    }
    const service = await spawnService(dataDir);
    await look(await pagesOf(service));
    await service.kill('SIGTERM');
    orphans += await countOrphans();
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
  return { rounds, acknowledged, lost, half, reopened, orphans, failedStarts };
}

/** Names of all blobs that the catalog of a stopped service has. */
export async function usedBlobs(dataDir: string): Promise<ReadonlySet<string>> {
  const database = await openStore(dataDir, (folder) => {
    throw new Error(`set aside as ${folder}`);
  });
  const rows = await database.all<{ readonly sha256: string }>(
    'select distinct sha256 from assets where sha256 is not null',
  );
  await database.close();
  return new Set(rows.map(({ sha256 }) => sha256));
}

const SIZES = [40, 1_000, 100_000, 140_000, 200_000];

async function change(
  { api }: ServiceProcess,
  { id }: Made,
  what: 'close' | 'reopen',
): Promise<boolean> {
  return (await api.call('POST', `/x-linkify/shares/${id}/${what}`)).status === 200;
}

/** Some texts are the same ones again, so that blobs are shared, and freed while they are made. */
function textOf(): string {
  const size = SIZES[Math.floor(random() * SIZES.length)] ?? 40;
  const word = Math.floor(random() * 40);
  return `${word} `.repeat(Math.ceil(size / `${word} `.length));
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
