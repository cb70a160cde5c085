import {
  appendFileSync,
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
import { createOutboxBox } from '../../../main/outbox/encryption.ts';
import { createOutboxFiles } from '../../../main/outbox/entry-files.ts';
import { openOutbox } from '../../../main/outbox/outbox.ts';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'outbox-files-')), 'outbox');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

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

const store = (available = true, salt = 1) =>
  createOutboxFiles(
    folder,
    createOutboxBox(folder, secrets(available, salt), () => 42),
  );

const everything = (): string =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('\n');

const MARKER = 'only-for-my-eyes';

test.each([true, false])('what was written is read again (encrypted: %s)', async (encrypted) => {
  const first = store(encrypted);
  await first.add('a', { text: MARKER }, new Map([[0, Buffer.from(MARKER)]]), true);
  first.append('a', { event: 1 }, false);
  first.append('a', { event: 2 }, true);
  const later = store(encrypted);
  expect(later.load()).toEqual([
    { id: 'a', head: { text: MARKER }, events: [{ event: 1 }, { event: 2 }], wasReported: false },
  ]);
  expect(Buffer.from(await later.content('a', 0)).toString()).toBe(MARKER);
  expect(everything().includes(MARKER)).toBe(!encrypted);
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  later.remove('a');
  expect(readdirSync(folder).filter((name) => name !== 'key')).toEqual([]);
});

test('nothing is made on disk before there is something to keep', () => {
  expect(store().load()).toEqual([]);
  expect(() => readdirSync(folder)).toThrow();
});

test('a line that was being written at the kill is left out, those before it count', async () => {
  const first = store();
  await first.add('a', { text: 'x' }, new Map(), true);
  first.append('a', { event: 1 }, true);
  appendFileSync(join(folder, 'a.events'), 'AXJhbmRvbQ');
  expect(store().load()).toMatchObject([{ head: { text: 'x' }, events: [{ event: 1 }] }]);
});

test('what was cut off before its head was there is cleared away', async () => {
  const first = store();
  await first.add('a', { text: 'x' }, new Map(), true);
  writeFileSync(join(folder, 'b.0.content'), 'half');
  writeFileSync(join(folder, 'b.head.new'), 'half');
  writeFileSync(join(folder, 'a.head.new'), 'half');
  expect(store().load()).toHaveLength(1);
  expect(readdirSync(folder).sort()).toEqual(['a.head', 'key']);
});

test('with another key it cannot be read, and is not thrown away', async () => {
  await store().add('a', { text: MARKER }, new Map(), true);
  expect(store(true, 2).load()).toMatchObject([{ head: undefined, events: [] }]);
  expect(readdirSync(folder)).toContain('a.head');
  // What is kept from now on has a key of its own, and the old one stays for the old keyring.
  await store(true, 2).add('b', { text: 'new' }, new Map(), true);
  expect(store(true, 2).load()).toContainEqual(expect.objectContaining({ head: { text: 'new' } }));
  expect(store(true, 1).load()).toContainEqual(expect.objectContaining({ head: undefined }));
  expect(readdirSync(folder)).toContain('key.lost-42');
});

test('an entry that cannot be read is reported once, and stays where it is', async () => {
  await store().add('a', { version: 9 }, new Map([[0, Buffer.from('content')]]), true);
  const before = readdirSync(folder);
  const problems: unknown[] = [];
  const start = () =>
    openOutbox({ store: store(), onProblem: (problem) => problems.push(problem) });
  start();
  expect(start().list()).toEqual([]);
  expect(problems).toEqual([{ kind: 'unreadable', entries: 1 }]);
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(before));
});
