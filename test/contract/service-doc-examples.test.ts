import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cliOptions } from '../../main/server/cli-options.ts';
import { get, startTestService, type TestService, textSeed } from '../support/service/run.ts';

/** What the docs tell people to type does what the docs say. */

const DOCS = join(import.meta.dirname, '../../docs');
const run = promisify(execFile);

let running: TestService;
let folder = '';
beforeAll(async () => {
  running = await startTestService();
  folder = await mkdtemp(join(tmpdir(), 'linkify-docs-'));
  await writeFile(join(folder, 'film.mp4'), 'not really a film');
});
afterAll(async () => {
  await running.end();
  await rm(folder, { recursive: true, force: true });
});

const API_PAGES = ['extensions.md', 'linkify.md', 'README.md'].map((name) =>
  join(DOCS, 'api', name),
);

/** The blocks of the API's pages in this language that hold the text. */
async function blocksOf(language: string, text: string): Promise<readonly string[]> {
  const pages = await Promise.all(API_PAGES.map((path) => readFile(path, 'utf8')));
  const blocks = pages.join('\n').matchAll(/^```(\w+)\n(.*?)^```$/gms);
  return [...blocks].flatMap(([, its, block = '']) =>
    its === language && block.includes(text) ? [block] : [],
  );
}

/** Runs a block as someone would who has set TOKEN, API, ID and ASSET; answers what each call printed. */
async function type(block: string, id: string, asset = ''): Promise<readonly string[]> {
  const failing = `curl() { command curl -sS --fail-with-body -w '\\n===\\n' "$@"; }\nset -e\n`;
  const { stdout } = await run('sh', ['-c', failing + block], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      TOKEN: running.service.token,
      API: running.service.apiBaseUrl,
      ID: id,
      ASSET: asset,
    },
  });
  return stdout.split('\n===\n').slice(0, -1);
}

test('every curl example of the API works', async () => {
  const blocks = await blocksOf('sh', 'curl');
  const { id, link } = await running.api.share(textSeed('typed by hand'));
  const printed: string[] = [];
  for (const block of blocks) {
    const asset = printed.map((text) => /^{"id":"([^"]+)","name":"film\.mp4"/.exec(text)?.[1]);
    printed.push(...(await type(block, id, asset.find(Boolean))));
  }
  const calls = blocks.join('').match(/^curl /gm) ?? [];
  expect(printed).toHaveLength(calls.length);
  const [limited = '', upload = '', film = '', locked = '', largest = '', ...later] = printed;
  const [made = '', fate = '', ...changes] = later;
  const [named = '', ended = '', ...undone] = changes;
  const [closed = '', reopened = '', revoked] = undone;
  expect(JSON.parse(limited).iterable[0]['x-linkify']).toMatchObject({ maxOpens: 3 });
  expect(JSON.parse(upload)).toMatchObject({ name: 'film.mp4' });
  expect((await get(`${JSON.parse(film).iterable[0].link}/raw`)).text).toBe('not really a film');
  expect(JSON.parse(locked)['x-linkify']).toMatchObject({ password: true, maxOpens: null });
  expect(JSON.parse(largest).largest[1]).toMatchObject({ id, sizeBytes: 13 });
  expect((await get(`${JSON.parse(made).iterable[0].link}/raw`)).text).toBe('Hello\n');
  expect(JSON.parse(fate)).toMatchObject({ id, state: 'active' });
  expect(JSON.parse(named)).toEqual({ id, name: 'Plan for May' });
  const endsAt = Date.parse(JSON.parse(ended)['x-linkify'].expiresAt);
  expect(Math.abs(endsAt - Date.now() - 3_600_000)).toBeLessThan(60_000);
  expect(Object.keys(JSON.parse(closed))).toEqual(['id', 'closedUntil']);
  expect(JSON.parse(reopened)).toMatchObject({ id, link });
  expect(revoked).toBe(id);
  expect((await get(link)).status).toBe(410);
});

test('every member that the docs show of a share is there, and no other', async () => {
  const [wished = ''] = await blocksOf('json', '"views"');
  const shown = JSON.parse(`{${wished}}`)['x-linkify'];
  const share = await running.api.share(textSeed('x'));
  expect(Object.keys(share['x-linkify']).sort()).toEqual(Object.keys(shown).sort());
});

test('the flags and variables of the table are those that the program takes', async () => {
  const text = await readFile(join(DOCS, 'self-hosting/configuration.md'), 'utf8');
  const rows = [...text.matchAll(/^\| `--([a-z-]+)[^|]*\| `([A-Z_]+)(?:=1)?` \|/gm)];
  expect(rows.length).toBeGreaterThanOrEqual(9);
  const values: Readonly<Record<string, string>> = {
    data: '/srv/linkify',
    token: 't'.repeat(40),
    'public-url': 'https://share.example.com',
    'trust-proxy': '10.1.0.0/16',
    host: 'pc.example.com',
    database: 'postgres://linkify@db.example.com/linkify',
    blobs: 's3://bucket/prefix',
    'api-public': 'https://share.example.com/api',
  };
  const keys = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };
  const switches = ['loopback', 'log-requests'];
  for (const [, flag = '', variable = ''] of rows) {
    const value = values[flag] ?? '4100';
    const base = {
      ...(flag === 'blobs' ? keys : {}),
      ...(flag === 'data' ? {} : { LINKIFY_DATA: '/srv/other' }),
      ...(flag.startsWith('database-')
        ? { LINKIFY_DATABASE: 'postgres://linkify@db.example.com/linkify' }
        : {}),
      ...(flag === 'api-public' ? { LINKIFY_TRUST_PROXY: '10.1.0.0/16' } : {}),
      ...(flag === 'trust-proxy' || flag === 'api-public'
        ? { LINKIFY_PUBLIC_URL: 'https://share.example.com' }
        : {}),
    };
    const byFlag = cliOptions([`--${flag}`, ...(switches.includes(flag) ? [] : [value])], base);
    const byVariable = cliOptions([], {
      ...base,
      [variable]: switches.includes(flag) ? '1' : value,
    });
    expect(byVariable, flag).toEqual(byFlag);
    expect(byFlag, flag).not.toEqual(cliOptions([], { LINKIFY_DATA: '/srv/other', ...base }));
  }
});
