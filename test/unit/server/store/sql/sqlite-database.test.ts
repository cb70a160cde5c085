import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, expect, test } from 'vitest';
import { newId } from '../../../../../main/server/ids.ts';
import { sharesOfUser } from '../../../../../main/server/store/sql/catalog.ts';
import { settleAll } from '../../../../../main/server/store/sql/settle-all.ts';
import { openTestStore } from '../../../../support/service/open-test-store.ts';
import { filesWith, marker } from '../../../../support/service/run.ts';

const OPEN = pathToFileURL(
  join(import.meta.dirname, '../../../../support/service/open-test-store.ts'),
).href;

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function opened(options: Parameters<typeof openTestStore>[0] = {}) {
  const store = await openTestStore(options);
  ends.push(store.end);
  return store;
}

const text = (content: string | Uint8Array, name = 'x') => ({
  name,
  form: 'text' as const,
  content: Buffer.from(content),
});

test.each([
  ['no database', async (dataDir: string) => writeFile(join(dataDir, 'catalog.db'), 'not SQLite')],
  [
    'a newer schema',
    async (dataDir: string) => {
      const file = new DatabaseSync(join(dataDir, 'catalog.db'));
      file.exec('pragma user_version = 99');
      file.close();
    },
  ],
])('%s is set aside with its contents, and an empty store is begun', async (_, damage) => {
  const first = await openTestStore();
  await first.store.createAsset(text(randomBytes(200_000)));
  await first.close();
  await damage(first.dataDir);
  const { store, setAside, dataDir } = await opened({ dataDir: first.dataDir });
  expect(setAside).toHaveLength(1);
  const [folder = ''] = setAside;
  expect(await readdir(folder)).toEqual(expect.arrayContaining(['blobs', 'catalog.db']));
  expect((await readdir(join(folder, 'blobs'))).length).toBe(1);
  expect(await store.list({ limit: 1 })).toEqual([]);
  await store.shareNew(text('works'), {});
  expect(await readdir(dataDir)).toContain('blobs');
});

test('another process that has the folder is not disturbed', async () => {
  const { dataDir, store } = await opened();
  await expect(openTestStore({ dataDir })).rejects.toThrow(`Another program uses ${dataDir}.`);
  await store.shareNew(text('still works'), {});
});

test('a transaction that is refused leaves nothing, and those beside it are written', async () => {
  const { store, database } = await opened({ quotaBytes: () => 100 });
  const results = await Promise.allSettled([
    store.shareNew(text('a'.repeat(40)), {}),
    store.shareNew(text('b'.repeat(40)), {}),
    store.shareNew(text('c'.repeat(40)), {}),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  expect(store.usedBytes()).toBe(80);
  expect(await database.all('select pk from assets')).toHaveLength(2);
});

test('after SQLite has rolled back by itself, nothing more of the transaction is written', async () => {
  const { database } = await opened();
  const values = (name: string) => `into settings (name, value) values ('${name}', 'x')`;
  const writing = database.transaction(async (sql) => {
    await sql.run(`insert ${values('first')}`);
    const failed = sql.run(`insert or rollback ${values('first')}`);
    await settleAll([sql.run(`insert ${values('second')}`), failed]);
  });
  await expect(writing).rejects.toThrow('UNIQUE');
  expect(await database.all("select name from settings where value = 'x'")).toEqual([]);
});

test('shares are looked up by a hash: no index holds an id that strangers can ask for', async () => {
  const { database } = await opened();
  const plan = await database.all<{ detail: string }>(
    'explain query plan select * from shares where id = ?',
    newId(),
  );
  expect(plan.map(({ detail }) => detail)).toEqual(['SCAN shares']);
});

test('the shares of a user are found by an index', async () => {
  const { database } = await opened();
  const { select, values } = sharesOfUser('anna');
  const plan = await database.all<{ detail: string }>(`explain query plan ${select}`, ...values);
  expect(plan.map(({ detail }) => detail)).toEqual([expect.stringContaining('USING INDEX')]);
});

test('names and contents that were removed leave the files, wherever SQLite has moved them', async () => {
  const { dataDir, store } = await opened();
  const removed = marker();
  const shares = await Promise.all(
    Array.from({ length: 400 }, (_, i) => {
      const word = i % 3 === 0 ? 'kept' : removed;
      return store.shareNew(text(word.repeat(1 + (i % 90)), word), {});
    }),
  );
  await Promise.all(
    shares.map(({ share }, i) => (i % 3 === 0 ? undefined : store.end(share.id, 'revoked'))),
  );
  await expect.poll(() => filesWith(dataDir, removed), { timeout: 5_000 }).toEqual([]);
  expect(await filesWith(dataDir, 'kept')).not.toEqual([]);
});

test('after a crash, opening has removed names and contents leave the log', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'linkify-store-'));
  const removed = marker();
  const script = `
    import { openTestStore } from ${JSON.stringify(OPEN)};
    const { store } = await openTestStore({ dataDir: ${JSON.stringify(dataDir)} });
    const content = Buffer.from(${JSON.stringify(removed)});
    const { share } = await store.shareNew({ name: '', form: 'text', content }, {});
    await store.end(share.id, 'revoked');
    process.kill(process.pid, 'SIGKILL');`;
  spawnSync(process.execPath, ['--input-type=module-typescript', '-e', script]);
  expect(await filesWith(dataDir, removed)).not.toEqual([]);
  await opened({ dataDir });
  expect(await filesWith(dataDir, removed)).toEqual([]);
});
