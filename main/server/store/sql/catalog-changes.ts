import type { ShareEnd } from '../../../share-options.ts';
import type { AssetRecord, OpenStats, ShareRecord, Tombstone } from '../model.ts';
import { StoreError } from '../store-error.ts';
import { storedOptionsFrom } from '../stored-options.ts';
import { Catalog, type Due, hashOf, nameKeyOf, THIS_ASSET, WITHOUT_SHARE } from './catalog.ts';
import type { AssetRow, ShareRow } from './catalog-rows.ts';
import type { Insert, Transaction } from './database.ts';
import { settleAll } from './settle-all.ts';

const THIS_SHARE = '(select pk from shares where id_hash = ?)';

/**
 * What changes shares and assets, inside of a transaction. Rows are locked before they are read, so
 * that what was decided still holds when it is written, whichever process decides.
 */
export class CatalogChanges extends Catalog {
  readonly #sql: Transaction;
  /** By how much this transaction changes what all contents take together. */
  #addedBytes = 0;
  /** The same for single users, by their ids. */
  readonly #addedByUser = new Map<string, number>();

  constructor(sql: Transaction) {
    super(sql);
    this.#sql = sql;
  }

  /** The share as it stays until this transaction changes it. */
  async lockedShare(id: string): Promise<ShareRecord | Tombstone | undefined> {
    await this.#sql.lock('select pk from shares where id_hash = ?', hashOf(id));
    return await this.share(id);
  }

  /** The asset as it stays until this transaction changes it. */
  async lockedAsset(id: string): Promise<AssetRecord | Tombstone | undefined> {
    await this.#sql.lock('select pk from assets where id = ?', id);
    return await this.asset(id);
  }

  /** Ids of what is due, and that nobody else is ending now. @param limit of the ids */
  async claim({ select, values }: Due, limit: number): Promise<readonly string[]> {
    const rows = await this.#sql.claim<{ readonly id: string }>(
      `${select} limit ?`,
      ...values,
      limit,
    );
    return rows.map(({ id }) => id);
  }

  /** Its assets must exist. @throws StoreError `id-taken` */
  async addShare(share: ShareRecord): Promise<void> {
    const { statement, values } = shareInsert(share);
    const added = this.#sql.get(statement, ...values);
    // Of a share that has the id already, nothing is changed: all is rolled back then.
    const items = share.assetIds.map((assetId, position) =>
      this.#sql.run(
        `insert into share_assets (share_pk, position, asset_pk)
          values (${THIS_SHARE}, ?, ${THIS_ASSET}) on conflict do nothing`,
        hashOf(share.id),
        position,
        assetId,
      ),
    );
    const [row] = await settleAll([added, ...items, this.#recordShared(share)]);
    if (row === undefined) throw new StoreError({ kind: 'id-taken' });
  }

  /** Writes what can change of a share: its name, its end and whether it is closed. */
  async updateShare(share: ShareRecord): Promise<void> {
    await this.#sql.run(
      `update shares set name = ?, name_key = ?, expires_at = ?, options = ?, closed_at = ?,
        closed_until = ?, closed_how = ? where id_hash = ?`,
      share.name ?? null,
      share.name === undefined ? null : nameKeyOf(share.name, share.owner),
      share.expiresAtMs ?? null,
      JSON.stringify(share.options),
      share.closed?.fromMs ?? null,
      share.closed?.untilMs ?? null,
      share.closed?.how ?? null,
      hashOf(share.id),
    );
    await this.#sql.publish(share.id);
  }

  /**
   * Ends a share, and deletes the assets that no other share has.
   * @returns names of files that may not be needed any more
   */
  async endShare(id: string, how: ShareEnd, nowMs: number): Promise<readonly string[]> {
    const idHash = hashOf(id);
    // Two shares of an asset that end at the same time must not both leave it to the other.
    await this.#sql.lock(
      `select pk from assets where pk in
        (select asset_pk from share_assets where share_pk = ${THIS_SHARE}) order by pk`,
      idHash,
    );
    const unused = await this.#sql.all<{ readonly id: string }>(
      `select assets.id from share_assets join assets on assets.pk = share_assets.asset_pk
        where share_pk = ${THIS_SHARE} and deleted_at is null and not exists (
          select 1 from share_assets as other where other.asset_pk = share_assets.asset_pk
            and other.share_pk <> share_assets.share_pk)`,
      idHash,
    );
    const files: string[] = [];
    for (const asset of unused) files.push(...(await this.#deleteContent(asset.id, nowMs)));
    await this.#sql.run(`delete from share_assets where share_pk = ${THIS_SHARE}`, idHash);
    await this.#sql.run(
      `update shares set name = null, name_key = null, expires_at = null, opens_at = null,
        options = ?, closed_at = null, closed_until = null, closed_how = null,
        ended = ?, ended_at = ? where id_hash = ?`,
      await this.#optionsWithoutPassword(idHash),
      how,
      nowMs,
      idHash,
    );
    await this.#sql.publish(id);
    if (how !== 'expired') await this.#recordEnd(idHash, how, nowMs);
    return files;
  }

  /** Removes what is left of shares, assets and the audit log from before this time, so many of each. */
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
    await this.#sql.run(
      'delete from audit where pk in (select pk from audit where at < ? limit ?)',
      beforeMs,
      limit,
    );
  }

  /**
   * Adds an asset, and a share of it alone.
   * @param content absent where it is in a file
   * @throws StoreError `id-taken`
   */
  async addAsset(
    asset: AssetRecord,
    content: Uint8Array | undefined,
    share: ShareRecord | undefined,
  ): Promise<void> {
    this.#count(asset.sizeBytes, asset.owner);
    const added = this.#sql.insertAll([
      assetInsert(asset, share !== undefined),
      ...(content === undefined ? [] : [contentInsert(content)]),
      ...(share === undefined ? [] : [shareInsert(share), ITEM_INSERT]),
    ]);
    const [isAdded] = await settleAll([added, share && this.#recordShared(share)]);
    if (!isAdded) throw new StoreError({ kind: 'id-taken' });
  }

  async markShared(assetId: string): Promise<void> {
    await this.#sql.run('update assets set unshared_since = null where id = ?', assetId);
  }

  async renameAsset(id: string, name: string): Promise<void> {
    await this.#sql.run('update assets set name = ? where id = ?', name, id);
    for (const share of await this.sharesOf(id)) await this.#sql.publish(share.id);
  }

  /**
   * Deletes an asset, and ends the shares that have nothing else.
   * @returns names of files that may not be needed any more
   */
  async deleteAsset(
    id: string,
    nowMs: number,
  ): Promise<{
    readonly files: readonly string[];
    readonly shares: readonly { readonly id: string; readonly isOnly: boolean }[];
  }> {
    const files = [...(await this.#deleteContent(id, nowMs))];
    const shares = await this.sharesOf(id);
    for (const share of shares) {
      if (share.isOnly) files.push(...(await this.endShare(share.id, 'revoked', nowMs)));
      else await this.#sql.publish(share.id);
    }
    return { files, shares };
  }

  /** @param opens of shares, by their ids */
  async addViews(opens: ReadonlyMap<string, Required<OpenStats>>): Promise<void> {
    const byHash = JSON.stringify(
      Object.fromEntries(
        [...opens].map(([id, { count, firstAtMs, lastAtMs }]) => [
          hashOf(id),
          [count, firstAtMs, lastAtMs],
        ]),
      ),
    );
    await settleAll([
      // In one order, so that no two transactions wait for each other.
      this.#sql.lock(
        'select pk from shares where id_hash in (select key from json_each(?)) order by id_hash',
        byHash,
      ),
      this.#sql.run(
        `update shares set open_count = open_count + cast(value ->> 0 as bigint),
          first_opened_at = coalesce(first_opened_at, cast(value ->> 1 as bigint)),
          last_opened_at = cast(value ->> 2 as bigint)
          from json_each(?) where id_hash = key`,
        byHash,
      ),
    ]);
  }

  /**
   * Writes what all contents take together, for all changes of this transaction so far. The last
   * thing it does: other transactions that add something wait from here on until it ends.
   * @throws StoreError `full` or `user-disabled` for a user
   */
  async writeUsedBytes(): Promise<number> {
    // In one order, so that no two transactions wait for each other.
    const users = [...this.#addedByUser].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const added = this.#addedBytes;
    this.#addedByUser.clear();
    this.#addedBytes = 0;
    const byUser = users.map(([owner, bytes]) => this.#writeUsedByUser(owner, bytes));
    const all =
      added === 0
        ? this.usedBytes()
        : this.#sql
            .get<{ readonly bytes: number }>(
              'update used set bytes = bytes + ? returning bytes',
              added,
            )
            .then((row) => row?.bytes ?? 0);
    const [usedBytes] = await settleAll([all, ...byUser]);
    return usedBytes;
  }

  /** @returns the name of its file */
  async #deleteContent(id: string, nowMs: number): Promise<readonly string[]> {
    const asset = await this.#sql.get<Pick<AssetRow, 'size_bytes' | 'sha256' | 'owner'>>(
      'select size_bytes, sha256, owner from assets where id = ? and deleted_at is null',
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
    this.#count(-asset.size_bytes, asset.owner ?? undefined);
    return asset.sha256 === null ? [] : [asset.sha256];
  }

  #count(bytes: number, owner: string | undefined): void {
    this.#addedBytes += bytes;
    if (owner !== undefined) {
      this.#addedByUser.set(owner, (this.#addedByUser.get(owner) ?? 0) + bytes);
    }
  }

  /** Removing is always possible; adding, only within the quota, and with a token that still works. */
  async #writeUsedByUser(owner: string, bytes: number): Promise<void> {
    if (bytes <= 0) {
      await this.#sql.run(
        'update users set used_bytes = used_bytes + ? where id = ?',
        bytes,
        owner,
      );
      return;
    }
    const changed = await this.#sql.get(
      `update users set used_bytes = used_bytes + ? where id = ? and disabled_at is null
        and (quota_bytes is null or used_bytes + ? <= quota_bytes) returning id`,
      bytes,
      owner,
      bytes,
    );
    if (changed !== undefined) return;
    await this.refuseUnlessUserFits(owner, bytes);
    // The user was changed in between, and fits now.
    await this.#writeUsedByUser(owner, bytes);
  }

  /**
   * Writes an entry of the audit log; without a name for what the server's own token shares, and none
   * where there are no users: nobody would read it.
   */
  async #recordShared({ id, owner, createdAtMs }: ShareRecord): Promise<void> {
    await this.#sql.run(
      `insert into audit (at, user_name, action, share_hash)
        select ?, coalesce((select name from users where id = ?), ''), 'shared', ?
          where exists (select 1 from users)`,
      createdAtMs,
      owner ?? null,
      hashOf(id),
    );
  }

  /** The same for the end of a share. */
  async #recordEnd(shareHash: string, how: 'revoked' | 'used-up', atMs: number): Promise<void> {
    await this.#sql.run(
      `insert into audit (at, user_name, action, share_hash)
        select ?, coalesce(users.name, ''), ?, shares.id_hash from shares
          left join users on users.id = shares.owner
          where shares.id_hash = ? and exists (select 1 from users)`,
      atMs,
      how,
      shareHash,
    );
  }

  async #optionsWithoutPassword(idHash: string): Promise<string> {
    const row = await this.#sql.get<Pick<ShareRow, 'options'>>(
      'select options from shares where id_hash = ?',
      idHash,
    );
    const { password: _, ...options } = storedOptionsFrom(row?.options ?? '{}');
    return JSON.stringify(options);
  }
}

/** Rows of a new share; those before them have their keys in tables named `asset` and `share`. */

function assetInsert(asset: AssetRecord, isShared: boolean): Insert {
  return {
    name: 'asset',
    statement: `insert into assets (id, name, form, ext, size_bytes, created_at, unshared_since,
      sha256, owner) values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning pk`,
    values: [
      asset.id,
      asset.name,
      asset.form,
      asset.ext ?? null,
      asset.sizeBytes,
      asset.createdAtMs,
      isShared ? null : asset.createdAtMs,
      asset.content.at === 'blob' ? asset.content.key : null,
      asset.owner ?? null,
    ],
  };
}

const contentInsert = (content: Uint8Array): Insert => ({
  name: 'content',
  statement: `insert into contents (asset_pk, content)
    values ((select pk from asset), ?) returning asset_pk as pk`,
  values: [content],
});

function shareInsert(share: ShareRecord): Insert {
  return {
    name: 'share',
    statement: `insert into shares (id, id_hash, is_collection, name, name_key, created_at,
      expires_at, opens_at, options, request, owner)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id_hash) do nothing returning pk`,
    values: [
      share.id,
      hashOf(share.id),
      Number(share.collection),
      share.name ?? null,
      share.name === undefined ? null : nameKeyOf(share.name, share.owner),
      share.createdAtMs,
      share.expiresAtMs ?? null,
      share.opensAtMs ?? null,
      JSON.stringify(share.options),
      share.request ?? null,
      share.owner ?? null,
    ],
  };
}

const ITEM_INSERT: Insert = {
  name: 'item',
  statement: `insert into share_assets (share_pk, position, asset_pk)
    select share.pk, 0, asset.pk from share, asset returning share_pk as pk`,
  values: [],
};
