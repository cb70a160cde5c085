import { expect, test } from 'vitest';
import { visitorOf } from '../../../main/service/http/visitor.ts';
import { createVisitLimits } from '../../../main/service/pages/limits.ts';

test.each([
  ['192.168.1.20', '192.168.1.20'],
  ['::ffff:192.168.1.20', '192.168.1.20'],
  ['fe80::1c2d:3e4f%eth0', 'fe80:0:0:0::/64'],
  ['fd12:3456:789a:1:aaaa:bbbb:cccc:dddd', 'fd12:3456:789a:1::/64'],
  ['fd12:3456:789a:1::2', 'fd12:3456:789a:1::/64'],
  ['FD12::1', 'fd12:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['', ''],
])('%s is one visitor with %s', (address, visitor) => {
  expect(visitorOf(address)).toBe(visitor);
});

test('a visitor with many addresses of one network is one visitor', async () => {
  const limits = createVisitLimits();
  const answers = [];
  for (let guess = 0; guess < 30; guess++) {
    answers.push((await limits.unknown(`fd00:1:2:3::${guess.toString(16)}`)).ok);
  }
  expect(answers.filter((ok) => ok)).toHaveLength(20);
});

test('who tries passwords on many shares is held back on all of them, and others are not', async () => {
  const limits = createVisitLimits();
  const answers = [];
  for (let share = 0; share < 40; share++) {
    answers.push((await limits.password(`share-${share}`, '192.168.1.66')).ok);
  }
  expect(answers.filter((ok) => ok)).toHaveLength(20);
  expect((await limits.password('share-0', '192.168.1.7')).ok).toBe(true);
  expect((await limits.password('share-39', '192.168.1.7')).ok).toBe(true);
});

test('the tries of all visitors together count for a share', async () => {
  const limits = createVisitLimits();
  const answers = [];
  for (let visitor = 1; visitor <= 10; visitor++) {
    answers.push((await limits.password('share', `192.168.1.${visitor}`)).ok);
  }
  expect(answers.filter((ok) => ok)).toHaveLength(5);
});
