import { describe, expect, test } from 'vitest';
import { chaosRounds } from '../support/service/chaos-rounds.ts';
import { postgresProblem } from '../support/service/postgres-server.ts';

const why = postgresProblem === undefined ? '' : `: ${postgresProblem}`;

/** The short form of `npm run test:chaos`: each fault once. */
describe.skipIf(postgresProblem !== undefined)(`servers on PostgreSQL${why}`, () => {
  test('whatever is killed or cut, what was acknowledged holds, and all recover', async () => {
    const { acknowledged, opened, ...violations } = await chaosRounds(6);
    expect(acknowledged).toBeGreaterThan(20);
    expect(opened).toBeGreaterThan(5);
    expect(violations).toEqual({
      rounds: 6,
      lost: 0,
      partial: 0,
      openedTooOften: 0,
      overQuota: 0,
      openedAfterRevoke: 0,
      notRecovered: 0,
    });
  }, 240_000);
});
