import type { LinkifyFault } from '../errors.ts';
import { retryAfterMs } from './retry-after.ts';

/** Which call was answered, as far as a status means something else for it. */
export type CallName =
  | 'check'
  | 'connect'
  | 'user'
  | 'sign-in'
  | 'connect-cloud'
  | 'link-provider'
  | 'update-check'
  | 'create-asset'
  | 'asset'
  | 'delete-asset'
  | 'linkify'
  | 'linkify-asset'
  | 'linkify-multiple'
  | 'revoke'
  | 'share'
  | 'change-share'
  | 'shares';

export interface StatusContext {
  readonly call: CallName;
  readonly changes: boolean;
  readonly sizeBytes?: number | undefined;
  readonly collectionName?: string | undefined;
  readonly retryAfter?: string | undefined;
  /** The answer is a web page. */
  readonly webPage: boolean;
  readonly nowMs: number;
  readonly baseUrl: string;
}

/** Calls about one thing that exists: there 404 speaks of the thing, else of the service. */
const CALLS_WITH_ID: ReadonlySet<CallName> = new Set([
  'asset',
  'delete-asset',
  'linkify-asset',
  'linkify-multiple',
  'revoke',
  'share',
  'change-share',
]);

/**
 * What a status other than success means for this call. 511 is given as `sign-in-required`:
 * only `GET /user` tells whether the cloud is meant, and the client asks.
 */
export function statusFault(status: number, context: StatusContext): LinkifyFault {
  const { call, changes } = context;
  const waitMs = retryAfterMs(context.retryAfter, context.nowMs);
  if (status >= 200 && status < 300) {
    return { kind: 'bad-response', reason: 'unexpected-status', outcomeUnknown: changes };
  }
  if (status >= 300 && status < 400) {
    return { kind: 'bad-response', reason: 'redirect', outcomeUnknown: false };
  }
  switch (status) {
    case 401:
      return call === 'link-provider' ? { kind: 'sign-in-required' } : { kind: 'unauthorized' };
    case 404:
    case 410:
      return notFoundFault(status, context);
    case 408:
    case 425:
      return { kind: 'timed-out', baseUrl: context.baseUrl, outcomeUnknown: changes };
    case 409:
      if (call === 'linkify-multiple' && context.collectionName !== undefined) {
        return { kind: 'name-taken', name: context.collectionName };
      }
      break;
    case 412:
      if (call === 'linkify' || call === 'linkify-asset') return { kind: 'github-not-connected' };
      break;
    case 413:
      return { kind: 'too-large', sizeBytes: context.sizeBytes ?? 0 };
    case 417:
      if (call === 'linkify-multiple') return { kind: 'not-uploaded-yet' };
      break;
    case 429:
      return { kind: 'rate-limited', retryAfterMs: waitMs ?? DEFAULT_WAIT_MS };
    case 502:
    case 503:
    case 504:
      return {
        kind: 'not-ready',
        status,
        // 503 means that nothing was done. A gateway (502, 504) doesn't know what the server behind
        // it did.
        outcomeUnknown: changes && status !== 503,
        ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
      };
    case 505:
      return { kind: 'update-required' };
    case 507:
      return { kind: 'storage-full' };
    case 511:
      return { kind: 'sign-in-required' };
  }
  if (status >= 500) return { kind: 'service-error', status, outcomeUnknown: changes };
  return { kind: 'rejected', status };
}

function notFoundFault(status: number, { call, webPage }: StatusContext): LinkifyFault {
  // Another program's "not found" must not count as "revoked".
  const reason = status === 404 && webPage ? 'web-page' : 'not-linkify';
  return reason === 'not-linkify' && CALLS_WITH_ID.has(call)
    ? { kind: 'not-found' }
    : { kind: 'bad-response', reason, outcomeUnknown: false };
}

/** How long to wait after 429 when the service names no time, in ms. */
const DEFAULT_WAIT_MS = 30_000;
