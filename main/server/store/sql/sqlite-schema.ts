/**
 * The schema, one entry a version: each brings a database of the version before it up to date.
 * Only added to once it is released. Times in ms since 1970, sizes in bytes.
 */
export const MIGRATIONS: readonly string[] = [
  `
  create table settings (name text primary key, value text not null) strict;

  -- What all contents take together: one row.
  create table used (bytes integer not null) strict;
  insert into used (bytes) values (0);

  -- What is left of a share that has ended is its row, without anything its creator entered.
  create table shares (
    pk integer primary key,
    id text not null,
    -- Strangers ask for ids: how long a search takes may reveal how much of a key was right, but
    -- nobody gets from a hash to the id.
    id_hash text not null unique,
    is_collection integer not null,
    name text,
    -- Unique among the shares that have not ended, in any case and Unicode form.
    name_key text,
    created_at integer not null,
    expires_at integer,
    opens_at integer,
    -- JSON: what no query reads (stored-options.ts).
    options text not null,
    -- Of a request with an Idempotency-Key: tells it from others with the same key.
    request text,
    closed_at integer,
    closed_until integer,
    -- How it ends then.
    closed_how text,
    open_count integer not null default 0,
    first_opened_at integer,
    last_opened_at integer,
    ended text,
    ended_at integer
  ) strict;
  create unique index names_of_shares on shares (name_key) where name_key is not null;
  create index live_shares on shares (created_at) where ended is null and closed_until is null;
  create index expiring_shares on shares (expires_at) where expires_at is not null;
  create index closed_shares on shares (closed_until) where closed_until is not null;
  create index ended_shares on shares (ended_at) where ended_at is not null;

  create table assets (
    pk integer primary key,
    id text not null unique,
    name text not null,
    form text not null,
    ext text,
    size_bytes integer not null,
    created_at integer not null,
    -- Until a share uses it.
    unshared_since integer,
    deleted_at integer,
    -- The name of its file; absent where the content is in a row of its own.
    sha256 text
  ) strict;
  create index assets_of_files on assets (sha256) where sha256 is not null;
  create index deleted_assets on assets (deleted_at) where deleted_at is not null;
  create index unshared_assets on assets (unshared_since) where unshared_since is not null;

  -- Small contents. Rows of their own, because SQLite gives back the pages of rows that are deleted,
  -- but not of those that got shorter.
  create table contents (
    asset_pk integer primary key references assets,
    content blob not null
  ) strict;

  -- Keeps its rows while a share has not ended, also those of deleted assets: positions stay.
  create table share_assets (
    share_pk integer not null references shares,
    position integer not null,
    asset_pk integer not null references assets,
    primary key (share_pk, position)
  ) strict, without rowid;
  create index shares_of_assets on share_assets (asset_pk);

  -- Last uses of access that was granted for a password.
  create table grants (token_hash text primary key, last_used_at integer not null) strict;
  `,
  `
  create table users (
    id text primary key,
    name text not null,
    -- In any case and Unicode form.
    name_key text not null unique,
    scope text not null,
    token_hash text not null unique,
    -- Limits of their own; absent: those of the server.
    quota_bytes integer,
    max_content_bytes integer,
    requests_per_minute integer,
    used_bytes integer not null default 0,
    created_at integer not null,
    disabled_at integer
  ) strict;

  -- Whose they are; absent for what was created with the server's own token.
  alter table shares add column owner text;
  alter table assets add column owner text;
  create index live_shares_of_users on shares (owner, created_at)
    where owner is not null and ended is null and closed_until is null;
  create index assets_of_users on assets (owner) where owner is not null and deleted_at is null;

  -- What users did, without content, and without ids that open links.
  create table audit (
    pk integer primary key,
    at integer not null,
    user_name text not null,
    action text not null,
    share_hash text
  ) strict;
  create index audit_by_time on audit (at);
  `,
];
