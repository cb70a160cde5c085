import { expect, test } from 'vitest';
import { adversarialText, slowInputs } from '../../support/adversarial.ts';

test('finds the input on which an expression backtracks', async () => {
  const slow = await slowInputs((text) => /\n\s*x/.test(text), { limit: 8 * 1024, enoughMs: 5 });
  expect(slow.map(({ seed }) => seed)).toContain('\n');
});

test('finds nothing in a function that is linear', async () => {
  expect(await slowInputs((text) => text.indexOf('<!'), { limit: 64 * 1024 })).toEqual([]);
});

test('finds nothing in a function that takes long, but in linear time', async () => {
  let sum = 0;
  const run = (text: string): void => {
    for (let pass = 0; pass < 50; pass++) {
      for (let at = 0; at < text.length; at++) sum += text.charCodeAt(at);
    }
  };
  const options = { limit: 256 * 1024, enoughMs: 5, only: ['a', 'ab'] };
  expect(await slowInputs(run, options)).toEqual([]);
  expect(sum).toBeGreaterThan(0);
});

test('an input has the length that was asked for', () => {
  expect(adversarialText('<', 'ab', '>', 6)).toBe('<abab>');
  expect(adversarialText('<', 'ab', '>', 5)).toBe('<aba>');
});
