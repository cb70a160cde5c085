import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listLinks } from '../../../main/cli/list-links.ts';

let folder: string;

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
  state: 'live',
  assetIds: [],
  ...change,
});

const save = (name: string, value: unknown) =>
  writeFile(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));

test('without links nothing is printed, also before the first start', () => {
  expect(listLinks(folder)).toEqual({ code: 0, out: '' });
  expect(listLinks(join(folder, 'missing'))).toEqual({ code: 0, out: '' });
});

test('one line a link, newest first', async () => {
  await save('links-0.json', {
    version: 1,
    links: [link(), link({ id: 'b2', createdAtMs: 1_000, state: 'revoked' })],
  });
  expect(listLinks(folder)).toEqual({
    code: 0,
    out: 'b2\trevoked\t1970-01-01T00:00:01.000Z\thttp://127.0.0.1:1/s/a1\tNotes\na1\tlive\t1970-01-01T00:00:00.000Z\thttp://127.0.0.1:1/s/a1\tNotes\n',
  });
});

test('a link whose time is over is not listed as live', async () => {
  await save('links-0.json', { version: 1, links: [link({ expiresAtMs: 5_000 })] });
  const state = (nowMs: number) => listLinks(folder, nowMs).out?.split('\t')[1];
  expect([4_999, 5_000].map(state)).toEqual(['live', 'expired']);
});

test('a title with line ends, tabs and sequences for the terminal stays one field', async () => {
  await save('links-0.json', { version: 1, links: [link({ title: 'a\tb\nc\u001b[2Jd\u2028e' })] });
  const { out = '' } = listLinks(folder);
  expect(out.trimEnd().split('\n')).toHaveLength(1);
  expect(out.split('\t')).toHaveLength(5);
  expect(out).not.toContain('\u001b');
});

test('what cannot be read fails the command, and the rest is listed', async () => {
  await save('links-0.json', { version: 1, links: [link()] });
  await save('links-1.json', '{"cut sho');
  expect(listLinks(folder)).toMatchObject({ code: 1, out: expect.stringContaining('a1') });
  await save('links-1.json', { version: 1, links: [link({ id: 'b2', createdAtMs: 8.7e15 })] });
  expect(listLinks(folder)).toMatchObject({ code: 1, out: expect.stringContaining('a1') });
});

test.skipIf(process.getuid?.() === 0)(
  'a folder that may not be read fails the command',
  async () => {
    await chmod(folder, 0);
    expect(listLinks(folder)).toMatchObject({ code: 1, error: expect.any(String) });
    await chmod(folder, 0o700);
  },
);
