import type { MessageKey, TextKey } from '../../../main/i18n/messages.ts';
import type { RecoveryId } from '../../../preload/contract.ts';
import type { Label } from './failure-rows.ts';

/** What happens to a share: it is pending, needs a decision, or ends. */
export type Kept = 'waits' | 'held' | 'over';

/** What a person reads of a share that failed, where a service of their own is in use. */
export interface FailureOutcome {
  /** The message of its title; several where that depends on more than the label. */
  readonly title: readonly TextKey[];
  /** The messages that it is made of; several where that depends on more than the label. */
  readonly sentence: readonly (readonly MessageKey[])[];
  readonly action: RecoveryId;
  readonly kept: Kept;
}

/** One for each state of a cloud that a service may be in. */
const CLOUD = [
  { title: 'cloudNeverTitle', sentence: 'cloudNever' },
  { title: 'cloudDisconnectedTitle', sentence: 'cloudDisconnected' },
  { title: 'cloudFailedTitle', sentence: 'cloudFailed' },
  { title: 'cloudPendingTitle', sentence: 'cloudPending' },
  { title: 'cloudUnknownTitle', sentence: 'cloudUnknown' },
  { title: 'cloudRefusedTitle', sentence: 'cloudRunning' },
  { title: 'cloudRefusedTitle', sentence: 'cloudSucceeded' },
] as const;

/** By what the client makes of it. A doubt, or a stray link, adds a sentence or changes the button. */
export const OUTCOMES: Readonly<Record<Exclude<Label, NeverOfAShare>, FailureOutcome>> = {
  unreachable: {
    title: ['customDownTitle'],
    sentence: [['customDown']],
    action: 'use-built-in',
    kept: 'waits',
  },
  'timed-out': {
    title: ['timedOutTitle'],
    sentence: [['timedOut', 'mayExistPending']],
    action: 'retry',
    kept: 'waits',
  },
  'connection-lost': {
    title: ['lostTitle'],
    sentence: [
      ['lost', 'mayExistPending'],
      ['lost', 'notSharedYet'],
    ],
    action: 'retry',
    kept: 'waits',
  },
  'untrusted-certificate': {
    title: ['certificateTitle'],
    sentence: [['certificate']],
    action: 'use-built-in',
    kept: 'held',
  },
  'sign-in-required': {
    title: ['signInTitle'],
    sentence: [['signIn']],
    action: 'sign-in',
    kept: 'waits',
  },
  'cloud-not-connected': {
    title: CLOUD.map(({ title }) => title),
    sentence: CLOUD.map(({ sentence }) => [sentence, 'orUseBuiltIn']),
    action: 'connect-cloud',
    kept: 'waits',
  },
  'github-not-connected': {
    title: ['gitHubTitle'],
    sentence: [['gitHub']],
    action: 'connect-github',
    kept: 'held',
  },
  'update-required': {
    title: ['oldTitle'],
    sentence: [['old']],
    action: 'update-service',
    kept: 'waits',
  },
  'too-large': {
    title: ['tooLargeTitle'],
    sentence: [
      ['tooLargeSize', 'useBuiltInOrSmaller'],
      ['tooLargeBoth', 'useBuiltInOrSmaller'],
      ['tooLargeLimit', 'useBuiltInOrSmaller'],
      ['tooLarge', 'useBuiltInOrSmaller'],
    ],
    action: 'use-built-in',
    kept: 'held',
  },
  'name-taken': {
    title: ['nameTakenTitle'],
    sentence: [['nameTaken']],
    action: 'choose-name',
    kept: 'held',
  },
  'not-uploaded-yet': {
    title: ['uploadingTitle'],
    sentence: [['uploading']],
    action: 'retry',
    kept: 'waits',
  },
  'not-found': {
    title: ['goneTitle'],
    sentence: [['gone']],
    action: 'retry',
    kept: 'held',
  },
  'rate-limited': {
    title: ['rateTitle'],
    sentence: [['rate'], ['rateUntil']],
    action: 'retry',
    kept: 'waits',
  },
  'storage-full': {
    title: ['fullTitle'],
    sentence: [['full']],
    action: 'retry',
    kept: 'held',
  },
  'not-ready': {
    title: ['notReadyTitle'],
    sentence: [
      ['notReady', 'mayExistPending'],
      ['notReady', 'notSharedYet'],
      ['notReady', 'rate'],
      ['notReady', 'rateUntil'],
    ],
    action: 'retry',
    kept: 'waits',
  },
  'service-error': {
    title: ['errorTitle'],
    sentence: [['error', 'mayExistPending', 'updateIfAgain']],
    action: 'update-service',
    kept: 'waits',
  },
  unauthorized: {
    title: ['tokenTitle'],
    sentence: [['token']],
    action: 'choose-service',
    kept: 'held',
  },
  rejected: {
    title: ['rejectedTitle'],
    sentence: [['rejected', 'useAnother']],
    action: 'use-built-in',
    kept: 'held',
  },
  'not-json': {
    title: ['unreadableResponseTitle'],
    sentence: [['responseNotJson', 'mayExistPending']],
    action: 'use-built-in',
    kept: 'held',
  },
  'wrong-shape': {
    title: ['unreadableResponseTitle'],
    sentence: [['responseIncomplete', 'mayExistPending']],
    action: 'use-built-in',
    kept: 'held',
  },
  'no-link': {
    title: ['responseNoLinkTitle'],
    sentence: [
      ['responseNoLink', 'mayExistPending'],
      ['responseNoLink', 'revokeStray'],
    ],
    action: 'use-built-in',
    kept: 'held',
  },
  'unusable-link': {
    title: ['responseUnsafeLinkTitle'],
    sentence: [['responseUnsafeLink', 'revokeStray']],
    action: 'revoke',
    kept: 'held',
  },
  redirect: {
    title: ['responseRedirectTitle'],
    sentence: [['responseRedirect', 'notSharedYet']],
    action: 'choose-service',
    kept: 'waits',
  },
  'web-page': {
    title: ['notLinkifyTitle'],
    sentence: [['responseWebPage', 'notSharedYet']],
    action: 'choose-service',
    kept: 'waits',
  },
  'too-long': {
    title: ['responseTooLongTitle'],
    sentence: [['responseTooLong', 'mayExistPending']],
    action: 'use-built-in',
    kept: 'held',
  },
  'unexpected-status': {
    title: ['responseStatusTitle'],
    sentence: [['responseStatus', 'mayExistPending']],
    action: 'use-built-in',
    kept: 'held',
  },
  'not-linkify': {
    title: ['notLinkifyTitle'],
    sentence: [['responseNotLinkify', 'notSharedYet']],
    action: 'choose-service',
    kept: 'waits',
  },
  'not-http': {
    title: ['notLinkifyTitle'],
    sentence: [['responseNotHttp', 'mayExistPending']],
    action: 'choose-service',
    kept: 'waits',
  },
  cancelled: {
    title: ['cancelledTitle'],
    sentence: [['cancelled']],
    action: 'dismiss',
    kept: 'over',
  },
};

/** An address that is never used, and a file of the person's own: no service does that. */
type NeverOfAShare = 'unusable-address' | 'unreadable-content' | 'unverified-peer';
