/**
 * The Linkify API as the rest of the app sees it. The JSON on the wire is in wire.ts.
 */

import type { ConfirmedOptions, OptionsChange, ShareEnd, ShareOptions } from '../share-options.ts';

/** One item to share. */
export type ShareItem =
  | {
      readonly kind: 'text';
      /** Shown as the share's title; 200 characters at most. */
      readonly name: string;
      readonly text: string;
      /** File extension without a dot, where it is known; the service detects it otherwise. */
      readonly ext?: string;
    }
  | {
      readonly kind: 'file';
      /** File name with its extension. */
      readonly name: string;
      readonly sizeBytes: number;
      /** Opens the content; called once per try. Rejects when it can no longer be read. */
      open(): AsyncIterable<Uint8Array>;
      /** The user's file that it is read from; absent for content in memory. */
      readonly origin?: {
        readonly path: string;
        readonly modifiedMs: number;
        /** Its location data is left out when it is read. */
        readonly withoutLocation?: boolean;
      };
    };

export interface Share {
  readonly id: string;
  /** Checked: http(s), at most 2,048 characters, no credentials, no control characters. */
  readonly link: string;
  readonly name?: string;
  /** Ids of the assets behind it, in order. */
  readonly assetIds: readonly string[];
  /** In ms since 1970; absent if the service sent no valid date. */
  readonly createdAtMs?: number;
  /** Sent by our own server only. */
  readonly extension?: ShareExtension;
}

/** What our own server sends of a share that exists: its options, and how often it was opened. */
export interface ShareExtension extends ConfirmedOptions {
  /** Number of opens. */
  readonly views: number;
  /** In ms since 1970. */
  readonly lastViewedAtMs?: number;
}

/** An asset on the service. `raw` is the JSON as it came, which /linkify wants back whole. */
export interface Asset {
  readonly id: string;
  readonly name?: string;
  readonly raw: Readonly<Record<string, unknown>>;
}

export const CLOUD_STATES = [
  'unknown',
  'pending',
  'running',
  'failed',
  'succeeded',
  'disconnected',
  'never-connected',
] as const;
export type CloudState = (typeof CLOUD_STATES)[number];

export interface SignedInUser {
  readonly id: string;
  readonly name?: string;
  readonly cloud: CloudState;
  /** The profile as it came: /allocations/connect wants it back whole. */
  readonly raw: Readonly<Record<string, unknown>>;
}

export interface UpdateState {
  readonly status:
    | 'unknown'
    | 'up-to-date'
    | 'available'
    | 'downloading'
    | 'ready-to-restart'
    | 'reinstall-required'
    | 'contact-support';
  /** 0 to 100, where the service tells. */
  readonly percentage?: number;
}

export interface CallOptions {
  /** Only our own server knows them; no other service gets them. */
  readonly shareOptions?: ShareOptions;
  /** Our own server creates one link for one key, however often it is asked. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  /** Called as the body goes out, at most every 100 ms and once at the end; in bytes of what is shared. */
  readonly onProgress?: (sentBytes: number, totalBytes: number) => void;
  /** Called once when the service has received everything and still stores it, before it creates the link. */
  readonly onUploading?: () => void;
}

/** Whether a share can still be opened. */
export interface ShareStateResponse {
  readonly state: 'active' | 'closed' | ShareEnd;
  /** In ms since 1970. */
  readonly endedAtMs?: number;
}

/** Whose access token it is, and their storage; of the server's own token, all of the server. */
export interface Account {
  /** 1 to 64 characters; absent for the server's own token. */
  readonly name?: string;
  readonly usedBytes: number;
  /** Absent for a user without a storage limit. */
  readonly quotaBytes?: number;
}

/** What our own server offers beyond the API. Every method rejects with a LinkifyError. */
export interface ServerExtensions {
  /**
   * Changes options of an active share. Rejects with `not-found` for another one, and with 409 for
   * a maximum that its opens have reached.
   */
  changeOptions(shareId: string, change: OptionsChange, options?: CallOptions): Promise<Share>;
  /** Renames a share, 1 to 200 characters. @returns its name then */
  rename(shareId: string, name: string, options?: CallOptions): Promise<string>;
  /**
   * Revokes a share so that `reopen` can undo it. @returns until when, in ms since 1970
   */
  close(shareId: string, options?: CallOptions): Promise<number>;
  /** Undoes a close within its time; rejects with `not-found` afterwards. */
  reopen(shareId: string, options?: CallOptions): Promise<void>;
  /** Whether a share can be opened, or how and when it ended. */
  state(shareId: string, options?: CallOptions): Promise<ShareStateResponse>;
  /** The storage used by all shares, and its limit. */
  usage(
    options?: CallOptions,
  ): Promise<{ readonly usedBytes: number; readonly quotaBytes: number }>;
  /** Whose access token it is, and their storage. */
  account(options?: CallOptions): Promise<Account>;
}

/** A client of one service. Every method rejects with a LinkifyError, and with nothing else. */
export interface LinkifyClient {
  readonly baseUrl: string;
  /** For our own server only; another one answers `not-found` or the like. */
  readonly own: ServerExtensions;
  /** Version and installation id of the service, once health and version both look right. */
  check(
    options?: CallOptions,
  ): Promise<{ readonly version: string; readonly installation?: string }>;
  /**
   * Connects as an application; done once per client and kept, redone after 400 or 401.
   * The answer tells whether the server is our own, which can do more than the API.
   */
  connect(options?: CallOptions): Promise<{ readonly isOurServer: boolean }>;
  /** The user who is signed in; `null`: none. */
  user(options?: CallOptions): Promise<SignedInUser | null>;
  createAsset(item: ShareItem, options?: CallOptions): Promise<Asset>;
  deleteAsset(assetId: string, options?: CallOptions): Promise<void>;
  /** Creates a link for one item. */
  linkify(item: ShareItem, options?: CallOptions): Promise<Share>;
  /** Creates a link for an asset that exists. */
  linkifyAsset(asset: Asset, options?: CallOptions): Promise<Share>;
  /** Creates one link for assets that exist, in this order. */
  linkifyMultiple(
    assetIds: readonly string[],
    name: string | undefined,
    options?: CallOptions,
  ): Promise<Share>;
  /** Revokes a link. A link that the service doesn't know counts as revoked. */
  revoke(shareId: string, options?: CallOptions): Promise<void>;
  shares(options?: CallOptions): Promise<readonly Share[]>;
  /** Has the service open its sign-in page; resolves after the sign-in (2 minutes at most). */
  signIn(options?: CallOptions): Promise<void>;
  /** Connects the cloud of the user and waits until it runs (2 minutes at most). */
  connectCloud(options?: CallOptions): Promise<void>;
  /** Has the service connect a GitHub account. */
  linkGitHub(options?: CallOptions): Promise<void>;
  /** Has the service check for an update of itself. */
  checkForUpdate(options?: CallOptions): Promise<UpdateState>;
}

/** A client with what only the app itself needs: one share, and closing. */
export interface LinkifyService extends LinkifyClient {
  /**
   * Connects and reads the user at the same time: one round trip where the service needs no
   * connection for the second. Resolves as `user` does.
   */
  connectAndReadUser(options?: CallOptions): Promise<SignedInUser | null>;
  /** One share as it is now; rejects with `not-found` when the service doesn't know it. */
  share(shareId: string, options?: CallOptions): Promise<Share>;
  /** Closes idle connections; calls still work after it. */
  close(): void;
}
