import type { Fault } from './faults.ts';

/**
 * How a failed share is sent again: `automatic` without the user, after a `decision` of the user, or
 * `never`, because there is nothing left to send or the user cancelled it.
 */
export type RetryPolicy = 'automatic' | 'decision' | 'never';

const POLICIES: Readonly<Partial<Record<Fault['kind'], RetryPolicy>>> = {
  unreachable: 'automatic',
  'timed-out': 'automatic',
  'connection-lost': 'automatic',
  'unverified-peer': 'automatic',
  'sign-in-required': 'automatic',
  'cloud-not-connected': 'automatic',
  'update-required': 'automatic',
  'not-uploaded-yet': 'automatic',
  'rate-limited': 'automatic',
  'not-ready': 'automatic',
  'service-error': 'automatic',
  'service-did-not-start': 'automatic',
  'untrusted-certificate': 'decision',
  'unusable-address': 'decision',
  'github-not-connected': 'decision',
  'too-large': 'decision',
  'name-taken': 'decision',
  'not-found': 'decision',
  'storage-full': 'decision',
  unauthorized: 'decision',
  rejected: 'decision',
  'unproven-service': 'decision',
  'token-lost': 'decision',
  'unusable-service-address': 'decision',
  internal: 'decision',
} as Readonly<Partial<Record<string, RetryPolicy>>>;

/** How a share that failed with this fault is sent again. */
export function retryPolicyOf(fault: Fault): RetryPolicy {
  if (fault.kind !== 'bad-response')
    return (Object.hasOwn(POLICIES, fault.kind) ? POLICIES[fault.kind] : undefined) ?? 'never';
  switch (fault.reason) {
    // Another program, or a portal in between: the service may be there again later.
    case 'web-page':
    case 'redirect':
    case 'not-linkify':
    case 'not-http':
      return 'automatic';
    case 'not-json':
    case 'wrong-shape':
    case 'no-link':
    case 'unusable-link':
    case 'too-long':
    case 'unexpected-status':
      return 'decision';
  }
}

/** Whether sharing from this computer may succeed where this service failed. */
export function helpsElsewhere(fault: Fault): boolean {
  return (
    retryPolicyOf(fault) !== 'never' && fault.kind !== 'name-taken' && fault.kind !== 'internal'
  );
}

/** How long the service asked to be left alone, in ms. */
export function retryAfterOf(fault: Fault): number | undefined {
  return fault.kind === 'rate-limited' || fault.kind === 'not-ready'
    ? fault.retryAfterMs
    : undefined;
}
