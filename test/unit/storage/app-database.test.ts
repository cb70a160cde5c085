import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppDatabase } from '../../../main/storage/app-database.ts';

let folder: string;
let path: string;
let opened: AppDatabase[];
let renamed: (string | undefined)[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'app-database-'));
  path = join(folder, 'profile', 'app.db');
  opened = [];
  renamed = [];
});

afterEach(() => {
  for (const database of opened) database.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(): AppDatabase {
  const database = new AppDatabase({ path, onSetAside: (to) => renamed.push(to), now: () => 0 });
  opened.push(database);
  return database;
}

const add = (database: AppDatabase, id: string): void =>
  database.run('insert into links (id, link) values (?, ?)', id, `link of ${id}`);
const idsIn = (database: AppDatabase): readonly string[] =>
  database.rows<{ readonly id: string }>('select id from links').map(({ id }) => id);

test('nothing is created by reading', () => {
  expect(idsIn(open())).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
});

test('what was stored is there after the next start, readable by its owner alone', () => {
  const first = open();
  add(first, 'a');
  for (const name of readdirSync(join(folder, 'profile'))) {
    expect(statSync(join(folder, 'profile', name)).mode & 0o077).toBe(0);
  }
  expect(statSync(join(folder, 'profile')).mode & 0o077).toBe(0);
  first.close();
  expect(idsIn(open())).toEqual(['a']);
});

test('a second process reads a file that a process left in the middle of a write, and changes nothing', () => {
  const first = open();
  add(first, 'a');
  first.close();
  const writing = join(folder, 'writing.db');
  copyFileSync(path, writing);
  const half = new DatabaseSync(writing);
  // The least cache, so that pages are written before the transaction ends.
  half.exec('pragma journal_mode = delete; pragma cache_size = 1; begin immediate');
  for (let row = 0; row < 100; row++) {
    half.exec(`insert into links (id, link) values ('half ${row}', '${'x'.repeat(1000)}')`);
  }
  const copy = join(folder, 'copy.db');
  for (const end of ['', '-journal']) copyFileSync(`${writing}${end}`, `${copy}${end}`);
  half.close();

  const second = new AppDatabase({ path: copy, readOnly: true });
  opened.push(second);
  expect(idsIn(second)).toEqual(['a']);
  expect(() => add(second, 'b')).toThrow('readonly');
});

test('a transaction is stored whole or not at all, also within another one', () => {
  const database = open();
  expect(() =>
    database.transaction(() => {
      add(database, 'a');
      database.transaction(() => add(database, 'b'));
      throw new Error('full');
    }),
  ).toThrow('full');
  expect(idsIn(database)).toEqual([]);
  database.transaction(() => add(database, 'c'));
  expect(idsIn(database)).toEqual(['c']);
});

test('what was removed is in no file any more', () => {
  const database = open();
  add(database, 'only-for-my-eyes');
  database.run('delete from links');
  database.close();
  const files = readdirSync(join(folder, 'profile')).map((name) =>
    readFileSync(join(folder, 'profile', name), 'latin1'),
  );
  expect(files.filter((text) => text.includes('only-for-my-eyes'))).toEqual([]);
});

test.each([
  ['no database', 'hello, this is not a database, and long enough to be taken for a header'],
  ['full of NUL bytes', '\0'.repeat(8_192)],
])('a file that is %s is renamed, and a new one begins', (_what, content) => {
  add(open(), 'a');
  opened[0]?.close();
  writeFileSync(path, content);
  const database = open();
  expect(idsIn(database)).toEqual([]);
  expect(renamed).toEqual([`${path}.corrupt-19700101T000000Z`]);
  expect(readFileSync(renamed[0] ?? '', 'latin1')).toBe(content);
  add(database, 'b');
  expect(idsIn(database)).toEqual(['b']);
});

test('a file of a newer version is renamed, and keeps what it has', () => {
  const newer = open();
  add(newer, 'a');
  newer.run('pragma user_version = 99');
  newer.close();
  const database = open();
  add(database, 'b');
  expect(idsIn(database)).toEqual(['b']);
  expect(renamed).toHaveLength(1);
  expect(readFileSync(renamed[0] ?? '', 'latin1')).toContain('link of a');
});
