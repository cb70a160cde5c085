import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listLinks as readLinks } from '../../../main/cli/list-links.ts';
import { outputOf } from '../../../main/cli/run-command.ts';
import { RecentLinks } from '../../../main/links/recent-links.ts';
import type { RecentLink } from '../../../main/links/schema.ts';
import { AppDatabase, DATABASE_FILE } from '../../../main/storage/app-database.ts';

let folder: string;

/** What `list` prints to a pipe. */
const listLinks = (from: string, nowMs?: number) =>
  outputOf({ kind: 'list' }, readLinks(from, nowMs), false, false);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'list-links-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const link = (change: object = {}) => ({
  id: 'a1',
  kind: 'text',
  title: 'Notes',
  sizeBytes: 1,
  count: 1,
  link: 'http://127.0.0.1:1/s/a1',
  service: { kind: 'built-in', name: 'x', baseUrl: 'http://127.0.0.1:1' },
  createdAtMs: 0,
  state: 'active',
  assetIds: [],
  ...change,
});

function save(...links: readonly object[]): void {
  const database = new AppDatabase({ path: join(folder, DATABASE_FILE) });
  const list = new RecentLinks({ database });
  for (const one of links) list.add(one as RecentLink);
  database.close();
}

test('without links nothing is printed, also before the first start', () => {
  expect(listLinks(folder)).toEqual({ code: 0 });
  expect(listLinks(join(folder, 'missing'))).toEqual({ code: 0 });
});

test('one line a link, newest first', () => {
  save(link(), link({ id: 'b2', createdAtMs: 1_000, state: 'revoked' }));
  expect(listLinks(folder)).toEqual({
    code: 0,
    out: 'b2\trevoked\t1970-01-01T00:00:01.000Z\thttp://127.0.0.1:1/s/a1\tNotes\na1\tactive\t1970-01-01T00:00:00.000Z\thttp://127.0.0.1:1/s/a1\tNotes\n',
  });
});

test('an expired link is not listed as live', () => {
  save(link({ expiresAtMs: 5_000 }));
  const state = (nowMs: number) => listLinks(folder, nowMs).out?.split('\t')[1];
  expect([4_999, 5_000].map(state)).toEqual(['active', 'expired']);
});

test('a title with line ends, tabs and sequences for the terminal stays one field', () => {
  save(link({ title: 'a\tb\nc\u001b[2Jd\u2028e' }));
  const { out = '' } = listLinks(folder);
  expect(out.trimEnd().split('\n')).toHaveLength(1);
  expect(out.split('\t')).toHaveLength(5);
  expect(out).not.toContain('\u001b');
});

test('what cannot be read fails the command, and the rest is listed', async () => {
  save(link(), link({ id: 'b2', createdAtMs: 8.7e15 }));
  expect(listLinks(folder)).toMatchObject({ code: 1, out: expect.stringContaining('a1') });
});

test('a damaged file fails the command, and stays as it is', async () => {
  await writeFile(join(folder, DATABASE_FILE), 'no database');
  expect(listLinks(folder)).toMatchObject({ code: 1, error: expect.any(String) });
  expect(await readdir(folder)).toEqual([DATABASE_FILE]);
});

test('links of an app that is running are listed', () => {
  const database = new AppDatabase({ path: join(folder, DATABASE_FILE) });
  new RecentLinks({ database }).add(link() as RecentLink);
  expect(listLinks(folder)).toMatchObject({ code: 0, out: expect.stringContaining('a1') });
  database.close();
});

test.skipIf(process.getuid?.() === 0)(
  'a folder that may not be read fails the command',
  async () => {
    await chmod(folder, 0);
    expect(listLinks(folder)).toMatchObject({ code: 1, error: expect.any(String) });
    await chmod(folder, 0o700);
  },
);
