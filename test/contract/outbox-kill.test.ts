import { expect, test } from 'vitest';
import { killRounds } from '../support/outbox/kill-rounds.ts';

/** The short form of `npm run test:outbox`. */
test('what was pressed and kept is shared once, whenever the app is killed', async () => {
  const { wanted, made, killed, ...rest } = await killRounds(15);
  expect(wanted).toBeGreaterThan(3);
  expect(killed).toBeGreaterThan(3);
  expect(made).toBe(wanted);
  expect(rest).toMatchObject({ lost: 0, duplicated: 0, notListed: 0 });
}, 120_000);
