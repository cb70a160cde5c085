import * as v from 'valibot';
import { type AnswerContext, jsonOf, shaped, toShare } from './answer.ts';
import type { HttpAnswer } from './http/http.ts';
import type { CallName } from './http/status-fault.ts';
import type { CallOptions, OwnCalls } from './model.ts';
import { isUsableId, shareSchema } from './wire.ts';

const fateSchema = v.object({
  state: v.picklist(['live', 'closed', 'revoked', 'expired', 'spent']),
  endedAt: v.optional(v.string()),
});

const namedSchema = v.object({ name: v.pipe(v.string(), v.maxLength(1_000)) });

const closedSchema = v.object({
  closedUntil: v.pipe(v.string(), v.isoTimestamp(), v.transform(Date.parse)),
});

const size = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const usageSchema = v.object({ usedBytes: size, quotaBytes: size });

export interface OwnCallsNeeds {
  readonly call: (
    name: CallName,
    path: string,
    body: object | undefined,
    options: CallOptions | undefined,
  ) => Promise<HttpAnswer>;
  readonly reads: () => AnswerContext;
  readonly changes: () => AnswerContext;
}

/** The calls of our own service beyond the API (docs/api/README.md). */
export function createOwnCalls({ call, reads, changes }: OwnCallsNeeds): OwnCalls {
  const pathOf = (shareId: string, what = ''): string => {
    if (!isUsableId(shareId)) throw new RangeError('not an id');
    return `x-linkify/shares/${encodeURIComponent(shareId)}${what}`;
  };
  return {
    async changeExpiry(shareId, expiresInSeconds, options) {
      const path = pathOf(shareId, '/expiry');
      const answer = await call('change-share', path, { expiresInSeconds }, options);
      return toShare(shaped(shareSchema, jsonOf(answer, changes()), changes()), changes());
    },
    async rename(shareId, name, options) {
      const answer = await call('change-share', pathOf(shareId, '/name'), { name }, options);
      return shaped(namedSchema, jsonOf(answer, changes()), changes()).name;
    },
    async close(shareId, options) {
      const answer = await call('change-share', pathOf(shareId, '/close'), {}, options);
      return shaped(closedSchema, jsonOf(answer, changes()), changes()).closedUntil;
    },
    async reopen(shareId, options) {
      const answer = await call('change-share', pathOf(shareId, '/reopen'), {}, options);
      shaped(shareSchema, jsonOf(answer, changes()), changes());
    },
    async fate(shareId, options) {
      const answer = await call('share', pathOf(shareId), undefined, options);
      const { state, endedAt } = shaped(fateSchema, jsonOf(answer, reads()), reads());
      const endedAtMs = Date.parse(endedAt ?? '');
      return { state, ...(Number.isNaN(endedAtMs) ? {} : { endedAtMs }) };
    },
    async usage(options) {
      const answer = await call('check', 'x-linkify/service', undefined, options);
      return shaped(usageSchema, jsonOf(answer, reads()), reads());
    },
  };
}
