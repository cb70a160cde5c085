import type { ShareEnd } from '../../../share-options.ts';
import type { AssetRecord, ShareRecord } from '../model.ts';
import { storedOptionsFrom } from '../stored-options.ts';

/** Rows as statements of the catalog select them, and what they stand for. */

export interface ShareRow {
  readonly pk: number;
  readonly id: string;
  readonly is_collection: number;
  readonly name: string | null;
  readonly created_at: number;
  readonly expires_at: number | null;
  readonly opens_at: number | null;
  readonly options: string;
  readonly request: string | null;
  readonly owner: string | null;
  readonly closed_at: number | null;
  readonly closed_until: number | null;
  readonly closed_how: ShareEnd | null;
  readonly ended: ShareEnd | null;
  readonly ended_at: number | null;
  /** One row for each asset; absent for what has ended. */
  readonly asset_id: string | null;
}

export interface AssetRow {
  readonly id: string;
  readonly name: string;
  readonly form: AssetRecord['form'];
  readonly ext: string | null;
  readonly size_bytes: number;
  readonly created_at: number;
  readonly deleted_at: number | null;
  readonly sha256: string | null;
  readonly owner: string | null;
}

/** @param rows one for each asset of each share; those of a share stand together */
export function sharesFrom(rows: readonly ShareRow[]): readonly ShareRecord[] {
  const shares: ShareRecord[] = [];
  let pk: number | undefined;
  let assetIds: string[] = [];
  for (const row of rows) {
    if (row.pk !== pk) {
      pk = row.pk;
      assetIds = [];
      shares.push(shareOf(row, assetIds));
    }
    if (row.asset_id !== null) assetIds.push(row.asset_id);
  }
  return shares;
}

function shareOf(row: ShareRow, assetIds: readonly string[]): ShareRecord {
  return {
    id: row.id,
    assetIds,
    collection: row.is_collection === 1,
    ...(row.name === null ? {} : { name: row.name }),
    createdAtMs: row.created_at,
    ...(row.expires_at === null ? {} : { expiresAtMs: row.expires_at }),
    ...(row.opens_at === null ? {} : { opensAtMs: row.opens_at }),
    options: storedOptionsFrom(row.options),
    ...(row.request === null ? {} : { request: row.request }),
    ...(row.owner === null ? {} : { owner: row.owner }),
    ...(row.closed_at === null || row.closed_until === null || row.closed_how === null
      ? {}
      : { closed: { fromMs: row.closed_at, untilMs: row.closed_until, how: row.closed_how } }),
  };
}

export function assetFrom(row: AssetRow): AssetRecord {
  return {
    id: row.id,
    name: row.name,
    form: row.form,
    ...(row.ext === null ? {} : { ext: row.ext }),
    sizeBytes: row.size_bytes,
    content: row.sha256 === null ? { at: 'record' } : { at: 'blob', key: row.sha256 },
    createdAtMs: row.created_at,
    ...(row.owner === null ? {} : { owner: row.owner }),
  };
}
