import type { CloudState } from './model.ts';

/** Why an answer could not be used. */
export const BAD_RESPONSE_REASONS = [
  'not-json',
  'wrong-shape',
  'no-link',
  'unusable-link',
  'redirect',
  'web-page',
  'too-long',
  'unexpected-status',
  /** It answers, but does not know this call: not a Linkify service. */
  'not-linkify',
  /** What answers there does not speak HTTP. */
  'not-http',
] as const;
export type BadResponseReason = (typeof BAD_RESPONSE_REASONS)[number];

/** Why an address is not used at all. */
export const UNUSABLE_ADDRESS_REASONS = ['not-a-url', 'plain-http', 'credentials'] as const;
export type UnusableAddressReason = (typeof UNUSABLE_ADDRESS_REASONS)[number];

/**
 * Everything that can go wrong between us and a service: a closed list of data. Messages are in
 * assets/locales/<language>/failures.ts.
 * `outcomeUnknown`: the service may have done what was requested.
 */
export type LinkifyFault =
  /** Nothing is sent to such an address: http goes to this machine only, and never with a password in it. */
  | { readonly kind: 'unusable-address'; readonly reason: UnusableAddressReason }
  | { readonly kind: 'unreachable'; readonly baseUrl: string }
  | { readonly kind: 'timed-out'; readonly baseUrl: string; readonly outcomeUnknown: boolean }
  | { readonly kind: 'connection-lost'; readonly outcomeUnknown: boolean }
  | { readonly kind: 'untrusted-certificate'; readonly baseUrl: string }
  /** A program of another user, or of nobody knows whom, is at the other end: nothing was sent to it. */
  | { readonly kind: 'unverified-peer'; readonly port: number; readonly uid: number }
  | { readonly kind: 'sign-in-required' }
  | { readonly kind: 'cloud-not-connected'; readonly cloud: CloudState }
  | { readonly kind: 'github-not-connected' }
  | { readonly kind: 'update-required' }
  | {
      readonly kind: 'too-large';
      /** 0 where the service refused the whole and not one thing. */
      readonly sizeBytes: number;
      readonly limitBytes?: number;
      /** It was not sent: the service refused one of this size a while ago. */
      readonly refusedBytes?: number;
    }
  | { readonly kind: 'name-taken'; readonly name: string }
  | { readonly kind: 'not-uploaded-yet' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'rate-limited'; readonly retryAfterMs: number }
  | { readonly kind: 'storage-full' }
  | {
      readonly kind: 'not-ready';
      readonly status: number;
      readonly outcomeUnknown: boolean;
      /** How long the service asked us to wait, in ms, where it said so. */
      readonly retryAfterMs?: number;
    }
  | { readonly kind: 'service-error'; readonly status: number; readonly outcomeUnknown: boolean }
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'rejected'; readonly status: number }
  | {
      readonly kind: 'bad-response';
      readonly reason: BadResponseReason;
      readonly outcomeUnknown: boolean;
      /** The share behind an unusable link, so that it can still be revoked. */
      readonly shareId?: string;
    }
  | {
      readonly kind: 'unreadable-content';
      readonly name: string;
      /** It shrank or was replaced since it was prepared; absent: it couldn't be read at all. */
      readonly changed?: true;
    }
  | { readonly kind: 'cancelled' };

/** Carries a fault. Its message is the fault's name: never content, never a token. */
export class LinkifyError extends Error {
  override readonly name = 'LinkifyError';
  readonly fault: LinkifyFault;
  constructor(fault: LinkifyFault, options?: ErrorOptions) {
    super(fault.kind, options);
    this.fault = fault;
  }
}
