import pg from 'pg';

export interface PostgresFill {
  readonly count: number;
  /** Absent: they never expire. In ms since 1970. */
  readonly expiresAtMs?: number;
  /** What their ids begin with; others than those that are there. */
  readonly prefix?: string;
}

/** So many ids are returned at most. */
const RETURNED = 10_000;

/** Of an id, without look-alikes. */
const ID_LENGTH = 22;

/**
 * Fills the catalog of a server that has started once with shares of 1 KB of text each, by
 * statements of the database itself. The bare handler's table (bare-postgres.ts) gets the same
 * contents, if it is there.
 * @returns ids, spread over all of them
 */
export async function fillPostgres(
  url: string,
  { count, expiresAtMs, prefix = 'Share' }: PostgresFill,
): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // Digits that ids have: 1 to 9.
    const idOf = `rpad('${prefix}', ${ID_LENGTH} - 8, 'x') || translate(lpad(n::text, 8, '0'), '0', 'z')`;
    const hashOf = `rtrim(translate(encode(sha256(convert_to(${idOf}, 'UTF8')), 'base64'), '+/', '-_'), '=')`;
    const numbers = `generate_series(1, ${count}) as n`;
    const nowMs = Date.now();
    await client.query(`
      begin;
      create temporary table filled on commit drop as
        select n, ${idOf} as id, ${hashOf} as id_hash from ${numbers};
      insert into assets (id, name, form, ext, size_bytes, created_at)
        select 'a' || substr(id, 2), 'Share ' || n, 'text', 'txt', 1000, ${nowMs} - ${count} + n
          from filled order by n;
      insert into contents (asset_pk, content)
        select pk, convert_to(rpad(assets.name || E'\\n', 1000, 'A line of text, with words. '), 'UTF8')
          from filled join assets on assets.id = 'a' || substr(filled.id, 2);
      insert into shares (id, id_hash, is_collection, created_at, expires_at, options)
        select id, id_hash, 0, ${nowMs} - ${count} + n, ${expiresAtMs ?? 'null'}, '{}'
          from filled order by n;
      insert into share_assets (share_pk, position, asset_pk)
        select shares.pk, 0, assets.pk from filled
          join shares on shares.id_hash = filled.id_hash
          join assets on assets.id = 'a' || substr(filled.id, 2);
      update used set bytes = bytes + ${count} * 1000;
      do $$ begin
        if to_regclass('bare') is not null then
          insert into bare select filled.id, contents.content from filled
            join assets on assets.id = 'a' || substr(filled.id, 2)
            join contents on contents.asset_pk = assets.pk;
        end if;
      end $$;
      commit;`);
    await client.query('vacuum analyze');
    const step = Math.max(1, Math.floor(count / RETURNED));
    const { rows } = await client.query<{ readonly id: string }>(
      `select ${idOf} as id from generate_series(1, ${count}, ${step}) as n`,
    );
    return rows.map(({ id }) => id);
  } finally {
    await client.end();
  }
}
