import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SEED } from '../support/random.ts';
import {
  disconnectingClients,
  exceedFileSize,
  fillDisk,
  useFullDisk,
} from '../support/service/faults/real.ts';
import { CODES, type Fault, faultRounds } from '../support/service/faults/rounds.ts';
import { type ServiceProcess, spawnService } from '../support/service/process.ts';
import { get, textSeed } from '../support/service/run.ts';

/** A disk that is full or broken for one call: strace lets the n-th of each thread fail. */

const FAULTS = [
  ['fsync', 'EIO', [2]],
  ['fdatasync', 'EIO', [4, 5]],
  ['rename', 'ENOSPC', [1]],
] as const;

test('a disk that fails once is told, takes nothing that was there, and the next share works', async () => {
  let refused = 0;
  for (const [call, error, times] of FAULTS) {
    for (const time of times) {
      const dataDir = await mkdtemp(join(tmpdir(), 'linkify-faults-'));
      const before = await spawnService(dataDir);
      const old = await before.api.share(textSeed('old '.repeat(9_000)));
      await before.kill('SIGTERM');

      const inject = `inject=${call}:error=${error}:when=${time}`;
      const wrap = ['strace', '-D', '-f', '-o', '/dev/null', '-e', `trace=${call}`, '-e', inject];
      let service: ServiceProcess | undefined;
      try {
        service = await spawnService(dataDir, [], wrap);
      } catch (cause) {
        // The fault met the start: it says so and ends, and the next start is fine.
        expect(String(cause)).toContain('exit 1');
      }
      if (service !== undefined) {
        const statuses: number[] = [];
        // Each thread of the service meets the fault once, so a few may be refused.
        const works = () => statuses.length >= 8 && statuses.slice(-8).every((s) => s === 200);
        while (!works() && statuses.length < 60) {
          const answer = await service.api.call('POST', '/linkify', {
            access: 'PUBLIC',
            seed: textSeed('x'.repeat(statuses.length % 2 === 0 ? 200_000 : 500)),
          });
          statuses.push(answer.status);
        }
        const where = `${call} ${time}: ${statuses}`;
        expect(
          statuses.filter(
            (status) => status !== 200 && status !== (error === 'ENOSPC' ? 507 : 500),
          ),
          where,
        ).toEqual([]);
        expect(works(), where).toBe(true);
        refused += statuses.filter((status) => status !== 200).length;
        await service.kill('SIGTERM');
      }

      const after = await spawnService(dataDir);
      const { link } = (await after.api.call('GET', `/share/${old.id}`)).json;
      expect((await get(`${link}/raw`)).text).toBe('old '.repeat(9_000));
      await after.kill('SIGTERM');
      await rm(dataDir, { recursive: true });
    }
  }
  // Else nothing was tried.
  expect(refused).toBeGreaterThan(1);
}, 90_000);

/** One way of failing for every third operation, chosen by the seed. */
function chosen(scenario: string, at: number): readonly Fault[] {
  const bytes = createHash('sha256').update(`${SEED} ${scenario} ${at}`).digest();
  if ((bytes[2] ?? 0) % 3 !== 0) return [];
  const code = CODES[(bytes[0] ?? 0) % CODES.length] ?? 'EIO';
  return [{ code, isLasting: (bytes[1] ?? 0) % 2 === 0 }];
}

/** The short form of `npm run test:faults`. */
test('whichever file operation fails, one request is refused, and nothing is lost or left over', async () => {
  const { injected, operations, problems } = await faultRounds(chosen);
  expect(problems).toEqual([]);
  expect(injected).toBeGreaterThan(30);
  expect(Object.keys(operations).length).toBeGreaterThan(4);
}, 180_000);

describe.skipIf(process.platform !== 'linux')('what the system does to it', () => {
  test('a disk that fills during an upload: 507, and smaller ones still go', async () => {
    expect(await fillDisk()).toEqual({ statuses: [200, 507, 200, 200, 200, 200], problems: [] });
  }, 60_000);

  test('on a disk without a free byte links open and can be revoked, and shares are refused', async () => {
    const { statuses, problems } = await useFullDisk();
    const round = [507, 507, ...Array(5).fill(200)];
    expect(statuses).toEqual([...round, ...round, ...round, ...Array(5).fill(200)]);
    expect(problems).toEqual([]);
  }, 60_000);

  test('a file that is longer than the system allows: 507, and smaller ones still go', async () => {
    expect(await exceedFileSize()).toEqual({ statuses: [507, 507, 200], problems: [] });
  }, 60_000);

  test('clients that vanish at any byte of a request or its answer leave nothing', async () => {
    expect(await disconnectingClients()).toEqual({ statuses: [200, 200], problems: [] });
  }, 60_000);
});
