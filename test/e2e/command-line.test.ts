import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isPortOpen } from '../../main/linkify/peer/port-open.ts';
import { launchApp, type RunningApp, runCommandLine } from '../support/app.ts';
import { AS_BROWSER } from '../support/as-browser.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { fetchRaw, waitForLink } from './screens/clipboard-link.ts';

// A person's script is a user too: a second start hands its command line to the running app.

let desktop: Desktop;
let app: RunningApp;

beforeAll(async () => {
  desktop = await startDesktop();
  app = await launchApp({ desktop });
});

afterAll(async () => {
  await app?.close();
  await desktop?.close();
});

const again = (args: readonly string[]) => runCommandLine({ desktop, profile: app.profile, args });

test('--share-clipboard shares what is on the clipboard and prints the link', async () => {
  await desktop.clipboard.writeText('asked for by a script');
  const { code, out } = await again(['--share-clipboard']);
  expect(code).toBe(0);
  expect(out).toBe(`${await waitForLink(desktop)}\n`);
  expect(Buffer.from(await fetchRaw(out.trim())).toString()).toBe('asked for by a script');
  expect(await desktop.tray.iconCount()).toBe(1);
});

test('--share FILE shares a file by its relative path and prints the link', async () => {
  await writeFile(join(desktop.dir, 'by name.txt'), 'content of the file');
  await desktop.clipboard.writeText('before');
  const { code, out } = await again(['--share', 'by name.txt']);
  expect(code).toBe(0);
  expect(Buffer.from(await fetchRaw(out.trim())).toString()).toBe('content of the file');
});

test('--no-wait hands over and prints nothing', async () => {
  await writeFile(join(desktop.dir, 'later.txt'), 'not waited for');
  await desktop.clipboard.writeText('before');
  expect(await again(['--no-wait', '--share', 'later.txt'])).toEqual({
    code: 0,
    out: '',
    errors: '',
  });
  expect(Buffer.from(await fetchRaw(await waitForLink(desktop))).toString()).toBe('not waited for');
});

test.each([
  ['--share', '/no/such'],
  ['--revoke', 'nosuch'],
  ['--copy', 'nosuch'],
])('%s %s fails with one line on stderr and nothing on stdout', async (...args) => {
  const { code, out, errors } = await again(args);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(errors).toMatch(/^\S[^\n]*\n$/);
});

test('what looks like a secret is not shared: the command says that the app has a question', async () => {
  await desktop.clipboard.writeText(`AWS_SECRET_ACCESS_KEY=${'aB3/dE5+gH'.repeat(4)}`);
  expect(await again(['--share-clipboard'])).toMatchObject({
    code: 3,
    out: '',
    errors: expect.stringMatching(/\S/),
  });
});

test('a link is listed, copied, revoked, and then no longer opens', async () => {
  await desktop.clipboard.writeText('to be revoked');
  const link = (await again(['--share-clipboard'])).out.trim();
  const line = (await again(['--list'])).out.split('\n').find((text) => text.includes(link)) ?? '';
  const [id = '', state] = line.split('\t');
  expect(state).toBe('active');
  await desktop.clipboard.writeText('before');
  expect(await again(['--copy', id])).toEqual({ code: 0, out: '', errors: '' });
  expect(await waitForLink(desktop)).toBe(link);
  expect(await again(['--revoke', id])).toEqual({ code: 0, out: '', errors: '' });
  expect((await fetch(link)).status).toBe(410);
});

test('500 files with long names become one collection', async () => {
  const folder = join(desktop.dir, 'many');
  await mkdir(folder);
  const names = Array.from({ length: 500 }, (_, at) =>
    join(folder, `${'n'.repeat(190)} ${at}.txt`),
  );
  for (const name of names) await writeFile(name, 'x');
  const { code, out, errors } = await again(['--share', ...names]);
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  const page = await (await fetch(out.trim())).text();
  expect(page).toContain('499.txt');
});

test('another server for one command is refused while the app runs with its own', async () => {
  expect(
    await again(['--service-url=http://127.0.0.1:9', '--share', '/etc/hostname']),
  ).toMatchObject({ code: 1, out: '', errors: expect.stringContaining('--service-url') });
});

test('no argument of a second start has an effect on the app that runs', async () => {
  const { code } = await again(['--remote-debugging-port=39395', '--lang=xx']);
  expect(code).toBe(0);
  expect(await isPortOpen(39_395, 1_000)).toBe(false);
  expect(await again(['--service-url=http://127.0.0.1:9'])).toMatchObject({ code: 1, out: '' });
  expect(await desktop.tray.iconCount()).toBe(1);
});

test('a file name with a hyphen is refused with a hint, and works after --', async () => {
  await writeFile(join(desktop.dir, '-plan.txt'), 'the plan');
  expect(await again(['--share', '-plan.txt', 'by name.txt'])).toMatchObject({
    code: 2,
    out: '',
    errors: expect.stringContaining('--'),
  });
  const { code, out } = await again(['--share', '--', '-plan.txt']);
  expect(code).toBe(0);
  expect(Buffer.from(await fetchRaw(out.trim())).toString()).toBe('the plan');
});

test('--share with several files makes one collection', async () => {
  for (const name of ['one.txt', 'two.txt', 'three.txt']) {
    await writeFile(join(desktop.dir, name), name);
  }
  await desktop.clipboard.writeText('before');
  await again(['--share', 'one.txt', 'two.txt', 'three.txt']);
  const page = await (await fetch(await waitForLink(desktop), AS_BROWSER)).text();
  for (const name of ['one.txt', 'two.txt', 'three.txt']) expect(page).toContain(name);
});

test('--help and --version print and end, without an icon of their own', async () => {
  expect(await again(['--version'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/\d+\.\d+\.\d+/),
  });
  expect(await again(['--help'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('--share'),
  });
  expect(await desktop.tray.iconCount()).toBe(1);
});

test('a slip in a switch is told, with what was meant', async () => {
  const { code, errors } = await again(['--share-clipbord']);
  expect(code).toBe(2);
  expect(errors).toContain('--share-clipboard');
});
