import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ServiceProcess, spawnService } from '../support/service/process.ts';
import { get, textSeed } from '../support/service/run.ts';

/** A disk that is full or broken for one call: strace lets the n-th of each thread fail. */

const FAULTS = [
  ['fsync', 'EIO', [2]],
  ['fdatasync', 'EIO', [4, 5]],
  ['rename', 'ENOSPC', [1]],
] as const;

test('a failing disk is told as 507, takes nothing that was there, and the next share works', async () => {
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
          statuses.filter((status) => status !== 200 && status !== 507),
          where,
        ).toEqual([]);
        expect(works(), where).toBe(true);
        refused += statuses.filter((status) => status === 507).length;
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
