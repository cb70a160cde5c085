import type { ShareEnd } from '../../share-options.ts';
import type { StoredOptions } from './stored-options.ts';

/** What the server stores. Times in ms since 1970, sizes in bytes. */

/** Where an asset's bytes are: small ones beside the metadata, others in a blob of their own. */
export type ContentPlace =
  | { readonly at: 'record' }
  | { readonly at: 'blob'; readonly key: string };

export interface AssetRecord {
  readonly id: string;
  /** What the sender called it; may be empty. */
  readonly name: string;
  /** `text` for what came as a string, `file` for what came as bytes. */
  readonly form: 'text' | 'file';
  /** Lower case, without a dot; absent where nobody said. */
  readonly ext?: string;
  readonly sizeBytes: number;
  readonly content: ContentPlace;
  readonly createdAtMs: number;
  /** The id of the user whose it is; absent for the server's own token. */
  readonly owner?: string;
}

export interface ShareRecord {
  /** 128 random bits: whoever knows it can open the share. */
  readonly id: string;
  /** In order; one, but for a collection. */
  readonly assetIds: readonly string[];
  readonly collection: boolean;
  /** A collection's name, unique among the live ones. */
  readonly name?: string;
  readonly createdAtMs: number;
  /** Absent: never. */
  readonly expiresAtMs?: number;
  /** Nothing is served before this: the sender may still take the link back unseen. */
  readonly opensAtMs?: number;
  readonly options: StoredOptions;
  /** The id of the user whose it is; absent for the server's own token. */
  readonly owner?: string;
  /** Of a request with an `Idempotency-Key`: what tells it from others with the same key. */
  readonly request?: string;
  /** Nothing is served to new visitors, and nothing is deleted yet. */
  readonly closed?: ClosedRecord;
}

export interface ClosedRecord {
  readonly fromMs: number;
  readonly untilMs: number;
  /** How it ends then. Only a revoked share can be reopened. */
  readonly how: ShareEnd;
}

/** What is stored of a new share's options, and of the request that creates it. */
export type NewShareOptions = Partial<
  Pick<ShareRecord, 'expiresAtMs' | 'opensAtMs' | 'options' | 'request' | 'owner'>
> & {
  /** The share's id, where it is derived from its request; a random one otherwise. */
  readonly id?: string;
};

/** What is left of a share or an asset that has ended: its id and its end, nothing of its content. */
export interface Tombstone {
  readonly id: string;
  readonly ended: ShareEnd | 'deleted';
  readonly endedAtMs: number;
  /** Of a share: its options, without the password. */
  readonly options?: StoredOptions;
}

export function isTombstone<T extends object>(record: T | Tombstone): record is Tombstone {
  return 'endedAtMs' in record;
}

/** How often a share was opened, and when first and last, in ms since 1970. */
export interface OpenStats {
  readonly count: number;
  readonly firstAtMs?: number;
  readonly lastAtMs?: number;
}

export interface LargeShare {
  readonly share: ShareRecord;
  /** Its first asset, which has the name of a share that is no collection. */
  readonly asset: AssetRecord;
  /** What its contents are together; the same content may belong to another share, too. */
  readonly sizeBytes: number;
}

/** Events of the store. Times in ms since 1970. */
export interface ShareEvents {
  /** This share, or an asset of it, has changed or ended, here or at another process: what was rendered is stale. */
  changed: [shareId: string];
  /** Changes may have been missed: what was rendered or read before is stale. */
  missed: [];
  /** A share was created, and that is on disk. */
  created: [];
  /** One more open was counted; emitted for each, with or without listeners to `opened`. */
  counted: [];
  /** A share was opened. */
  opened: [opened: ShareOpened];
  /** A share ends by itself at this time. */
  due: [endsAtMs: number];
  /** A share has ended, and that is on disk. */
  ended: [ended: ShareEnded];
}

export interface ShareOpened {
  readonly shareId: string;
  readonly count: number;
  readonly lastAtMs: number;
  /** It was the last open that the share had: it ends then. */
  readonly closedUntilMs?: number;
}

export interface ShareEnded {
  readonly shareId: string;
  readonly how: ShareEnd;
  readonly atMs: number;
}
