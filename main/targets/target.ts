import type { RecoveryId } from '../../preload/contract.ts';
import type { TextKey } from '../i18n/messages.ts';
import type { LinkCheckResult } from '../linkify/check-link.ts';
import type { LinkifyFault } from '../linkify/errors.ts';
import type {
  Account,
  CallOptions,
  LinkifyClient,
  Share,
  ShareItem,
  ShareStateResponse,
} from '../linkify/model.ts';
import type { ConfirmedOptions, OptionsChange, ShareOptions } from '../share-options.ts';
import type { SendJournal } from './send.ts';
import type { TargetId, TargetRef } from './target-ref.ts';

/** What a target can do besides creating and revoking links. */
export interface Capabilities {
  /** Expiration, one-time links and passwords. */
  readonly shareOptions: boolean;
  /** A revoked link can be restored for some seconds. */
  readonly restore: boolean;
  readonly rename: boolean;
  /** The options of a link can be changed after it was created. */
  readonly changeOptions: boolean;
  /** Tells how often a link was opened, and that a one-time link was. */
  readonly openCounts: boolean;
  /** Reports each open when it happens, so that its counts are never outdated. */
  readonly openEvents: boolean;
  /** Its links open on this network or this computer only; those of others open for anyone. */
  readonly localLinks: boolean;
  /** Creates one link for one idempotency key, however often it is asked. */
  readonly idempotencyKey: boolean;
  /** Revoking a link deletes its content too; elsewhere the assets are deleted one by one. */
  readonly deletesContent: boolean;
  /** Runs in this process: no network in between, and nothing outlives the app anywhere. */
  readonly inProcess: boolean;
  /** The host and port of its links change with the network; their path stays. */
  readonly movingAddress: boolean;
}

/** How a target is, with what the user can do about it. */
export interface TargetStatus {
  /** `absent`: not running, or not there; `unknown`: nobody has looked yet. */
  readonly state: 'ready' | 'unknown' | 'absent' | 'problem';
  /** One line: "Ready", "Cloud is starting". */
  readonly detail: TextKey;
  readonly recovery?: RecoveryId;
  /** Another user's program answers at its address: nothing is sent before the user decides. */
  readonly foreignPeer?: ForeignPeer;
  /** Why a server by URL can't be used. */
  readonly fault?: LinkifyFault;
  /** Whose access token it is, and its storage; only our own server tells. */
  readonly account?: Account;
}

export interface ForeignPeer {
  readonly port: number;
  /** `UNKNOWN_UID` where the system doesn't tell. */
  readonly uid: number;
}

/** What one share call needs besides items and options. */
export interface ShareCall extends Omit<CallOptions, 'shareOptions' | 'idempotencyKey'> {
  /** Name of a collection. */
  readonly name?: string | undefined;
  /** What earlier tries did, and where this one is noted; absent for a share that isn't stored. */
  readonly journal?: SendJournal | undefined;
}

export interface RevokeResult {
  /** Until when the link can be restored, in ms since 1970; absent: it is revoked for good. */
  readonly restorableUntilMs?: number;
}

/**
 * Where shares go. Three implementations: this computer, Pieces OS, a server by URL.
 * Methods reject with a LinkifyError or a SharingError.
 */
export interface Target {
  readonly id: TargetId;
  /** "This computer", "Pieces OS", "share.example:4100". */
  readonly name: string;
  /** What links and pending shares store of it. */
  readonly ref: TargetRef;
  /** `undefined`: a server by URL that has not answered yet; `connect` finds out. */
  readonly capabilities: Capabilities | undefined;
  readonly status: TargetStatus;

  /** Gets ready for a share: starts it, or connects. Afterwards the capabilities are known. */
  connect(call?: Pick<CallOptions, 'signal'>): Promise<void>;
  /** Fails if what made an earlier try fail still holds: one small request instead of an upload. */
  preflight(lastFault: { readonly kind: string } | undefined): Promise<void>;
  /** Creates one link: assets first, then the link over them, in this order. */
  share(items: readonly ShareItem[], options: ShareOptions, call: ShareCall): Promise<Share>;
  /**
   * The link of an earlier try whose response was lost.
   * @param assetIds of that try, all of them, in order
   * @returns `undefined` if there is none; rejects when the target doesn't tell
   */
  find(assetIds: readonly string[]): Promise<Share | undefined>;
  /** @param isFinal without a way to restore it */
  revoke(shareId: string, isFinal: boolean): Promise<RevokeResult>;
  /** Restores a revoked link in time; `not-found` afterwards. */
  restore(shareId: string): Promise<void>;
  /** Whether a share can be opened, or how it ended; where a revoked link can be restored. */
  stateOf(shareId: string): Promise<ShareStateResponse['state']>;
  deleteAsset(assetId: string): Promise<void>;
  /** @returns the name that it has then */
  rename(shareId: string, name: string): Promise<string>;
  /**
   * Changes options of an active share; `not-found` for another one, `maximum-reached` if it was
   * opened as often as its new maximum allows.
   * @returns all of its options
   */
  changeOptions(shareId: string, change: OptionsChange): Promise<ConfirmedOptions>;
  /** Follows a link as a stranger would. */
  checkLink(link: string, method: 'GET' | 'HEAD'): Promise<LinkCheckResult>;
  /**
   * Calls back when it may be reachable again, without asking it anything.
   * @returns how to stop; `undefined` where there is no such sign
   */
  onReachable(listener: () => void): (() => void) | undefined;
  /** For what only the Linkify API has: sign-in, cloud, update, lists. */
  client(): Promise<LinkifyClient>;
}
