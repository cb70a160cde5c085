import type { ConfirmedOptions, ShareEnd } from '../main/share-options.ts';

export type ContentKind = 'text' | 'code' | 'image' | 'file' | 'collection';

/** A link in the list of recent links. */
export interface LinkView extends ConfirmedOptions {
  /** The share's id, as the service that made it named it. */
  readonly id: string;
  readonly kind: ContentKind;
  /** First words of a text, or a file's or collection's name; 200 characters at most. */
  readonly title: string;
  /** What was shared, in bytes. */
  readonly sizeBytes: number;
  /** Number of things behind the link; 1 but for a collection. */
  readonly count: number;
  readonly link: string;
  /** Which service made it, in words ("This computer", "Pieces OS"). */
  readonly serviceName: string;
  /** Why this computer created it instead of Pieces OS ("Pieces OS: Not signed in"). */
  readonly serviceNote?: string;
  /** Where a thumbnail of an image is to be had. */
  readonly thumbnail?: string;
  /** When it was made, in ms since 1970. */
  readonly createdAtMs: number;
  /** `revoke-pending`: revoked by itself once its service can do it; it may open until then. */
  readonly state: 'active' | 'revoking' | 'revoke-pending' | 'revoked' | 'failed';
  /** Whether the share can still be undone: within 60 seconds after it was made. */
  readonly canUndo: boolean;
  /** Whether a revoke of it can be undone for some seconds. */
  readonly revokesWithUndo?: boolean;
  /** Revoked, and to be restored until then, in ms since 1970; absent when it cannot be. */
  readonly restorableUntilMs?: number;
  /** How often others opened it, where the service tells. */
  readonly opens?: number;
  /** When it was opened last, in ms since 1970. */
  readonly lastOpenedAtMs?: number;
  /** When it was revoked, or was seen to have ended, in ms since 1970. */
  readonly revokedAtMs?: number;
  /** How it ended by itself, and when, in ms since 1970. */
  readonly ended?: { readonly how: ShareEnd; readonly atMs: number };
  /** Whether its name and its options can be changed. */
  readonly canChange?: boolean;
  /** When the app last saw for itself that a revoked link is dead, in ms since 1970. */
  readonly confirmedRevokedAtMs?: number;
  /** When the app last saw for itself that the link opens, in ms since 1970. */
  readonly confirmedActiveAtMs?: number;
  /** Verification of a revoked link until it is confirmed that it no longer opens. */
  readonly revokeVerification?: 'checking' | 'still-opens' | 'check-failed';
}
