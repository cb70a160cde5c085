import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchApp, newProfile, type RunningApp, runCommandLine } from '../support/app.ts';
import { AS_BROWSER } from '../support/as-browser.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { LINKIFY, resultOf, runInTerminal, runLinkify, startLinkify } from '../support/linkify.ts';
import { fetchRaw, waitForLink } from './screens/clipboard-link.ts';
import { answerConfirmation } from './screens/file-dialog.ts';

// Scripts and people at a terminal: `linkify`, which reaches the running app without a second Electron.

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

const linkify = (args: readonly string[], input?: string | Uint8Array) =>
  runLinkify({
    desktop,
    profile: app.profile,
    args,
    ...(input === undefined ? {} : { input }),
  });

const json = async (...args: string[]) => JSON.parse((await linkify([...args, '--json'])).out);

test('stdin becomes a link, as text or as a file of the given name', async () => {
  const text = await linkify(['share', '-'], 'hi\n');
  expect(text).toMatchObject({ code: 0, errors: '', out: expect.stringMatching(/^http\S+\n$/) });
  expect(Buffer.from(await fetchRaw(text.out.trim())).toString()).toBe('hi\n');
  expect(await waitForLink(desktop)).toBe(text.out.trim());

  const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, at) => (at * 31) % 256));
  const file = await linkify(['share', '-', '--name', 'data.bin'], bytes);
  expect(file.code).toBe(0);
  expect(Buffer.compare(Buffer.from(await fetchRaw(file.out.trim())), bytes)).toBe(0);
  expect(await (await fetch(file.out.trim(), AS_BROWSER)).text()).toContain('data.bin');

  expect(await linkify(['share', '-'], '')).toMatchObject({ code: 1, out: '' });
});

test('files, the clipboard, and a collection with a name', async () => {
  await writeFile(join(desktop.dir, 'one.txt'), 'number one');
  await writeFile(join(desktop.dir, 'two.txt'), 'number two');
  const one = await linkify(['share', 'one.txt']);
  expect(Buffer.from(await fetchRaw(one.out.trim())).toString()).toBe('number one');
  const both = await json('share', 'one.txt', 'two.txt', '--name', 'Both of them');
  expect(both).toMatchObject({ title: 'Both of them', kind: 'collection', state: 'active' });
  const page = await (await fetch(both.link, AS_BROWSER)).text();
  for (const part of ['Both of them', 'one.txt', 'two.txt']) expect(page).toContain(part);
  await desktop.clipboard.writeText('from the clipboard');
  const copied = await linkify(['share', '--clipboard']);
  expect(Buffer.from(await fetchRaw(copied.out.trim())).toString()).toBe('from the clipboard');
});

test('options of the link are applied', async () => {
  await writeFile(join(desktop.dir, 'secret-plan.txt'), 'the plan');
  await writeFile(join(desktop.dir, 'password.txt'), 'open sesame\nnot this\n');
  const file = ['share', 'secret-plan.txt'];
  const limited = await json(...file, '--expires', '1h', '--max-opens', '3');
  expect(limited).toMatchObject({ maxOpens: 3 });
  const hours = (Date.parse(limited.expiresAt) - Date.parse(limited.createdAt)) / 3_600_000;
  expect(Math.round(hours * 10)).toBe(10);
  expect(await json(...file, '--once')).toMatchObject({ once: true });
  expect(await json(...file, '--expires', 'never')).not.toHaveProperty('expiresAt');
  const closed = await json(...file, '--password-file', 'password.txt');
  expect(closed).toMatchObject({ password: true });
  expect(await (await fetch(closed.link, AS_BROWSER)).text()).not.toContain('the plan');
  expect(await linkify([...file, '--password-file', 'nosuch'])).toMatchObject({ code: 1, out: '' });
});

test('a password is asked for on the terminal, and not shown', async () => {
  await writeFile(join(desktop.dir, 'typed.txt'), 'behind a typed password');
  const run = (...answers: readonly string[]) =>
    runInTerminal(
      { desktop, profile: app.profile, args: ['share', 'typed.txt', '--password', '--json'] },
      answers.map((keys, at) => [at === 0 ? 'link: ' : 'again: ', keys] as const),
    );
  const { code, shown } = await run('sesamx\u007fe\r', 'sesame\r');
  expect(code).toBe(0);
  expect(shown).not.toContain('sesam');
  const link = JSON.parse(shown.slice(shown.indexOf('{'), shown.lastIndexOf('}') + 1));
  expect(link).toMatchObject({ password: true });
  const answer = await fetch(link.link, {
    method: 'POST',
    redirect: 'manual',
    headers: { ...AS_BROWSER.headers, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ password: 'wrong' }),
  });
  expect(await answer.text()).not.toContain('behind a typed password');
  expect(await run('one\r', 'other\r')).toMatchObject({ code: 1 });
  expect(await run('\u0003')).toMatchObject({ code: 130 });
});

test('links are listed, copied by place, URL and ID, and revoked; undo restores them', async () => {
  const link = (await linkify(['share', '-'], 'to be revoked')).out.trim();
  const [line = ''] = (await linkify(['list'])).out.split('\n');
  const [id = '', state, , url] = line.split('\t');
  expect({ state, url }).toEqual({ state: 'active', url: link });
  for (const named of [[], ['1'], [id], [link]]) {
    await desktop.clipboard.writeText('before');
    expect(await linkify(['copy', ...named])).toEqual({ code: 0, out: '', errors: '' });
    expect(await waitForLink(desktop)).toBe(link);
  }
  expect(await linkify(['revoke', '1'])).toEqual({ code: 0, out: '', errors: '' });
  expect((await fetch(link)).status).toBe(410);
  expect((await json('list'))[0]).toMatchObject({ id, state: 'revoked' });
  expect(await linkify(['copy', id])).toMatchObject({ code: 1 });
  expect(await linkify(['undo'])).toEqual({ code: 0, out: '', errors: '' });
  expect((await fetch(link)).status).toBe(200);
  expect(await linkify(['revoke', 'nosuch'])).toMatchObject({ code: 1, out: '' });
});

test('undo takes back a share', async () => {
  const link = (await linkify(['share', '-'], 'shared by mistake')).out.trim();
  expect(await linkify(['undo'])).toMatchObject({ code: 0 });
  expect((await fetch(link)).status).toBe(410);
});

test('status and settings', async () => {
  const status = await json('status');
  expect(status).toMatchObject({ pendingShares: 0, clipboardHistory: 'on', service: {} });
  expect((await linkify(['status'])).out).toContain(status.version);
  expect(await linkify(['settings', 'get', 'expiryHours'])).toMatchObject({ out: '168\n' });
  expect(await linkify(['settings', 'set', 'expiryHours', '2'])).toMatchObject({ code: 0 });
  expect(await json('settings', 'get')).toMatchObject({ expiryHours: 2 });
  expect(await linkify(['settings', 'set', 'expiryHours', 'long'])).toMatchObject({ code: 2 });
  expect(await linkify(['settings', 'get', 'serviceToken'])).toMatchObject({ code: 1, out: '' });
});

test('a setting that could give content away is changed only after a confirmation', async () => {
  const child = startLinkify({
    desktop,
    profile: app.profile,
    args: ['settings', 'set', 'shareAutomatically', 'everything'],
  });
  const result = resultOf(child);
  await answerConfirmation(desktop, 'no');
  expect(await result).toMatchObject({ code: 1, out: '' });
  expect((await linkify(['settings', 'get', 'shareAutomatically'])).out).toBe('off\n');
  const allowed = linkify(['settings', 'set', 'shareAutomatically', 'images']);
  await answerConfirmation(desktop, 'yes');
  expect(await allowed).toEqual({ code: 0, out: '', errors: '' });
  expect((await linkify(['settings', 'get', 'shareAutomatically'])).out).toBe('images\n');
  await linkify(['settings', 'set', 'shareAutomatically', 'off']);
});

test('an error is one line on stderr', async () => {
  const { code, errors, out } = await linkify(['share', '/no/such/file']);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(errors).toMatch(/^\S[^\n]*\n$/);
  expect(await linkify(['shar', 'x'])).toMatchObject({ code: 2, out: '' });
  expect(await linkify(['share', '--password=x', 'y'])).toMatchObject({ code: 2, out: '' });
});

test('a secret is not shared: the command says that the app has a question', async () => {
  const secret = `AWS_SECRET_ACCESS_KEY=${'aB3/dE5+gH'.repeat(4)}`;
  const { code, errors, out } = await linkify(['share', '-'], secret);
  expect({ code, out }).toEqual({ code: 3, out: '' });
  expect(errors).not.toContain('aB3/dE5+gH');
  expect((await json('status')).question).toBeTruthy();
});

test('flags of earlier versions do the same', async () => {
  await writeFile(join(desktop.dir, 'flag.txt'), 'by a flag');
  const { out } = await linkify(['--share', 'flag.txt']);
  expect(Buffer.from(await fetchRaw(out.trim())).toString()).toBe('by a flag');
  const { out: lines } = await linkify(['--list']);
  expect(lines).toContain(out.trim());
});

test('linkify-tray takes the same commands', async () => {
  const tray = (...args: string[]) => runCommandLine({ desktop, profile: app.profile, args });
  const { code, out } = await tray('share', 'flag.txt', '--expires', '1h');
  expect(code).toBe(0);
  expect(Buffer.from(await fetchRaw(out.trim())).toString()).toBe('by a flag');
  expect((await tray('list')).out).toContain(out.trim());
  expect((await tray('share', '--help')).out).toContain('--max-opens');
});

test('linkify starts no Electron, and prints its version without the app', async () => {
  expect(await linkify(['--version'])).toMatchObject({ code: 0, out: /^\d+\.\d+\.\d+\n$/ });
  expect((await linkify(['completion', 'bash'])).out).toContain('complete -F');
  const profile = await newProfile(desktop);
  for (const command of ['status', 'quit']) {
    expect(await runLinkify({ desktop, profile, args: [command] })).toMatchObject({ code: 1 });
  }
});

test.skipIf(process.getuid?.() !== 0)('another user cannot use the socket', () => {
  const asNobody = ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath, LINKIFY];
  const status = () =>
    spawnSync('setpriv', [...asNobody, `--user-data-dir=${app.profile}`, 'status']).status;
  expect(status()).not.toBe(0);
});

test('linkify starts the app where it does not run, in the folder that is the default', async () => {
  await app.close();
  const home = await mkdtemp(join(desktop.dir, 'home-'));
  // `npm start` finds its runtime in the cache folder of this user.
  const { HOME = '', XDG_CACHE_HOME = '' } = process.env;
  const env = { HOME, XDG_CACHE_HOME, XDG_CONFIG_HOME: join(home, 'config') };
  const run = (...args: string[]) =>
    runLinkify({ desktop, env, args, ...(args[0] === 'share' ? { input: 'the first one' } : {}) });
  const { code, errors, out } = await run('share', '-');
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  expect(out).toMatch(/^http\S+\n$/);
  expect(await run('list')).toMatchObject({ out: expect.stringContaining(out.trim()) });
  expect(await run('quit')).toEqual({ code: 0, out: '', errors: '' });
  await waitFor('the icon to leave', async () => (await desktop.tray.iconCount()) === 0);
  app = await launchApp({ desktop, profile: app.profile });
}, 60_000);

test('Ctrl+C cancels an upload: nothing is shared, and nothing is left pending', async () => {
  const requests: string[] = [];
  // A server that takes the content and never answers.
  const server = createServer((request) => {
    requests.push(request.url ?? '');
    request.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const profile = await newProfile(desktop, {
    version: 1,
    service: 'custom',
    serviceUrl: `http://127.0.0.1:${port}`,
    fallback: 'never',
  });
  await app.close();
  const other = await launchApp({ desktop, profile });
  try {
    const child = startLinkify({ desktop, profile, args: ['share', '-'] });
    const result = resultOf(child);
    child.stdin.end('x'.repeat(300_000));
    await waitFor('the upload', () => requests.length > 0);
    child.kill('SIGINT');
    expect(await result).toEqual({ code: 130, out: '', errors: '' });
    const status = await runLinkify({ desktop, profile, args: ['status', '--json'] });
    expect(JSON.parse(status.out)).toMatchObject({ pendingShares: 0, activeLinks: 0 });
    expect(JSON.parse(status.out)).not.toHaveProperty('sharing');
    // The same by a person at a terminal, who sees that it goes on. In a pipe there is no progress.
    await writeFile(join(desktop.dir, 'large.bin'), Buffer.alloc(5_000_000, 1));
    const typed = await runInTerminal({ desktop, profile, args: ['share', 'large.bin'] }, [
      ['Sharing', '\u0003'],
    ]);
    expect(typed.code).toBe(130);
    expect(typed.shown).not.toMatch(/^http/m);
    expect(await runLinkify({ desktop, profile, args: ['quit'] })).toMatchObject({ code: 0 });
    await once(other.child, 'exit').catch(() => undefined);
  } finally {
    server.closeAllConnections();
    server.close();
    await other.close();
  }
});
