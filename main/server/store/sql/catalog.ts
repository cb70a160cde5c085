import { hash } from 'node:crypto';
import type { ShareEnd } from '../../../share-options.ts';
import type { AssetRecord, OpenStats, ShareRecord, Tombstone } from '../model.ts';
import { type StoredOptions, storedOptionsFrom } from '../stored-options.ts';
import { type AssetRow, assetFrom, type ShareRow, sharesFrom } from './catalog-rows.ts';
import type { Sql } from './database.ts';

const SHARE = `shares.pk, shares.id, shares.is_collection, shares.name, shares.created_at,
  shares.expires_at, shares.opens_at, shares.options, shares.request, shares.closed_at,
  shares.closed_until, shares.closed_how, shares.ended, shares.ended_at,
  assets.id as asset_id`;
const WITH_ASSETS = `left join share_assets on share_assets.share_pk = shares.pk
  left join assets on assets.pk = share_assets.asset_pk`;
const ASSET = `assets.id, assets.name, assets.form, assets.ext, assets.size_bytes,
  assets.created_at, assets.deleted_at, assets.sha256`;
const THIS_SHARE = '(select pk from shares where id_hash = ?)';
const WITHOUT_SHARE = 'not exists (select 1 from share_assets where asset_pk = assets.pk)';
const THIS_ASSET = '(select pk from assets where id = ?)';

/** All statements on shares and assets. Those that change something belong into a transaction. */
export class Catalog {
  readonly #sql: Sql;
  /** What all contents take together, once this transaction has changed it. */
  #usedBytes: number | undefined;

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

  /** Shares that are open, newest first. */
  async activeShares({
    limit,
    beforeMs = Number.MAX_SAFE_INTEGER,
    nowMs,
  }: {
    readonly limit: number;
    readonly beforeMs?: number;
    readonly nowMs: number;
  }): Promise<readonly ShareRecord[]> {
    return sharesFrom(
      await this.#sql.all<ShareRow>(
        `select ${SHARE} from (select * from shares where ended is null and closed_until is null
          and (expires_at is null or expires_at > ?)
          and created_at < ? order by created_at desc, pk desc limit ?) as shares ${WITH_ASSETS}
          order by shares.created_at desc, shares.pk desc, position`,
        nowMs,
        beforeMs,
        limit,
      ),
    );
  }

  async expiredShareIds(nowMs: number): Promise<readonly string[]> {
    return await this.#ids('select id from shares where expires_at <= ?', nowMs);
  }

  async closedShareIds(): Promise<readonly string[]> {
    return await this.#ids('select id from shares where closed_until is not null');
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

  /** The id of the share that has this collection name, in any case and Unicode form. */
  async holderOf(name: string): Promise<string | undefined> {
    const row = await this.#sql.get<{ readonly id: string }>(
      'select id from shares where name_key = ?',
      nameKeyOf(name),
    );
    return row?.id;
  }

  /** Its assets must exist. */
  async addShare(share: ShareRecord): Promise<void> {
    const row = await this.#sql.get<{ readonly pk: number }>(
      `insert into shares (id, id_hash, is_collection, name, name_key, created_at, expires_at,
        opens_at, options, request)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning pk`,
      share.id,
      hashOf(share.id),
      Number(share.collection),
      share.name ?? null,
      share.name === undefined ? null : nameKeyOf(share.name),
      share.createdAtMs,
      share.expiresAtMs ?? null,
      share.opensAtMs ?? null,
      JSON.stringify(share.options),
      share.request ?? null,
    );
    for (const [position, assetId] of share.assetIds.entries()) {
      await this.#sql.run(
        `insert into share_assets (share_pk, position, asset_pk) values (?, ?, ${THIS_ASSET})`,
        row?.pk ?? null,
        position,
        assetId,
      );
    }
  }

  /** Writes what can change of a share: its name, its end and whether it is closed. */
  async updateShare(share: ShareRecord): Promise<void> {
    await this.#sql.run(
      `update shares set name = ?, name_key = ?, expires_at = ?, options = ?, closed_at = ?,
        closed_until = ?, closed_how = ? where id_hash = ?`,
      share.name ?? null,
      share.name === undefined ? null : nameKeyOf(share.name),
      share.expiresAtMs ?? null,
      JSON.stringify(share.options),
      share.closed?.fromMs ?? null,
      share.closed?.untilMs ?? null,
      share.closed?.how ?? null,
      hashOf(share.id),
    );
  }

  /**
   * Ends a share, and deletes the assets that no other share has.
   * @returns names of files that may not be needed any more
   */
  async endShare(id: string, how: ShareEnd, nowMs: number): Promise<readonly string[]> {
    const idHash = hashOf(id);
    const unused = await this.#ids(
      `select assets.id from share_assets join assets on assets.pk = share_assets.asset_pk
        where share_pk = ${THIS_SHARE} and deleted_at is null and not exists (
          select 1 from share_assets as other where other.asset_pk = share_assets.asset_pk
            and other.share_pk <> share_assets.share_pk)`,
      idHash,
    );
    const files: string[] = [];
    for (const assetId of unused) files.push(...(await this.deleteAsset(assetId, nowMs)));
    await this.#sql.run(`delete from share_assets where share_pk = ${THIS_SHARE}`, idHash);
    await this.#sql.run(
      `update shares set name = null, name_key = null, expires_at = null, opens_at = null,
        options = ?, closed_at = null, closed_until = null, closed_how = null,
        ended = ?, ended_at = ? where id_hash = ?`,
      JSON.stringify(await this.#optionsWithoutPassword(idHash)),
      how,
      nowMs,
      idHash,
    );
    return files;
  }

  /** Whether there is something that `removeEnded` removes. */
  async hasEndedBefore(ms: number): Promise<boolean> {
    const row = await this.#sql.get(
      `select 1 where exists (select 1 from shares where ended_at < ?)
        or exists (select 1 from assets where deleted_at < ? and ${WITHOUT_SHARE})`,
      ms,
      ms,
    );
    return row !== undefined;
  }

  /** Removes what is left of shares and assets that ended before this time, so many of each. */
  async removeEnded(beforeMs: number, limit: number): Promise<void> {
    await this.#sql.run(
      'delete from shares where pk in (select pk from shares where ended_at < ? limit ?)',
      beforeMs,
      limit,
    );
    await this.#sql.run(
      `delete from assets where pk in
        (select pk from assets where deleted_at < ? and ${WITHOUT_SHARE} limit ?)`,
      beforeMs,
      limit,
    );
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

  /** @param content absent where it is in a file */
  async addAsset(
    asset: AssetRecord,
    content: Uint8Array | undefined,
    isShared: boolean,
  ): Promise<void> {
    const row = await this.#sql.get<{ readonly pk: number }>(
      `insert into assets (id, name, form, ext, size_bytes, created_at, unshared_since, sha256)
        values (?, ?, ?, ?, ?, ?, ?, ?) returning pk`,
      asset.id,
      asset.name,
      asset.form,
      asset.ext ?? null,
      asset.sizeBytes,
      asset.createdAtMs,
      isShared ? null : asset.createdAtMs,
      asset.content.at === 'blob' ? asset.content.sha256 : null,
    );
    if (content !== undefined) {
      await this.#sql.run(
        'insert into contents (asset_pk, content) values (?, ?)',
        row?.pk ?? null,
        content,
      );
    }
    await this.#changeUsed(asset.sizeBytes);
  }

  async markShared(assetId: string): Promise<void> {
    await this.#sql.run('update assets set unshared_since = null where id = ?', assetId);
  }

  async renameAsset(id: string, name: string): Promise<void> {
    await this.#sql.run('update assets set name = ? where id = ?', name, id);
  }

  /** Ids of assets that have waited for a share since this time or longer. */
  async unsharedAssetIds(beforeMs: number): Promise<readonly string[]> {
    return await this.#ids('select id from assets where unshared_since < ?', beforeMs);
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

  /** @returns the name of its file, which may not be needed any more */
  async deleteAsset(id: string, nowMs: number): Promise<readonly string[]> {
    const asset = await this.#sql.get<AssetRow>(
      `select ${ASSET} from assets where id = ? and deleted_at is null`,
      id,
    );
    if (asset === undefined) return [];
    await this.#sql.run(
      `update assets set name = '', ext = null, size_bytes = 0, unshared_since = null,
        sha256 = null, deleted_at = ? where id = ?`,
      nowMs,
      id,
    );
    await this.#sql.run(`delete from contents where asset_pk = ${THIS_ASSET}`, id);
    await this.#changeUsed(-asset.size_bytes);
    return asset.sha256 === null ? [] : [asset.sha256];
  }

  async isFileUsed(sha256: string): Promise<boolean> {
    const row = await this.#sql.get('select 1 from assets where sha256 = ? limit 1', sha256);
    return row !== undefined;
  }

  /** What all contents take together, in bytes. */
  async usedBytes(): Promise<number> {
    if (this.#usedBytes !== undefined) return this.#usedBytes;
    return (await this.#sql.get<{ readonly bytes: number }>('select bytes from used'))?.bytes ?? 0;
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

  async addViews(
    shareId: string,
    { count, firstAtMs, lastAtMs }: Required<OpenStats>,
  ): Promise<void> {
    await this.#sql.run(
      `update shares set open_count = open_count + ?, last_opened_at = ?,
        first_opened_at = coalesce(first_opened_at, ?) where id_hash = ?`,
      count,
      lastAtMs,
      firstAtMs,
      hashOf(shareId),
    );
  }

  /**
   * The largest of some active shares, for a search that takes them in steps.
   * @param afterPk where the step begins; 0 at first
   * @returns where the next step begins; absent at the end
   */
  async largestShares(
    afterPk: number,
    step: number,
    limit: number,
  ): Promise<{ readonly found: readonly { id: string; sizeBytes: number }[]; next?: number }> {
    const rows = await this.#sql.all<{ readonly pk: number; readonly id: string; bytes: number }>(
      `select shares.pk, shares.id, sum(assets.size_bytes) as bytes
        from (select pk, id from shares where pk > ? and ended is null and closed_until is null
          order by pk limit ?) as shares ${WITH_ASSETS}
        group by shares.pk, shares.id order by shares.pk`,
      afterPk,
      step,
    );
    const found = rows.map(({ id, bytes }) => ({ id, sizeBytes: bytes }));
    found.sort((a, b) => b.sizeBytes - a.sizeBytes);
    const last = rows.length < step ? undefined : rows.at(-1)?.pk;
    return { found: found.slice(0, limit), ...(last === undefined ? {} : { next: last }) };
  }

  async #changeUsed(bytes: number): Promise<void> {
    const row = await this.#sql.get<{ readonly bytes: number }>(
      'update used set bytes = bytes + ? returning bytes',
      bytes,
    );
    this.#usedBytes = row?.bytes;
  }

  async #optionsWithoutPassword(idHash: string): Promise<StoredOptions> {
    const row = await this.#sql.get<Pick<ShareRow, 'options'>>(
      'select options from shares where id_hash = ?',
      idHash,
    );
    const { password: _, ...options } = storedOptionsFrom(row?.options ?? '{}');
    return options;
  }

  async #ids(statement: string, ...values: readonly number[] | readonly string[]) {
    const rows = await this.#sql.all<{ readonly id: string }>(statement, ...values);
    return rows.map(({ id }) => id);
  }
}

/** By a hash, for strangers ask for ids. @see MIGRATIONS */
function hashOf(id: string): string {
  return hash('sha256', id, 'base64url');
}

function nameKeyOf(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
