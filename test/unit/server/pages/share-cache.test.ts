import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ShareCache } from '../../../../main/server/pages/share-cache.ts';

interface Value {
  readonly of: string;
}

const open = (maxBytes = 1_000_000) =>
  new ShareCache<Value>({ maxBytes, sizeOf: ({ of }) => of.length });

test('a share that changes takes its own entries with it, and no others', () => {
  const share = fc.constantFrom('a', 'b', 'c');
  const page = fc.constantFrom('', '/1', '/2');
  const step = fc.oneof(
    fc.record({ does: fc.constant('add' as const), share, page }),
    fc.record({ does: fc.constant('remove' as const), share }),
    fc.record({ does: fc.constant('clear' as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
      const cache = open();
      const expected = new Map<string, string>();
      for (const one of steps) {
        if (one.does === 'add') {
          cache.prepare(one.share, one.share + one.page)({ of: one.share });
          expected.set(one.share + one.page, one.share);
        } else if (one.does === 'remove') {
          cache.remove(one.share);
          for (const [key, of] of expected) if (of === one.share) expected.delete(key);
        } else {
          cache.clear();
          expected.clear();
        }
      }
      for (const of of ['a', 'b', 'c']) {
        for (const page of ['', '/1', '/2']) {
          expect(cache.get(of + page)?.of).toBe(expected.get(of + page));
        }
      }
    }),
  );
});

test('what was read before a change is not kept', () => {
  const cache = open();
  const add = cache.prepare('a', 'a/1');
  cache.remove('a');
  add({ of: 'before' });
  expect(cache.get('a/1')).toBeUndefined();
  cache.prepare('a', 'a/1')({ of: 'after' });
  expect(cache.get('a/1')).toEqual({ of: 'after' });
});

test('the oldest entries make room, and what is too large is not taken', () => {
  const cache = open(2_000);
  for (const key of ['1', '2', '3', '4', '5']) cache.prepare(key, key)({ of: 'x'.repeat(500) });
  expect(['1', '2', '3'].map((key) => cache.get(key))).toEqual([undefined, undefined, undefined]);
  expect(['4', '5'].map((key) => cache.get(key)?.of.length)).toEqual([500, 500]);
  cache.prepare('6', '6')({ of: 'x'.repeat(3_000) });
  expect(cache.get('6')).toBeUndefined();
  expect(cache.get('5')).toBeDefined();
});
