import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appCommand, launchApp, type RunningApp } from '../support/app.ts';
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

/** Starts the app a second time and answers its exit code and what it printed. */
async function again(args: readonly string[]) {
  const command = await appCommand();
  return new Promise<{ code: number | null; out: string; errors: string }>((resolve) => {
    const child = spawn(
      command.executable,
      [...command.args, `--user-data-dir=${app.profile}`, ...args],
      { env: { ...desktop.env }, cwd: desktop.dir, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let out = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk;
    });
    child.on('close', (code) => resolve({ code, out, errors }));
  });
}

test('--share-clipboard shares what is on the clipboard, in the running app', async () => {
  await desktop.clipboard.writeText('asked for by a script');
  const { code } = await again(['--share-clipboard']);
  expect(code).toBe(0);
  const link = await waitForLink(desktop);
  expect(Buffer.from(await fetchRaw(link)).toString()).toBe('asked for by a script');
  expect(await desktop.tray.iconCount()).toBe(1);
});

test('--share FILE shares a file by its relative path', async () => {
  await writeFile(join(desktop.dir, 'by name.txt'), 'content of the file');
  await desktop.clipboard.writeText('before');
  const { code } = await again(['--share', 'by name.txt']);
  expect(code).toBe(0);
  const link = await waitForLink(desktop);
  expect(Buffer.from(await fetchRaw(link)).toString()).toBe('content of the file');
});

test('--share with several files makes one collection', async () => {
  for (const name of ['one.txt', 'two.txt', 'three.txt']) {
    await writeFile(join(desktop.dir, name), name);
  }
  await desktop.clipboard.writeText('before');
  await again(['--share', 'one.txt', 'two.txt', 'three.txt']);
  const page = await (await fetch(await waitForLink(desktop))).text();
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
