import { expect, test } from 'vitest';
import { newId } from '../../../main/server/ids.ts';

/** An id is all that stands between a stranger and a share. */

const COUNT = 200_000;
const ids = Array.from({ length: COUNT }, newId);

test('of 200,000 ids none is like another, and each is 22 characters that nobody mistakes', () => {
  expect(new Set(ids).size).toBe(COUNT);
  expect(ids.every((id) => /^[1-9A-HJ-NP-Za-km-z]{22}$/.test(id))).toBe(true);
});

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/**
 * How many of all 2 ** 128 numbers have this digit at this place. 2 ** 128 is no power of 58, so
 * the first two characters are not uniform: the first is one of 32, of which the last is rarer.
 */
function numbersWith(digit: number, place: number): number {
  const unit = 58n ** BigInt(21 - place);
  const all = 2n ** 128n;
  const rest = (all % (unit * 58n)) - BigInt(digit) * unit;
  return Number((all / (unit * 58n)) * unit + (rest < 0n ? 0n : rest < unit ? rest : unit));
}

test('at each place the characters are as likely as in random numbers of 128 bits', () => {
  for (let place = 0; place < 22; place++) {
    const counts = new Map<string, number>();
    for (const id of ids) {
      const character = id[place] ?? '';
      counts.set(character, (counts.get(character) ?? 0) + 1);
    }
    let chiSquare = 0;
    for (const [digit, character] of [...ALPHABET].entries()) {
      const expected = (COUNT * numbersWith(digit, place)) / 2 ** 128;
      const count = counts.get(character) ?? 0;
      if (expected === 0) expect(count).toBe(0);
      else chiSquare += (count - expected) ** 2 / expected;
    }
    // 57 degrees of freedom at most: 160 and more comes by chance once in some 10 billion places.
    expect(chiSquare, `place ${place}`).toBeLessThan(160);
  }
});

test('ids that follow each other share nothing but chance', () => {
  let alike = 0;
  for (let index = 1; index < COUNT; index++) {
    if (ids[index]?.slice(1, 6) === ids[index - 1]?.slice(1, 6)) alike++;
  }
  expect(alike).toBeLessThan(3);
});
