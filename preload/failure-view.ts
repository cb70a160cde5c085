/** Failures cross as data, for a thrown error loses all but its message on the way. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: FailureView };

/** What the user can do about a failure. One id per button. */
export const RECOVERY_IDS = [
  'retry',
  'use-built-in',
  'sign-in',
  'connect-cloud',
  'connect-github',
  'update-service',
  'start-pieces',
  'get-pieces',
  'stop-waiting',
  'choose-name',
  'choose-service',
  'choose-shortcut',
  'show-storage',
  'decide',
  'revoke',
  'copy-link',
  'open-window',
  'check-for-updates',
  'get-update',
  'dismiss',
] as const;
export type RecoveryId = (typeof RECOVERY_IDS)[number];

/** A failure as shown to the user: message and action. */
export interface FailureView {
  /** Stable name of the cause, such as `unreachable`; notifications of one cause replace each other. */
  readonly cause: string;
  /** A few words, without a full stop: the notification's title. */
  readonly title: string;
  /** One or two sentences: what happened, and what to do. */
  readonly sentence: string;
  /** The most helpful thing to do, where there is one. */
  readonly action?: { readonly id: RecoveryId; readonly label: string };
  /** The link that could not be revoked: "Try again" is about that. */
  readonly linkId?: string;
}
