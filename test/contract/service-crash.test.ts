import { expect, test } from 'vitest';
import { crashRounds } from '../support/service/crash-rounds.ts';

/** The short form of `npm run test:crash`. */
test('what was acknowledged survives kill -9 under load, whole, and nothing is left over', async () => {
  const { acknowledged, ...faults } = await crashRounds(6);
  expect(acknowledged).toBeGreaterThanOrEqual(6);
  expect(faults).toEqual({
    rounds: 6,
    lost: 0,
    half: 0,
    reopened: 0,
    orphans: 0,
    failedStarts: 0,
  });
}, 60_000);
