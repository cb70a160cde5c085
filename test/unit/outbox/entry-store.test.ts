import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createOutboxEncryption } from '../../../main/outbox/encryption.ts';
import { Entries } from '../../../main/outbox/entries.ts';
import { EntryStore } from '../../../main/outbox/entry-store.ts';
import { AppDatabase } from '../../../main/storage/app-database.ts';
import { linksInMemory } from '../../support/links-in-memory.ts';

let profile: string;
let folder: string;
let opened: AppDatabase[];
let renamed: (string | undefined)[];

beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'entry-store-'));
  folder = join(profile, 'outbox');
  opened = [];
  renamed = [];
});

afterEach(() => {
  for (const database of opened) database.close();
  rmSync(profile, { recursive: true, force: true });
});

/** Not a cipher, but it shows whether the key was sealed at all, and by which keyring. */
const secrets = (available: boolean, salt = 1) => ({
  available: () => available,
  encrypt: (text: string) =>
    `${salt}:${[...text].map((c) => String.fromCharCode(c.charCodeAt(0) + salt)).join('')}`,
  decrypt(text: string) {
    // As the system's: what another keyring sealed is refused.
    if (!text.startsWith(`${salt}:`)) throw new Error('of another keyring');
    const sealed = [...text.slice(`${salt}:`.length)];
    return sealed.map((c) => String.fromCharCode(c.charCodeAt(0) - salt)).join('');
  },
});

/** What a new start opens. */
function store(available = true, salt = 1): EntryStore {
  const database = new AppDatabase({
    path: join(profile, 'app.db'),
    contentFolder: folder,
    onSetAside: (to) => renamed.push(to),
    now: () => 0,
  });
  opened.push(database);
  const encryption = createOutboxEncryption(folder, secrets(available, salt), () => 42);
  return new EntryStore({ database, folder, encryption });
}

const filesIn = (path: string): readonly string[] =>
  readdirSync(path, { withFileTypes: true }).flatMap((found) =>
    found.isDirectory() ? filesIn(join(path, found.name)) : [join(path, found.name)],
  );
const everything = (): string =>
  filesIn(profile)
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n');

const MARKER = 'only-for-my-eyes';

test.each([true, false])('what was written is read again (encrypted: %s)', async (encrypted) => {
  const first = store(encrypted);
  await first.add('a', { text: MARKER }, new Map([[0, Buffer.from(MARKER)]]));
  first.append('a', { event: MARKER }, true);
  first.append('a', { event: 2 }, false);
  const later = store(encrypted);
  const events = [{ event: MARKER }, { event: 2 }];
  expect(later.load()).toEqual([{ id: 'a', head: { text: MARKER }, events, wasReported: false }]);
  expect(Buffer.from(await later.content('a', 0)).toString()).toBe(MARKER);
  expect(everything().includes(MARKER)).toBe(!encrypted);
  for (const path of filesIn(profile)) expect(statSync(path).mode & 0o077).toBe(0);
  later.remove('a');
  later.removeContents('a');
  expect(store(encrypted).load()).toEqual([]);
  for (const database of opened) database.close();
  expect(readdirSync(folder).filter((name) => name !== 'key')).toEqual([]);
  expect(everything()).not.toContain(MARKER);
});

test('nothing is made on disk before there is something to keep', () => {
  expect(store().load()).toEqual([]);
  expect(readdirSync(profile)).toEqual([]);
});

test('entries are read oldest first', async () => {
  const first = store();
  for (const id of ['b', 'c', 'a']) await first.add(id, { id }, new Map());
  first.remove('c');
  expect(
    store()
      .load()
      .map(({ id }) => id),
  ).toEqual(['b', 'a']);
});

test('a content that was written before its entry could be is cleared away', async () => {
  await store().add('a', { text: 'x' }, new Map([[0, Buffer.from('kept')]]));
  writeFileSync(join(folder, 'b.0'), 'half');
  expect(store().load()).toHaveLength(1);
  expect(readdirSync(folder).sort()).toEqual(['a.0', 'key']);
});

test('with another key it cannot be read, and is not thrown away', async () => {
  await store().add('a', { text: MARKER }, new Map([[0, Buffer.from(MARKER)]]));
  expect(store(true, 2).load()).toMatchObject([{ head: undefined, events: [] }]);
  expect(readdirSync(folder)).toContain('a.0');
  // What is kept from now on has a key of its own, and the old one stays for the old keyring.
  await store(true, 2).add('b', { text: 'new' }, new Map());
  expect(store(true, 2).load()).toContainEqual(expect.objectContaining({ head: { text: 'new' } }));
  expect(store(true, 1).load()).toContainEqual(expect.objectContaining({ head: undefined }));
  expect(readdirSync(folder)).toContain('key.lost-42');
});

test('an entry that cannot be read is reported once, and stays where it is', async () => {
  await store().add('a', { version: 9 }, new Map([[0, Buffer.from('content')]]));
  const problems: unknown[] = [];
  const start = () =>
    new Entries({
      store: store(),
      links: linksInMemory(),
      onProblem: (problem) => problems.push(problem),
    });
  start();
  expect(start().list()).toEqual([]);
  expect(problems).toEqual([{ kind: 'unreadable', entries: 1 }]);
  expect(store().load()).toMatchObject([{ id: 'a', head: { version: 9 } }]);
  expect(readdirSync(folder)).toContain('a.0');
});

test('contents are set aside with a damaged database', async () => {
  await store().add('a', { text: 'x' }, new Map([[0, Buffer.from('content')]]));
  for (const database of opened) database.close();
  writeFileSync(join(profile, 'app.db'), '\0'.repeat(8_192));
  expect(store().load()).toEqual([]);
  expect(renamed).toHaveLength(1);
  expect(existsSync(folder)).toBe(false);
  expect(readdirSync(`${folder}.corrupt-19700101T000000Z`).sort()).toEqual(['a.0', 'key']);
});

test('a content that the disk refuses leaves nothing behind', async () => {
  mkdirSync(join(folder, 'a.1'), { recursive: true });
  const contents = new Map([
    [0, Buffer.from('first')],
    [1, Buffer.from('second')],
  ]);
  const first = store();
  await expect(first.add('a', {}, contents)).rejects.toThrow();
  expect(first.load()).toEqual([]);
  expect(readdirSync(folder)).not.toContain('a.0');
});
