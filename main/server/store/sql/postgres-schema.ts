import type pg from 'pg';
import { UnusableDatabaseError } from './database.ts';
import { createClient, storeErrorFor } from './postgres-connection.ts';
import type { PostgresOptions } from './postgres-options.ts';

/** A step of the schema of PostgreSQL. */
interface Migration {
  readonly statements: string;
  /**
   * The oldest schema version that a program must know to run on a database with this step. Programs
   * of two versions run on one database during an upgrade: a step only adds (tables, columns with a
   * default, indexes) and repeats this number. What is not needed any more is removed by a later
   * step, which raises it, in a release after the one that stopped using it.
   */
  readonly compatibleFrom: number;
}

/**
 * The schema, one entry a version; only added to once it is released. It says the same as
 * `sqlite-schema.ts`, which has the comments. Times in ms since 1970, sizes in bytes.
 */
const MIGRATIONS: readonly Migration[] = [
  {
    compatibleFrom: 1,
    statements: `
  create table settings (name text primary key, value text not null);

  -- One row, updated in place: each page keeps room for its new versions.
  create table used (bytes bigint not null) with (fillfactor = 10);
  insert into used (bytes) values (0);

  create table shares (
    pk bigint generated always as identity primary key,
    id text not null,
    id_hash text not null unique,
    is_collection integer not null,
    name text,
    name_key text,
    created_at bigint not null,
    expires_at bigint,
    opens_at bigint,
    options text not null,
    request text,
    closed_at bigint,
    closed_until bigint,
    closed_how text,
    open_count bigint not null default 0,
    first_opened_at bigint,
    last_opened_at bigint,
    ended text,
    ended_at bigint
  );
  create unique index names_of_shares on shares (name_key) where name_key is not null;
  create index live_shares on shares (created_at, pk) where ended is null and closed_until is null;
  create index expiring_shares on shares (expires_at) where expires_at is not null;
  create index closed_shares on shares (closed_until) where closed_until is not null;
  create index ended_shares on shares (ended_at) where ended_at is not null;

  create table assets (
    pk bigint generated always as identity primary key,
    id text not null unique,
    name text not null,
    form text not null,
    ext text,
    size_bytes bigint not null,
    created_at bigint not null,
    unshared_since bigint,
    deleted_at bigint,
    sha256 text
  );
  create index assets_of_files on assets (sha256) where sha256 is not null;
  create index deleted_assets on assets (deleted_at) where deleted_at is not null;
  create index unshared_assets on assets (unshared_since) where unshared_since is not null;

  create table contents (asset_pk bigint primary key references assets, content bytea not null);
  -- Contents are compressed already, or small.
  alter table contents alter column content set storage external;

  create table share_assets (
    share_pk bigint not null references shares,
    position integer not null,
    asset_pk bigint not null references assets,
    primary key (share_pk, position)
  );
  create index shares_of_assets on share_assets (asset_pk);

  create table grants (token_hash text primary key, last_used_at bigint not null);
  create index grants_by_use on grants (last_used_at);

  -- Counted tries, by a hash of what is limited.
  create table limits (key text primary key, points bigint not null, ends_at bigint not null);
  create index limits_by_end on limits (ends_at);
  `,
  },
  {
    compatibleFrom: 1,
    statements: `
  create table users (
    id text primary key,
    name text not null,
    name_key text not null unique,
    scope text not null,
    token_hash text not null unique,
    quota_bytes bigint,
    max_content_bytes bigint,
    requests_per_minute integer,
    used_bytes bigint not null default 0,
    created_at bigint not null,
    disabled_at bigint
  ) with (fillfactor = 50);

  alter table shares add column owner text;
  alter table assets add column owner text;
  create index live_shares_of_users on shares (owner, created_at, pk)
    where owner is not null and ended is null and closed_until is null;
  create index assets_of_users on assets (owner) where owner is not null and deleted_at is null;

  create table audit (
    pk bigint generated always as identity primary key,
    at bigint not null,
    user_name text not null,
    action text not null,
    share_hash text
  );
  create index audit_by_time on audit (at);
  `,
  },
];

/** Of `pg_advisory_xact_lock`: processes that start at the same time bring it up to date in turn. */
const MIGRATION_LOCK = 7_465_636_811;

/** Versions before 15 have reached, or will soon reach, the end of their support. */
const OLDEST_SERVER = 150_000;

/**
 * Brings the schema up to date, all or nothing.
 * @throws UnusableDatabaseError for an old server, another encoding, or a schema that a newer
 *   version has changed so that this one can't run on it; DatabaseUnavailableError
 */
export async function migrate(options: PostgresOptions): Promise<void> {
  const client = createClient(options);
  try {
    await client.connect();
    await refuseUnusable(client);
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await applyMissing(client);
    await client.query('commit');
  } catch (error) {
    throw error instanceof UnusableDatabaseError ? error : storeErrorFor(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** @throws UnusableDatabaseError for an old server or another encoding */
export async function refuseUnusable(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ readonly version: number; readonly encoding: string }>(
    `select current_setting('server_version_num')::integer as version,
      current_setting('server_encoding') as encoding`,
  );
  const [server] = rows;
  if (server === undefined || server.version < OLDEST_SERVER) {
    throw new UnusableDatabaseError('PostgreSQL 15 or newer is required.');
  }
  if (server.encoding !== 'UTF8') {
    throw new UnusableDatabaseError('The database must have the encoding UTF8.');
  }
}

async function applyMissing(client: pg.Client): Promise<void> {
  await client.query(`create table if not exists schema_versions (
    version integer primary key,
    compatible_from integer not null,
    applied_at timestamptz not null default now()
  )`);
  const { rows } = await client.query<{
    readonly version: number;
    readonly compatible_from: number;
  }>('select version, compatible_from from schema_versions order by version desc limit 1');
  const { version, compatible_from: compatibleFrom } = rows[0] ?? {
    version: 0,
    compatible_from: 0,
  };
  if (compatibleFrom > MIGRATIONS.length) {
    throw new UnusableDatabaseError(
      `The database was upgraded by a newer version of Linkify Tray (schema ${version}).`,
    );
  }
  for (const [index, migration] of MIGRATIONS.entries()) {
    if (index < version) continue;
    await client.query(migration.statements);
    await client.query('insert into schema_versions (version, compatible_from) values ($1, $2)', [
      index + 1,
      migration.compatibleFrom,
    ]);
  }
}
