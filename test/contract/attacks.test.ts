import { describe, expect, test } from 'vitest';
import { ATTACKS } from '../support/attack/attacks.ts';
import { canBecomeOther } from '../support/attack/impostor.ts';

// `npm run test:attack` makes each of them many times.

describe.skipIf(!canBecomeOther)('nothing is gained when', () => {
  test.each(ATTACKS.map(({ name, run }) => [name, run] as const))(
    '%s',
    async (_name, run) => {
      expect(await run()).toBeUndefined();
    },
    60_000,
  );
});
