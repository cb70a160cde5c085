import { describe, expect, test } from 'vitest';
import { cephForTests } from '../support/service/ceph-for-tests.ts';
import { chaosRounds, FAULTS } from '../support/service/chaos-rounds.ts';
import { postgresProblem } from '../support/service/postgres-server.ts';

const ceph = await cephForTests();
const problem = postgresProblem ?? (ceph.kind === 'missing' ? ceph.reason : undefined);
const why = problem === undefined ? '' : `: ${problem}`;

/** The short form of `npm run test:chaos`: each fault once. */
describe.skipIf(problem !== undefined)(`servers on PostgreSQL and S3${why}`, () => {
  test('whatever is killed or cut, what was acknowledged holds, and all recover', async () => {
    if (ceph.kind === 'missing') return;
    const { acknowledged, opened, ...violations } = await chaosRounds(FAULTS.length, ceph.access);
    expect(acknowledged).toBeGreaterThan(20);
    expect(opened).toBeGreaterThan(5);
    expect(violations).toEqual({
      rounds: FAULTS.length,
      lost: 0,
      partial: 0,
      openedTooOften: 0,
      overQuota: 0,
      openedAfterRevoke: 0,
      notRecovered: 0,
    });
  }, 240_000);
});
