import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import type { Database } from '../../../main/server/store/sql/database.ts';
import { PostgresDatabase } from '../../../main/server/store/sql/postgres-database.ts';
import { openTestStore, type TestStore, type TestStoreOptions } from './open-test-store.ts';
import { PostgresServer, postgresProblem } from './postgres-server.ts';
import { filesWith } from './run.ts';

export interface StoreEngine {
  readonly name: 'SQLite' | 'PostgreSQL';
  /** As `openTestStore`; the same folder opens the same catalog again. */
  open(options?: TestStoreOptions): Promise<TestStore>;
  /** Whether the text is left in a name or a content of the catalog or in a file. */
  holds(store: TestStore, text: string): Promise<boolean>;
}

const sqlite: StoreEngine = {
  name: 'SQLite',
  open: openTestStore,
  holds: async ({ dataDir }, text) => (await filesWith(dataDir, text)).length > 0,
};

/** Runs the tests on each engine of the catalog. */
export function onEachEngine(tests: (engine: StoreEngine) => void): void {
  describe('on SQLite', () => tests(sqlite));
  onPostgres(tests);
}

/** Runs tests on PostgreSQL only, with a server of their own. */
export function onPostgres(
  tests: (engine: StoreEngine, server: () => PostgresServer) => void,
): void {
  const why = postgresProblem === undefined ? '' : `: ${postgresProblem}`;
  describe.skipIf(postgresProblem !== undefined)(`on PostgreSQL${why}`, () => {
    let server: PostgresServer;
    beforeAll(async () => {
      server = await PostgresServer.start();
    });
    afterAll(() => server.end());
    const urls = new Map<string, string>();
    const open = async (options: TestStoreOptions = {}): Promise<TestStore> => {
      const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'linkify-store-')));
      const url = urls.get(dataDir) ?? (await server.createDatabase());
      urls.set(dataDir, url);
      const database = options.database ?? (await PostgresDatabase.open({ url, connections: 6 }));
      return await openTestStore({ ...options, dataDir, database });
    };
    tests({ name: 'PostgreSQL', open, holds: isInTables }, () => server);
  });
}

async function isInTables({ database, dataDir }: TestStore, text: string): Promise<boolean> {
  return (await countRows(database, text)) > 0 || (await filesWith(dataDir, text)).length > 0;
}

async function countRows(database: Database, text: string): Promise<number> {
  const row = await database.get<{ readonly count: number }>(
    `select (select count(*) from contents where position(? in content) > 0)
      + (select count(*) from assets where strpos(name, ?) > 0)
      + (select count(*) from shares where strpos(name, ?) > 0) as count`,
    Buffer.from(text),
    text,
    text,
  );
  return row?.count ?? 0;
}
