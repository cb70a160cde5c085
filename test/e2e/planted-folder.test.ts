import { expect, test } from 'vitest';
import { name, run } from '../support/attack/planted-folder.ts';

test(`nothing is gained by ${name}`, async () => {
  expect(await run()).toBeUndefined();
}, 180_000);
