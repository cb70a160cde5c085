import { expect, test } from 'vitest';
import type { ShareItem } from '../../../main/linkify/model.ts';
import { createKnownLimits } from '../../../main/targets/known-limits.ts';

const SERVICE = {
  kind: 'custom',
  name: 'share.example',
  baseUrl: 'https://share.example',
} as const;
const OTHER = { ...SERVICE, baseUrl: 'https://other.example' };

const file = (sizeBytes: number): ShareItem => ({
  kind: 'file',
  name: 'film.mp4',
  sizeBytes,
  async *open() {},
});

function setUp() {
  let nowMs = 0;
  const limits = createKnownLimits(() => nowMs);
  return {
    limits,
    later: (ms: number) => {
      nowMs += ms;
    },
  };
}

test('what a service refused for its size is not sent there again; less is', () => {
  const { limits } = setUp();
  limits.refused(SERVICE, { kind: 'too-large', sizeBytes: 31_000_000 });
  limits.refused(SERVICE, { kind: 'too-large', sizeBytes: 90_000_000 });
  expect(limits.faultFor(SERVICE, [file(5), file(31_000_000)])).toEqual({
    kind: 'too-large',
    sizeBytes: 31_000_000,
    refusedBytes: 31_000_000,
  });
  expect(limits.faultFor(SERVICE, [file(30_999_999)])).toBeUndefined();
  expect(limits.faultFor(OTHER, [file(31_000_000)])).toBeUndefined();
});

test('a refusal is forgotten after a day, and when the service took as much after all', () => {
  const { limits, later } = setUp();
  limits.refused(SERVICE, { kind: 'too-large', sizeBytes: 31_000_000 });
  limits.accepted(SERVICE, [file(30_000_000)]);
  expect(limits.faultFor(SERVICE, [file(31_000_000)])).toBeDefined();
  limits.accepted(SERVICE, [file(31_000_000)]);
  expect(limits.faultFor(SERVICE, [file(31_000_000)])).toBeUndefined();

  limits.refused(SERVICE, { kind: 'too-large', sizeBytes: 31_000_000 });
  later(24 * 3_600_000 + 1);
  expect(limits.faultFor(SERVICE, [file(31_000_000)])).toBeUndefined();
});

test.each([
  [{ kind: 'too-large', sizeBytes: 0 }],
  [{ kind: 'too-large', sizeBytes: 300 }],
  [{ kind: 'too-large', sizeBytes: 31_000_000, limitBytes: 16_000_000 }],
  [{ kind: 'storage-full' }],
] as const)('%j teaches nothing about sizes', (fault) => {
  const { limits } = setUp();
  limits.refused(SERVICE, fault);
  expect(limits.faultFor(SERVICE, [file(99_000_000)])).toBeUndefined();
});
