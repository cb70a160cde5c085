import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluatePreconditions } from '../../../../../main/server/pages/download/conditions.ts';

/** Preconditions and ranges beside a model that follows the text of RFC 9110 word for word. */

const ETAG = '"current"';
const MODIFIED_MS = Date.UTC(2026, 10, 27, 12, 30, 15);
const TAGS = ['"current"', 'W/"current"', '"other"', 'W/"other"', '""', '"a,b"'];

interface Asked {
  readonly method: 'GET' | 'HEAD';
  readonly match?: readonly string[] | '*' | undefined;
  readonly noneMatch?: readonly string[] | '*' | undefined;
  /** Seconds from the date of the content. */
  readonly unmodifiedSince?: number | undefined;
  readonly modifiedSince?: number | undefined;
  readonly ifRange?: string | number | undefined;
  readonly ranges?: readonly (readonly [number | undefined, number | undefined])[] | undefined;
}

const dateOf = (seconds: number): string =>
  new Date(Math.floor(MODIFIED_MS / 1_000) * 1_000 + seconds * 1_000).toUTCString();

function headersOf(asked: Asked): Record<string, string> {
  const headers: Record<string, string> = {};
  const list = (tags: readonly string[] | '*') => (tags === '*' ? '*' : tags.join(' ,\t'));
  if (asked.match !== undefined) headers['if-match'] = list(asked.match);
  if (asked.noneMatch !== undefined) headers['if-none-match'] = list(asked.noneMatch);
  if (asked.unmodifiedSince !== undefined) {
    headers['if-unmodified-since'] = dateOf(asked.unmodifiedSince);
  }
  if (asked.modifiedSince !== undefined) headers['if-modified-since'] = dateOf(asked.modifiedSince);
  if (asked.ifRange !== undefined) {
    headers['if-range'] = typeof asked.ifRange === 'string' ? asked.ifRange : dateOf(asked.ifRange);
  }
  if (asked.ranges !== undefined) {
    headers.range = `bytes=${asked.ranges.map(([from, to]) => `${from ?? ''}-${to ?? ''}`).join(', ')}`;
  }
  return headers;
}

/** Section 13.2.2, its steps in their order; then section 14.2 for GET alone. */
function expected(asked: Asked, size: number) {
  const weak = (tag: string) => tag.replace(/^W\//, '');
  // 1. and 2.
  if (asked.match !== undefined) {
    const holds = asked.match === '*' || asked.match.includes(ETAG);
    if (!holds) return { status: 412 };
  } else if (asked.unmodifiedSince !== undefined && asked.unmodifiedSince < 0) {
    return { status: 412 };
  }
  // 3. and 4.
  if (asked.noneMatch !== undefined) {
    const holds = asked.noneMatch !== '*' && !asked.noneMatch.map(weak).includes(ETAG);
    if (!holds) return { status: 304 };
  } else if (asked.modifiedSince !== undefined && asked.modifiedSince >= 0) {
    return { status: 304 };
  }
  // 5.
  const { ranges, ifRange } = asked;
  if (asked.method !== 'GET' || ranges === undefined) return { status: 200 };
  if (ifRange !== undefined && ifRange !== ETAG && ifRange !== 0) return { status: 200 };
  // 14.1.1: a first position after the last, or neither of them, makes the whole header invalid.
  for (const [from, to] of ranges) {
    if (from === undefined && to === undefined) return { status: 200 };
    if (from !== undefined && to !== undefined && from > to) return { status: 200 };
  }
  // 14.1.2: byte by byte.
  const bytes = new Set<number>();
  let satisfiable = false;
  for (const [from, to] of ranges) {
    satisfiable ||= from === undefined ? to !== 0 : from < size;
    for (let at = 0; at < size; at++) {
      const isIn =
        from === undefined ? at >= size - (to ?? 0) : at >= from && at <= (to ?? Infinity);
      if (isIn) bytes.add(at);
    }
  }
  if (!satisfiable) return { status: 416 };
  // No Content-Range can say that nothing is sent; several parts may be answered with the whole.
  if (bytes.size === 0) return { status: 200 };
  const start = Math.min(...bytes);
  const end = Math.max(...bytes);
  return bytes.size === end - start + 1 ? { status: 206, range: { start, end } } : { status: 200 };
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const tags = fc.oneof(
  fc.constant('*' as const),
  fc.uniqueArray(fc.constantFrom(...TAGS), { minLength: 1, maxLength: 4 }),
);
const seconds = fc.integer({ min: -2, max: 2 });
const position = maybe(fc.integer({ min: 0, max: 40 }));

test('every combination is answered as the model says', () => {
  fc.assert(
    fc.property(
      fc.record({
        method: fc.constantFrom('GET' as const, 'HEAD' as const),
        match: maybe(tags),
        noneMatch: maybe(tags),
        unmodifiedSince: maybe(seconds),
        modifiedSince: maybe(seconds),
        ifRange: maybe(fc.oneof(fc.constantFrom(...TAGS), seconds)),
        ranges: maybe(fc.array(fc.tuple(position, position), { minLength: 1, maxLength: 4 })),
      }),
      fc.integer({ min: 0, max: 30 }),
      (asked, size) => {
        const validators = { etag: ETAG, modifiedAtMs: MODIFIED_MS + 345 };
        const { method } = asked;
        const answer = evaluatePreconditions(
          { method, headers: headersOf(asked) },
          validators,
          size,
        );
        expect(answer).toEqual(expected(asked, size));
      },
    ),
    { numRuns: 20_000 },
  );
});

test('whatever stands in the headers, a range lies within the content', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('*', 'bytes=0-', '"', 'W/"', ',', '0', '-'));
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom('if-match', 'if-none-match', 'if-range', 'range', 'if-modified-since'),
        text,
      ),
      fc.nat(100),
      (headers, size) => {
        const answer = evaluatePreconditions({ method: 'GET', headers }, { etag: ETAG }, size);
        if (answer.status !== 206) return;
        expect(answer.range.start).toBeGreaterThanOrEqual(0);
        expect(answer.range.end).toBeGreaterThanOrEqual(answer.range.start);
        expect(answer.range.end).toBeLessThan(size);
      },
    ),
    { numRuns: 5_000 },
  );
});
