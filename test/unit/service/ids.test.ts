import { expect, test } from 'vitest';
import { newId } from '../../../main/service/ids.ts';

/** An id is all that stands between a stranger and a share. */

const COUNT = 200_000;
const ids = Array.from({ length: COUNT }, newId);

test('of 200,000 ids none is like another, and each is 22 characters that nobody mistakes', () => {
  expect(new Set(ids).size).toBe(COUNT);
  expect(ids.every((id) => /^[1-9A-HJ-NP-Za-km-z]{22}$/.test(id))).toBe(true);
});

test('the characters are as even as chance makes them, at each place but the first', () => {
  // 58 ** 22 is a little more than 2 ** 128: the first character is one of few.
  for (let place = 1; place < 22; place++) {
    const counts = new Map<string, number>();
    for (const id of ids) {
      const character = id[place] ?? '';
      counts.set(character, (counts.get(character) ?? 0) + 1);
    }
    const expected = COUNT / 58;
    let chiSquare = 0;
    for (const count of counts.values()) chiSquare += (count - expected) ** 2 / expected;
    expect(counts.size).toBe(58);
    // 57 degrees of freedom: more than 140 comes by chance once in some 10 million places.
    expect(chiSquare, `place ${place}`).toBeLessThan(140);
  }
});

test('ids that follow each other share nothing but chance', () => {
  let alike = 0;
  for (let index = 1; index < COUNT; index++) {
    if (ids[index]?.slice(1, 6) === ids[index - 1]?.slice(1, 6)) alike++;
  }
  expect(alike).toBeLessThan(3);
});
