import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  answerOf,
  fileSeed,
  get,
  keyIn,
  marker,
  sendForm,
  startTestService,
  type TestService,
  textSeed,
} from '../support/service/run.ts';
import { png } from '../support/service/samples.ts';
import { pageText } from '../support/text.ts';

/** What programs get at a link: curl, wget and others, which save whatever comes. */

const run = promisify(execFile);
const BYTES = Buffer.from([0, 1, 2, 3, 255, 254, 0, 9]);

let running: TestService;
let folder = '';
beforeAll(async () => {
  running = await startTestService();
});
afterAll(() => running.end());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linkify-programs-'));
});
afterEach(() => rm(folder, { recursive: true }));

const linkOf = async (seed: unknown, extension?: object): Promise<string> =>
  (await running.api.share(seed, extension)).link;

async function collection(): Promise<string> {
  const assets = [
    await running.api.create(textSeed('one', 'one', 'txt')),
    await running.api.create(fileSeed(BYTES, 'two.bin')),
  ];
  const body = { access: 'PUBLIC', assets };
  const made = await running.api.call('POST', '/linkify/multiple', body);
  return made.json.iterable[0].link;
}

/** Runs a program in the folder; what it exits with and prints. */
async function program(name: string, args: readonly string[]) {
  const options = { cwd: folder, timeout: 20_000, env: { PATH: process.env.PATH, LC_ALL: 'C' } };
  return run(name, [...args], options).then(
    ({ stdout, stderr }) => ({ code: 0, said: stdout + stderr }),
    ({ code, stdout, stderr }) => ({ code: code as number | string, said: `${stdout}${stderr}` }),
  );
}

const saved = async (name: string): Promise<Buffer> => readFile(join(folder, name));

/** As a program that accepts anything; `fetch` sends `Sec-Fetch-Mode: cors` of its own. */
const asProgram = async (url: string, init: RequestInit = {}) =>
  answerOf(await fetch(url, { redirect: 'manual', ...init }));

describe('a program gets the content', () => {
  test.each([
    ['text', textSeed('words\n', 'a', 'txt'), 'text/plain; charset=utf-8'],
    ['Markdown', textSeed('# words\n', 'a', 'md'), 'text/plain; charset=utf-8'],
    ['HTML', fileSeed(Buffer.from('<b>words</b>'), 'a.html'), 'text/plain; charset=utf-8'],
    ['a picture', fileSeed(png(4, 4), 'a.png'), 'image/png'],
    ['a file', fileSeed(BYTES, 'a.bin'), 'application/octet-stream'],
  ])('%s', async (_what, seed, type) => {
    const link = await linkOf(seed);
    const at = await fetch(link);
    const raw = await fetch(`${link}/raw`);
    expect(at.headers.get('content-type')).toBe(type);
    expect(at.headers.get('vary')).toContain('Accept');
    expect(at.headers.get('content-disposition')).toBe(raw.headers.get('content-disposition'));
    expect(Buffer.from(await at.arrayBuffer())).toEqual(Buffer.from(await raw.arrayBuffer()));
    const head = await fetch(link, { method: 'HEAD' });
    expect(head.headers.get('content-type')).toBe(type);
    expect(head.headers.get('content-length')).toBe(raw.headers.get('content-length'));
    const part = await fetch(link, { headers: { range: 'bytes=0-1' } });
    expect(part.status).toBe(206);
    expect((await get(link)).headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  test('of a collection, as an archive; as a list of whole addresses when it prefers text', async () => {
    const link = await collection();
    const zip = await fetch(link);
    expect(zip.headers.get('content-type')).toBe('application/zip');
    expect(Buffer.from(await zip.arrayBuffer()).includes('two.bin')).toBe(true);
    const list = await asProgram(link, { headers: { accept: 'text/plain' } });
    expect(list.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(list.text).toBe(`${link}/1/raw\tone\n${link}/2/raw\ttwo.bin\n`);
    expect((await asProgram(`${link}/1`)).text).toBe('one');
  });

  test('and a sentence with its status when there is nothing', async () => {
    const share = await running.api.share(textSeed('x'));
    await running.api.revoke(share.id);
    for (const [url, status] of [
      [share.link, 410],
      [`${new URL(share.link).origin}/s/nowhere`, 404],
    ] as const) {
      const answer = await asProgram(url);
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    }
  });
});

/** The command of a note, with the password in it. */
function commandIn(note: string, password = ''): readonly string[] {
  const line = note.split('\n').find((one) => one.startsWith('curl ')) ?? '';
  const words = line.replace('PASSWORD', password).match(/"[^"]*"|\S+/g) ?? [];
  return words.slice(1).map((word) => word.replace(/^"(.*)"$/, '$1'));
}

describe('what has a password', () => {
  test.each([
    ['at the link', ''],
    ['raw', '/raw'],
    ['as a download', '/download'],
  ])('%s is refused, with a command that opens it', async (_how, path) => {
    const secret = marker();
    const link = await linkOf(fileSeed(Buffer.from(`${secret}\0`), 'a b.bin'), {
      password: 'Füße & 1',
    });
    const refused = await asProgram(link + path);
    expect(refused.status).toBe(403);
    expect(refused.text).not.toContain(secret);
    const args = commandIn(refused.text, 'Füße & 1');
    expect(await program('curl', ['-sS', ...args])).toMatchObject({ code: 0 });
    expect((await saved('a b.bin')).toString()).toBe(`${secret}\0`);
  });

  test('is refused with the note again for a wrong one', async () => {
    const link = await linkOf(textSeed('secret words'), { password: 'right' });
    const wrong = await asProgram(`${link}/open`, {
      method: 'POST',
      body: new URLSearchParams({ password: 'wrong' }),
    });
    expect(wrong.status).toBe(403);
    expect(wrong.text).not.toContain('secret words');
    expect(commandIn(wrong.text)).toContain(`${link}/open`);
  });

  test('a browser gets the form', async () => {
    const link = await linkOf(textSeed('x'), { password: 'right' });
    expect((await get(link)).status).toBe(200);
    expect((await get(`${link}/raw`)).text).toContain('<form');
  });
});

describe('what opens once', () => {
  test('is not opened by asking for it, and by the command that says so exactly once', async () => {
    const secret = `${marker()}\0`;
    const link = await linkOf(fileSeed(Buffer.from(secret), 'once.bin'), { once: true });
    for (const path of ['', '/raw', '/download']) {
      const refused = await asProgram(link + path);
      expect(refused.status).toBe(403);
      expect(refused.text).not.toContain(secret);
    }
    const args = commandIn((await asProgram(link)).text);
    expect(await program('curl', ['-sS', ...args])).toMatchObject({ code: 0 });
    expect((await saved('once.bin')).toString()).toBe(secret);
    expect((await asProgram(link)).status).toBe(410);
  });

  test('comes to one of 20 programs that ask at the same time', async () => {
    const secret = marker();
    const link = await linkOf(textSeed(secret), { once: true });
    const body = (): URLSearchParams => new URLSearchParams({ confirm: 'once' });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => asProgram(`${link}/open`, { method: 'POST', body: body() })),
    );
    expect(answers.filter(({ text }) => text.includes(secret))).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 410)).toHaveLength(19);
  });

  test.each([
    ['a browser', { accept: 'text/html,*/*;q=0.8' }],
    ['a page of another', { origin: 'null' }],
    ['a preview', { 'user-agent': 'Slackbot 1.0' }],
  ])('%s cannot say so', async (_who, headers) => {
    const secret = marker();
    const link = await linkOf(textSeed(secret), { once: true });
    const body = new URLSearchParams({ confirm: 'once' });
    const answer = await asProgram(`${link}/open`, { method: 'POST', headers, body });
    expect(answer.text).not.toContain(secret);
    expect((await sendForm(link, { key: keyIn((await get(link)).text) })).text).toContain(secret);
  });

  test('with a password: a wrong one does not burn it', async () => {
    const secret = marker();
    const link = await linkOf(fileSeed(Buffer.from(secret), 'a.bin'), {
      once: true,
      password: 'pw',
    });
    const note = (await asProgram(link)).text;
    expect(await program('curl', ['-sSf', ...commandIn(note, 'no')])).toMatchObject({ code: 22 });
    expect(await program('curl', ['-sSf', ...commandIn(note, 'pw')])).toMatchObject({ code: 0 });
    expect((await saved('a.bin')).toString()).toBe(secret);
  });

  test('the form says how large a file is, and that it cannot be resumed, unless a password hides it', async () => {
    const note = async (seed: unknown, extension: object) =>
      (await asProgram(await linkOf(seed, extension))).text;
    const file = fileSeed(Buffer.alloc(2_000, 1), 'a.bin');
    const page = (await get(await linkOf(file, { once: true }))).text;
    expect(page).toContain('2 kB');
    expect(page).toContain(pageText('noResume'));
    expect(await note(file, { once: true })).toContain('2 kB');
    expect(await note(file, { once: true, password: 'x' })).not.toContain('2 kB');
    expect(await note(file, { once: true, password: 'x' })).toContain(pageText('noResumeOfFile'));
    expect(await note(textSeed('shown'), { once: true })).not.toContain(pageText('noResume'));
    expect(await note(fileSeed(png(4, 4), 'a.png'), { once: true })).not.toContain(
      pageText('noResume'),
    );
    // More lines than a page takes.
    expect(await note(textSeed('\n'.repeat(21_000)), { once: true })).toContain(
      pageText('noResume'),
    );
  });

  test.each([
    [fileSeed(Buffer.from('secret words'), 'hidden-name.zip'), 'fileOfType', 'ZIP'],
    [fileSeed(Buffer.from('secret words\n'), 'hidden-name.json'), 'fileOfType', 'JSON'],
    [fileSeed(Buffer.from([1, 2, 0, 3]), 'hidden-name'), 'file', ''],
    [fileSeed(png(4, 4), 'hidden-name.png'), 'picture', ''],
    [textSeed('secret words', 'hidden-name'), 'text', ''],
  ] as const)(
    'the form says what it contains, and nothing of the content: %#',
    async (seed, key, type) => {
      const link = await linkOf(seed, { once: true });
      const what = key === 'fileOfType' ? pageText(key, { type }) : pageText(key);
      for (const text of [(await get(link)).text, (await asProgram(link)).text]) {
        expect(text).toContain(`${what} · `);
        expect(text).not.toMatch(/secret words|hidden-name/);
      }
      const behind = await linkOf(seed, { once: true, password: 'x' });
      for (const text of [(await get(behind)).text, (await asProgram(behind)).text]) {
        expect(text).not.toContain(`${what} · `);
      }
    },
  );
});

const SAVERS: readonly (readonly [string, readonly string[]])[] = [
  ['curl', ['-sSOJ']],
  ['wget', ['-q', '--content-disposition']],
  ['wget2', ['-q', '--content-disposition']],
  ['aria2c', ['-q', '--no-conf', '--min-split-size=1M', '-x4']],
];

const installed = new Set(
  (
    await Promise.all(
      SAVERS.map(async ([name]) =>
        run(name, ['--version']).then(
          () => [name],
          () => [],
        ),
      ),
    )
  ).flat(),
);

describe.each(SAVERS)('%s', (name, flags) => {
  test.skipIf(!installed.has(name))('saves files and collections, and no note', async () => {
    const large = Buffer.alloc(5_000_000, 'a long text that is a file ');
    const upload = await fetch(`${running.service.apiBaseUrl}/x-linkify/assets?name=large.bin`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${running.service.token}`,
        'content-type': 'application/octet-stream',
      },
      body: large,
    });
    const asset = await upload.json();
    const linked = await running.api.call('POST', '/linkify', { access: 'PUBLIC', asset });
    await program(name, [...flags, linked.json.iterable[0].link]);
    expect((await saved('large.bin')).equals(large)).toBe(true);
    await program(name, [...flags, await collection()]);
    expect((await saved('Collection.zip')).includes('two.bin')).toBe(true);
    const before = await readdir(folder);
    const locked = await linkOf(textSeed('x'), { password: 'pw' });
    const once = await linkOf(textSeed('x'), { once: true });
    for (const link of [locked, once]) {
      const failing = name === 'curl' ? [...flags, '-f'] : flags;
      const { code } = await program(name, [...failing, link]);
      // Wget2 says of no status that it failed.
      if (name !== 'wget2') expect(code).not.toBe(0);
    }
    expect(await readdir(folder)).toEqual(before);
  });
});
