import type { Fault } from './faults.ts';

/**
 * How a failed share is sent again: `automatic` without the user, after a `decision` of the user, or
 * `never`, because there is nothing left to send or the user cancelled it.
 */
export type RetryPolicy = 'automatic' | 'decision' | 'never';

const POLICIES = {
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
  'unusable-address': 'decision',
  'untrusted-certificate': 'decision',
  'github-not-connected': 'decision',
  'too-large': 'decision',
  'name-taken': 'decision',
  'not-found': 'decision',
  'storage-full': 'decision',
  unauthorized: 'decision',
  rejected: 'decision',
  'unverified-service': 'decision',
  'token-lost': 'decision',
  'unusable-service-address': 'decision',
  internal: 'decision',
  'unreadable-content': 'never',
  cancelled: 'never',
  'nothing-to-share': 'never',
  'unsupported-content': 'never',
  concealed: 'never',
  'looks-like-secret': 'never',
  'has-location': 'never',
  'unreadable-file': 'never',
  'remote-file': 'never',
  'special-file': 'never',
  'some-unreadable': 'never',
  'folder-too-large': 'never',
  'folder-empty': 'never',
  'too-many-items': 'never',
  'options-not-applied': 'never',
  'one-time-collection': 'never',
  'maximum-reached': 'never',
  'link-inactive': 'never',
  'service-update': 'never',
  'file-changed': 'never',
  'pending-expired': 'never',
  'share-interrupted': 'never',
  'not-pending': 'never',
  'outbox-unreadable': 'never',
  'already-sharing': 'never',
  'unknown-link': 'never',
  'clip-not-found': 'never',
  'unknown-question': 'never',
  'link-is-active': 'never',
  'clipboard-busy': 'never',
  'clipboard-needs-focus': 'never',
  'link-not-copied': 'never',
  'shortcut-taken': 'never',
  'shortcut-duplicate': 'never',
  'shortcut-not-detected': 'never',
  'shortcut-unusable': 'never',
  'shortcut-denied': 'never',
  'keyboard-settings-not-changed': 'never',
  'nothing-to-revoke': 'never',
  'undo-expired': 'never',
  'already-a-link': 'never',
  'restore-expired': 'never',
  'not-restored': 'never',
  'links-port-taken': 'never',
  'store-set-aside': 'never',
  'settings-invalid': 'never',
  'settings-foreign': 'never',
  'settings-newer': 'never',
  'store-not-saved': 'never',
  'links-full': 'never',
  'settings-file-unusable': 'never',
  'settings-not-exported': 'never',
  'login-not-changed': 'never',
  'update-not-checked': 'never',
  'update-rejected': 'never',
  'update-not-downloaded': 'never',
  'update-not-installed': 'never',
  'update-rolled-back': 'never',
} as const satisfies Readonly<Record<Exclude<Fault['kind'], 'bad-response'>, RetryPolicy>>;

/** How a share that failed with this fault is sent again. */
export function retryPolicyOf(fault: Fault): RetryPolicy {
  if (fault.kind !== 'bad-response') return POLICIES[fault.kind];
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
export function isFallbackUseful(fault: Fault): boolean {
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
