import type { Fault } from './faults.ts';

/**
 * What becomes of a share that failed: `waits` and goes out by itself, is `held` until the person
 * decides, or is `over`, since there is nothing left to send, or the person said so.
 */
export type Fate = 'waits' | 'held' | 'over';

const FATES: Readonly<Partial<Record<Fault['kind'], Fate>>> = {
  unreachable: 'waits',
  'timed-out': 'waits',
  'connection-lost': 'waits',
  'unverified-peer': 'waits',
  'sign-in-required': 'waits',
  'cloud-not-connected': 'waits',
  'update-required': 'waits',
  'not-uploaded-yet': 'waits',
  'rate-limited': 'waits',
  'not-ready': 'waits',
  'service-error': 'waits',
  'service-did-not-start': 'waits',
  'untrusted-certificate': 'held',
  'unusable-address': 'held',
  'github-not-connected': 'held',
  'too-large': 'held',
  'name-taken': 'held',
  'not-found': 'held',
  'storage-full': 'held',
  unauthorized: 'held',
  rejected: 'held',
  'unproven-service': 'held',
  'token-lost': 'held',
  'unusable-service-address': 'held',
  internal: 'held',
} as Readonly<Partial<Record<string, Fate>>>;

export function fateOf(fault: Fault): Fate {
  if (fault.kind !== 'bad-response')
    return (Object.hasOwn(FATES, fault.kind) ? FATES[fault.kind] : undefined) ?? 'over';
  switch (fault.reason) {
    // Another program, or a portal in between: the service may be there again later.
    case 'web-page':
    case 'redirect':
    case 'not-linkify':
    case 'not-http':
      return 'waits';
    case 'not-json':
    case 'wrong-shape':
    case 'no-link':
    case 'unusable-link':
    case 'too-long':
    case 'unexpected-status':
      return 'held';
  }
}

/** What another service does better: there the fallback helps. */
export function helpsElsewhere(fault: Fault): boolean {
  return fateOf(fault) !== 'over' && fault.kind !== 'name-taken' && fault.kind !== 'internal';
}

/** How long the service asked to be left alone, in ms. */
export function retryAfterOf(fault: Fault): number | undefined {
  return fault.kind === 'rate-limited' || fault.kind === 'not-ready'
    ? fault.retryAfterMs
    : undefined;
}
