import { expect, test } from 'vitest';
import { adversarialText, slowInputs } from '../../support/adversarial.ts';

test('finds the input on which an expression backtracks', async () => {
  const slow = await slowInputs((text) => /\n\s*x/.test(text), { limit: 8 * 1024, enoughMs: 5 });
  expect(slow.map(({ seed }) => seed)).toContain('\n');
});

test('finds nothing in a function that is linear', async () => {
  expect(await slowInputs((text) => text.indexOf('<!'), { limit: 64 * 1024 })).toEqual([]);
});

test('an input has the length that was asked for', () => {
  expect(adversarialText('<', 'ab', '>', 6)).toBe('<abab>');
  expect(adversarialText('<', 'ab', '>', 5)).toBe('<aba>');
});
