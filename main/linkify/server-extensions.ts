import * as v from 'valibot';
import { SHARE_ENDS } from '../share-options.ts';
import type { Connection } from './connection.ts';
import type { HttpResponse } from './http/exchange.ts';
import { bodyOfValue } from './http/json-body.ts';
import type { CallName } from './http/status-fault.ts';
import type { CallOptions, ServerExtensions } from './model.ts';
import { jsonOf, toShare, validated } from './response.ts';
import { isUsableId, shareSchema } from './wire.ts';

const stateSchema = v.object({
  state: v.picklist(['active', 'closed', ...SHARE_ENDS]),
  endedAt: v.optional(v.string()),
});

const namedSchema = v.object({ name: v.pipe(v.string(), v.maxLength(1_000)) });

const closedSchema = v.object({
  closedUntil: v.pipe(v.string(), v.isoTimestamp(), v.transform(Date.parse)),
});

const size = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const usageSchema = v.object({ usedBytes: size, quotaBytes: size });
const accountSchema = v.object({
  name: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
  usedBytes: size,
  quotaBytes: v.exactOptional(size),
});

/** The calls of our own server beyond the API (docs/api/extensions.md). */
export function createServerExtensions(connection: Connection): ServerExtensions {
  const pathOf = (shareId: string, what = ''): string => {
    if (!isUsableId(shareId)) throw new RangeError('not an id');
    return `x-linkify/shares/${encodeURIComponent(shareId)}${what}`;
  };
  const call = (
    name: CallName,
    path: string,
    body: object | undefined,
    options: CallOptions | undefined,
  ): Promise<HttpResponse> =>
    connection.asApplication(options, (application) =>
      connection.send({
        name,
        method: body === undefined ? 'GET' : 'POST',
        path,
        ...(body === undefined ? {} : { body: bodyOfValue(body) }),
        application,
        retryable: true,
        responseMs: connection.timeouts.quickMs,
        options,
      }),
    );
  return {
    async changeOptions(shareId, change, options) {
      const response = await call('change-share', pathOf(shareId, '/options'), change, options);
      return toShare(
        validated(shareSchema, jsonOf(response, connection.changes), connection.changes),
        connection.changes,
      );
    },
    async rename(shareId, name, options) {
      const response = await call('change-share', pathOf(shareId, '/name'), { name }, options);
      return validated(namedSchema, jsonOf(response, connection.changes), connection.changes).name;
    },
    async close(shareId, options) {
      const response = await call('change-share', pathOf(shareId, '/close'), {}, options);
      return validated(closedSchema, jsonOf(response, connection.changes), connection.changes)
        .closedUntil;
    },
    async reopen(shareId, options) {
      const response = await call('change-share', pathOf(shareId, '/reopen'), {}, options);
      validated(shareSchema, jsonOf(response, connection.changes), connection.changes);
    },
    async state(shareId, options) {
      const response = await call('share', pathOf(shareId), undefined, options);
      const { state, endedAt } = validated(
        stateSchema,
        jsonOf(response, connection.reads),
        connection.reads,
      );
      const endedAtMs = Date.parse(endedAt ?? '');
      return { state, ...(Number.isNaN(endedAtMs) ? {} : { endedAtMs }) };
    },
    async usage(options) {
      const response = await call('check', 'x-linkify/service', undefined, options);
      return validated(usageSchema, jsonOf(response, connection.reads), connection.reads);
    },
    async account(options) {
      const response = await call('check', 'x-linkify/me', undefined, options);
      return validated(accountSchema, jsonOf(response, connection.reads), connection.reads);
    },
  };
}
