import type pg from 'pg';
import { type Check, CheckError } from '../../check.ts';
import { createClient } from './postgres-connection.ts';
import { DatabaseUrlError, type PostgresOptions } from './postgres-options.ts';
import { refuseUnusable } from './postgres-schema.ts';

/** Checks of a database: what the server needs of it. Nothing is changed. */
export function postgresChecks(options: PostgresOptions): readonly Check[] {
  const check = (name: string, task: (client: pg.Client) => Promise<void>): Check => ({
    name: `database: ${name}`,
    run: () => onConnection(options, task),
  });
  return [
    check('connect', async () => {}),
    check('version and encoding', refuseUnusable),
    check('permission to create tables', async (client) => {
      const allowed = await readValue(
        client,
        `select has_schema_privilege('public', 'create')::text as value`,
      );
      if (allowed === 'true') return;
      throw new CheckError(
        'The user may not create tables. Make it the owner: ALTER DATABASE name OWNER TO user.',
      );
    }),
    check('writes are synced to the disk', async (client) => {
      const fsync = await readValue(client, `select current_setting('fsync') as value`);
      if (fsync === 'on') return;
      throw new CheckError('fsync is off: a power cut could lose links. Set fsync = on.');
    }),
    check('writable', async (client) => {
      const isStandby = await readValue(client, 'select pg_is_in_recovery()::text as value');
      if (isStandby === 'false') return;
      throw new CheckError('This is a read-only standby. Connect to the primary server.');
    }),
  ];
}

async function readValue(client: pg.Client, select: string): Promise<string | undefined> {
  return (await client.query<{ readonly value: string }>(select)).rows[0]?.value;
}

async function onConnection(
  options: PostgresOptions,
  task: (client: pg.Client) => Promise<void>,
): Promise<void> {
  try {
    const client = createClient(options);
    try {
      await client.connect();
      await task(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  } catch (error) {
    if (error instanceof CheckError) throw error;
    throw new CheckError(explainPostgres(error), { cause: error });
  }
}

/** What helps, by the code of PostgreSQL, of the system or of TLS. */
const EXPLANATIONS: readonly (readonly [codes: RegExp, help: string])[] = [
  [/^ECONNREFUSED$/, 'Nothing listens there. Is PostgreSQL running, and the port right?'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'The name of the host is not known.'],
  [/^(ENOENT|EACCES)$/, 'There is no socket of PostgreSQL in this folder, or no access to it.'],
  [/^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/, 'The host can not be reached. Check the network.'],
  [/^28P01$/, 'The password is wrong, or the user is not known.'],
  [/^28000$/, 'PostgreSQL accepts no connection of this user from here. See pg_hba.conf.'],
  [/^3D000$/, 'The database does not exist. Create it: createdb --owner USER NAME.'],
  [/^42501$/, 'The user lacks a permission. Make it the owner of the database.'],
  [/^(53300|53400)$/, 'PostgreSQL has no connection left. Raise max_connections.'],
  [/^57P03$/, 'PostgreSQL is starting or stopping. Try again.'],
  [
    /^(SELF_SIGNED|DEPTH_ZERO|UNABLE_TO|CERT_|ERR_TLS)/,
    'The certificate is not trusted. Name its root with sslrootcert, and the host as in it.',
  ],
];

/** A sentence for people about an error of PostgreSQL, without any credentials. */
export function explainPostgres(error: unknown): string {
  if (error instanceof DatabaseUrlError) return error.message;
  if (!(error instanceof Error)) return 'The database could not be used.';
  const code = 'code' in error ? String(error.code) : '';
  const help = EXPLANATIONS.find(([codes]) => codes.test(code))?.[1];
  if (help !== undefined) return `${help} (${code})`;
  // Of the library, such as that the server has no TLS; or of `refuseUnusable`.
  return error.message;
}
