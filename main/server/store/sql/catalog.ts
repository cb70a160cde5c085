import { hash } from 'node:crypto';
import type { AssetRecord, OpenStats, ShareRecord, Tombstone } from '../model.ts';
import { CLOCK_STEP_MS } from '../share-life.ts';
import { StoreError } from '../store-error.ts';
import { storedOptionsFrom } from '../stored-options.ts';
import { type AssetRow, assetFrom, type ShareRow, sharesFrom } from './catalog-rows.ts';
import type { Sql, Value } from './database.ts';

const SHARE = `shares.pk, shares.id, shares.is_collection, shares.name, shares.created_at,
  shares.expires_at, shares.opens_at, shares.options, shares.request, shares.owner, shares.closed_at,
  shares.closed_until, shares.closed_how, shares.ended, shares.ended_at,
  assets.id as asset_id`;
const WITH_ASSETS = `left join share_assets on share_assets.share_pk = shares.pk
  left join assets on assets.pk = share_assets.asset_pk`;
const ASSET = `assets.id, assets.name, assets.form, assets.ext, assets.size_bytes,
  assets.created_at, assets.deleted_at, assets.sha256, assets.owner`;
export const WITHOUT_SHARE = 'not exists (select 1 from share_assets where asset_pk = assets.pk)';
export const THIS_ASSET = '(select pk from assets where id = ?)';

/** Shares or assets for which it is time, as a select of their ids. */
export interface Due {
  readonly select: string;
  readonly values: readonly Value[];
}

/** Shares that have expired, and are not closed. */
export const expired = (nowMs: number): Due => ({
  select: 'select id from shares where expires_at <= ? and closed_until is null',
  values: [nowMs],
});

/** Closed shares that can't be restored any more. @see endDue */
export const closedUntil = (nowMs: number): Due => ({
  select: `select id from shares where closed_until is not null
    and (closed_until <= ? or closed_at > ? or expires_at <= ?)`,
  values: [nowMs, nowMs + CLOCK_STEP_MS, nowMs],
});

export const allClosed: Due = {
  select: 'select id from shares where closed_until is not null',
  values: [],
};

/** A user's shares that aren't closed, which an index has; closed ones end with their contents. */
export const sharesOfUser = (owner: string): Due => ({
  select: 'select id from shares where owner = ? and ended is null and closed_until is null',
  values: [owner],
});

/** All contents that a user still has. */
export const assetsOfUser = (owner: string): Due => ({
  select: 'select id from assets where owner = ? and deleted_at is null',
  values: [owner],
});

/** Assets that have waited for a share since this time or longer. */
export const unsharedSince = (beforeMs: number): Due => ({
  select: 'select id from assets where unshared_since < ?',
  values: [beforeMs],
});

/** What is read of shares and assets. @see CatalogChanges */
export class Catalog {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async share(id: string): Promise<ShareRecord | Tombstone | undefined> {
    const rows = await this.#sql.all<ShareRow>(
      `select ${SHARE} from shares ${WITH_ASSETS} where shares.id_hash = ? order by position`,
      hashOf(id),
    );
    const [first] = rows;
    if (first === undefined) return undefined;
    if (first.ended === null) return sharesFrom(rows)[0];
    const options = storedOptionsFrom(first.options);
    return { id, ended: first.ended, endedAtMs: first.ended_at ?? 0, options };
  }

  /** Whether it is, or was, this user's: the same look-up for what isn't and for what is unknown. */
  async ownsShare(owner: string, shareId: string): Promise<boolean> {
    const select = 'select 1 from shares where id_hash = ? and owner = ?';
    return (await this.#sql.get(select, hashOf(shareId), owner)) !== undefined;
  }

  /** @see ownsShare */
  async ownsAsset(owner: string, assetId: string): Promise<boolean> {
    const select = 'select 1 from assets where id = ? and owner = ?';
    return (await this.#sql.get(select, assetId, owner)) !== undefined;
  }

  /** Shares that are open, newest first. @param owner only this user's */
  async activeShares({
    limit,
    beforeMs = Number.MAX_SAFE_INTEGER,
    nowMs,
    owner,
  }: {
    readonly limit: number;
    readonly beforeMs?: number;
    readonly nowMs: number;
    readonly owner?: string | undefined;
  }): Promise<readonly ShareRecord[]> {
    return sharesFrom(
      await this.#sql.all<ShareRow>(
        `select ${SHARE} from (select * from shares where ended is null and closed_until is null
          and (expires_at is null or expires_at > ?)
          and created_at < ? ${owner === undefined ? '' : 'and owner = ?'}
          order by created_at desc, pk desc limit ?) as shares ${WITH_ASSETS}
          order by shares.created_at desc, shares.pk desc, position`,
        nowMs,
        beforeMs,
        ...(owner === undefined ? [] : [owner]),
        limit,
      ),
    );
  }

  /** Whether anything is due. */
  async isAny({ select, values }: Due): Promise<boolean> {
    return (await this.#sql.get(`${select} limit 1`, ...values)) !== undefined;
  }

  /** The earliest time at which a share ends by itself. */
  async nextEndMs(): Promise<number | undefined> {
    const expires = await this.#sql.get<{ readonly at: number | null }>(
      'select min(expires_at) as at from shares where expires_at is not null',
    );
    const closed = await this.#sql.get<{ readonly at: number | null }>(
      'select min(closed_until) as at from shares where closed_until is not null',
    );
    const times = [expires?.at, closed?.at].flatMap((at) => at ?? []);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** The id of the user's share that has this collection name, in any case and Unicode form. */
  async holderOf(name: string, owner: string | undefined): Promise<string | undefined> {
    const row = await this.#sql.get<{ readonly id: string }>(
      'select id from shares where name_key = ?',
      nameKeyOf(name, owner),
    );
    return row?.id;
  }

  /** Whether there is something that `removeEnded` removes. */
  async hasEndedBefore(ms: number): Promise<boolean> {
    const row = await this.#sql.get(
      `select 1 where exists (select 1 from shares where ended_at < ?)
        or exists (select 1 from assets where deleted_at < ? and ${WITHOUT_SHARE})
        or exists (select 1 from audit where at < ?)`,
      ms,
      ms,
      ms,
    );
    return row !== undefined;
  }

  async asset(id: string): Promise<AssetRecord | Tombstone | undefined> {
    const row = await this.#sql.get<AssetRow>(`select ${ASSET} from assets where id = ?`, id);
    if (row === undefined) return undefined;
    if (row.deleted_at === null) return assetFrom(row);
    return { id, ended: 'deleted', endedAtMs: row.deleted_at };
  }

  async content(assetId: string): Promise<Uint8Array | undefined> {
    const row = await this.#sql.get<{ readonly content: Uint8Array }>(
      `select content from contents where asset_pk = ${THIS_ASSET}`,
      assetId,
    );
    return row?.content;
  }

  /** Ids of the shares that have this asset, and whether they have no other any more. */
  async sharesOf(
    assetId: string,
  ): Promise<readonly { readonly id: string; readonly isOnly: boolean }[]> {
    const rows = await this.#sql.all<{ readonly id: string; readonly others: number }>(
      `select shares.id, (select count(*) from share_assets as other
          join assets on assets.pk = other.asset_pk
          where other.share_pk = shares.pk and assets.deleted_at is null
            and other.asset_pk <> share_assets.asset_pk) as others
        from share_assets join shares on shares.pk = share_assets.share_pk
        where share_assets.asset_pk = ${THIS_ASSET}`,
      assetId,
    );
    return rows.map(({ id, others }) => ({ id, isOnly: others === 0 }));
  }

  async isFileUsed(sha256: string): Promise<boolean> {
    const row = await this.#sql.get('select 1 from assets where sha256 = ? limit 1', sha256);
    return row !== undefined;
  }

  /** What all contents take together, in bytes. */
  async usedBytes(): Promise<number> {
    return (await this.#sql.get<{ readonly bytes: number }>('select bytes from used'))?.bytes ?? 0;
  }

  /** @throws StoreError `full` or `user-disabled` where a user can't add so much */
  async refuseUnlessUserFits(owner: string, bytes: number): Promise<void> {
    const user = await this.#sql.get<{
      readonly used_bytes: number;
      readonly quota_bytes: number | null;
      readonly disabled_at: number | null;
    }>('select used_bytes, quota_bytes, disabled_at from users where id = ?', owner);
    if (user === undefined || user.disabled_at !== null) {
      throw new StoreError({ kind: 'user-disabled' });
    }
    const { used_bytes: usedBytes, quota_bytes: quotaBytes } = user;
    if (quotaBytes === null || usedBytes + bytes <= quotaBytes) return;
    throw new StoreError({ kind: 'full', usedBytes, quotaBytes });
  }

  /** How often a share was opened. */
  async views(shareId: string): Promise<OpenStats> {
    const row = await this.#sql.get<{
      readonly open_count: number;
      readonly first_opened_at: number | null;
      readonly last_opened_at: number | null;
    }>(
      'select open_count, first_opened_at, last_opened_at from shares where id_hash = ?',
      hashOf(shareId),
    );
    return {
      count: row?.open_count ?? 0,
      ...(row?.last_opened_at == null ? {} : { lastAtMs: row.last_opened_at }),
      ...(row?.first_opened_at == null ? {} : { firstAtMs: row.first_opened_at }),
    };
  }

  /**
   * The largest of some active shares, for a search that takes them in steps.
   * @param afterPk where the step begins; 0 at first
   * @param owner only this user's
   * @returns where the next step begins; absent at the end
   */
  async largestShares(
    afterPk: number,
    step: number,
    limit: number,
    owner?: string,
  ): Promise<{ readonly found: readonly { id: string; sizeBytes: number }[]; next?: number }> {
    const rows = await this.#sql.all<{ readonly pk: number; readonly id: string; bytes: number }>(
      `select shares.pk, shares.id, cast(sum(assets.size_bytes) as bigint) as bytes
        from (select pk, id from shares where pk > ? and ended is null and closed_until is null
          ${owner === undefined ? '' : 'and owner = ?'} order by pk limit ?) as shares ${WITH_ASSETS}
        group by shares.pk, shares.id order by shares.pk`,
      afterPk,
      ...(owner === undefined ? [] : [owner]),
      step,
    );
    const found = rows.map(({ id, bytes }) => ({ id, sizeBytes: bytes }));
    found.sort((a, b) => b.sizeBytes - a.sizeBytes);
    const last = rows.length < step ? undefined : rows.at(-1)?.pk;
    return { found: found.slice(0, limit), ...(last === undefined ? {} : { next: last }) };
  }
}

/** By a hash, for strangers ask for ids. @see sqlite-schema.ts */
export function hashOf(id: string): string {
  return hash('sha256', id, 'base64url');
}

/** @param owner each user has names of their own: nobody learns which ones others use */
export function nameKeyOf(name: string, owner?: string): string {
  const key = name.normalize('NFC').toLowerCase();
  return owner === undefined ? key : `${owner}/${key}`;
}
