import { expect, test } from 'vitest';
import { wantedParts } from '../../bench/parts.ts';

const PARTS = ['start', 'press', 'idle'] as const;

test('a benchmark measures all of its parts, or those that are named', () => {
  expect(wantedParts(PARTS, ['--quick'])).toEqual(PARTS);
  expect(wantedParts(PARTS, ['--only=idle,start'])).toEqual(['start', 'idle']);
});

test('a mistyped part is an error that names the others, not a benchmark of nothing', () => {
  expect(() => wantedParts(PARTS, ['--only=pres'])).toThrow(
    'No part "pres". There are: start, press, idle',
  );
});
