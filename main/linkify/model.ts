/**
 * What the rest of the app knows of the Linkify API: its own shapes, not the wire's
 * (those stop in wire.ts).
 */

import type { ShareOptions } from '../share-options.ts';

/** One thing to share, as the client takes it. */
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
      /** Opens the content anew; called once a try. Rejects when it cannot be read any more. */
      open(): AsyncIterable<Uint8Array>;
      /** The file of the person's own that it is, as it was found; absent for what is in memory. */
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
  /** As the service says, in ms since 1970; absent where it is no date. */
  readonly createdAtMs?: number;
  /** What holds for it; the built-in service tells. */
  readonly terms?: KeptTerms;
}

/** What holds for a share, as the built-in service says. Times in ms since 1970. */
export interface KeptTerms {
  /** Absent: it does not end by itself. */
  readonly expiresAtMs?: number;
  /** Nothing is shown before this. */
  readonly opensAtMs?: number;
  readonly once: boolean;
  readonly password: boolean;
  /** How often it was opened. */
  readonly views: number;
  readonly lastViewedAtMs?: number;
}

/** An asset on the service. `raw` is the JSON as it came, which /linkify wants back whole. */
export interface Asset {
  readonly id: string;
  readonly name?: string;
  readonly raw: Readonly<Record<string, unknown>>;
}

export type CloudState =
  | 'unknown'
  | 'pending'
  | 'running'
  | 'failed'
  | 'succeeded'
  | 'disconnected'
  | 'never-connected';

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
  /** Only our own server knows them; others never see them. */
  readonly shareOptions?: ShareOptions;
  /** Our own server creates one link for one key, however often it is asked. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  /** Called as the body goes out, at most every 100 ms and once at the end; in bytes of what is shared. */
  readonly onProgress?: (sentBytes: number, totalBytes: number) => void;
  /** Told once when the service has everything, and still stores it before it makes the link. */
  readonly onUploading?: () => void;
}

/** What became of a share. */
export interface ShareFate {
  /** `spent`: it opened once, and was opened. */
  readonly state: 'live' | 'closed' | 'revoked' | 'expired' | 'spent';
  /** In ms since 1970. */
  readonly endedAtMs?: number;
}

/** What our own service can do beyond the API. Every method rejects with a LinkifyError. */
export interface OwnCalls {
  /** Gives a share another end, in seconds from now; `null`: none. */
  changeExpiry(
    shareId: string,
    expiresInSeconds: number | null,
    options?: CallOptions,
  ): Promise<Share>;
  /** Gives a share another name, of 1 to 200 characters; answers the name that it has then. */
  rename(shareId: string, name: string, options?: CallOptions): Promise<string>;
  /**
   * Revokes a share with a way back: it opens no more, and ends for good at the answered time, in
   * ms since 1970, unless it is reopened before.
   */
  close(shareId: string, options?: CallOptions): Promise<number>;
  /** Takes a close back within its time; rejects with `not-found` afterwards. */
  reopen(shareId: string, options?: CallOptions): Promise<void>;
  fate(shareId: string, options?: CallOptions): Promise<ShareFate>;
  /** How much all shares take, and how much they may. */
  usage(
    options?: CallOptions,
  ): Promise<{ readonly usedBytes: number; readonly quotaBytes: number }>;
}

/** A client of one service. Every method rejects with a LinkifyError, and with nothing else. */
export interface LinkifyClient {
  readonly baseUrl: string;
  /** For our own server only; another one answers `not-found` or the like. */
  readonly own: OwnCalls;
  /** Version and installation id of the service, once health and version both look right. */
  check(
    options?: CallOptions,
  ): Promise<{ readonly version: string; readonly installation?: string }>;
  /**
   * Connects as an application; done once per client and kept, redone after 400 or 401.
   * The answer tells whether the server is our own, which can do more than the API.
   */
  connect(options?: CallOptions): Promise<{ readonly isOurServer: boolean }>;
  /** Who is signed in; `null` when nobody is. */
  user(options?: CallOptions): Promise<SignedInUser | null>;
  createAsset(item: ShareItem, options?: CallOptions): Promise<Asset>;
  deleteAsset(assetId: string, options?: CallOptions): Promise<void>;
  /** Makes a link for one thing in one call (the asset is made on the way). */
  linkify(item: ShareItem, options?: CallOptions): Promise<Share>;
  /** Makes a link for an asset that exists. */
  linkifyAsset(asset: Asset, options?: CallOptions): Promise<Share>;
  /** Makes one link for assets that exist, in this order. */
  linkifyMultiple(
    assetIds: readonly string[],
    name: string | undefined,
    options?: CallOptions,
  ): Promise<Share>;
  /** Makes a link dead. A link that the service no longer knows counts as dead. */
  revoke(shareId: string, options?: CallOptions): Promise<void>;
  shares(options?: CallOptions): Promise<readonly Share[]>;
  /** Has the service open its sign-in page; answers when the person is done (2 minutes at most). */
  signIn(options?: CallOptions): Promise<void>;
  /** Connects the signed-in person's cloud and waits until it runs (2 minutes at most). */
  connectCloud(options?: CallOptions): Promise<void>;
  /** Has the service connect a GitHub account. */
  linkGitHub(options?: CallOptions): Promise<void>;
  /** Has the service look for an update of itself, and answers what it says. */
  checkForUpdate(options?: CallOptions): Promise<UpdateState>;
}

/** What a client of a whole service can do besides: look at one share, and be put to rest. */
export interface LinkifyService extends LinkifyClient {
  /**
   * Connects and looks who is signed in, both at once: one round trip where the service needs no
   * connection for the second. Answers as `user` does.
   */
  hello(options?: CallOptions): Promise<SignedInUser | null>;
  /** One share as it is now; rejects with `not-found` when the service no longer knows it. */
  share(shareId: string, options?: CallOptions): Promise<Share>;
  /** Closes idle connections; calls still work after it. */
  close(): void;
}
