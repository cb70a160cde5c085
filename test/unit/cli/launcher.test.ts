import { execFileSync } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { appToStart } from '../../../main/cli/app-to-start.ts';

// The shell script that packages have in their PATH, in the folders of an installed app.

let folder: string;
let app: string;
let linkify: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'launcher '));
  app = join(folder, 'linkify-tray');
  linkify = join(folder, 'resources/cli/linkify');
  await mkdir(dirname(linkify), { recursive: true });
  await copyFile('assets/cli/linkify', linkify);
  await writeFile(app, '#!/bin/sh\nprintf "app:%s\\n" "$@"\n');
  await chmod(app, 0o755);
  const program = 'for (const arg of process.argv.slice(2)) console.log("node:" + arg);';
  await writeFile(join(dirname(linkify), 'linkify.cjs'), program);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const ARGUMENTS = ['share', 'a b', '', '*', '--'];

/** What each argument became, by a link to the script, as in /usr/bin. */
async function run(path: string): Promise<readonly string[]> {
  const link = join(folder, 'linkify');
  await symlink(linkify, link);
  const out = execFileSync('/bin/sh', [link, ...ARGUMENTS], { env: { PATH: path } });
  return out.toString().trimEnd().split('\n');
}

test.skipIf(process.platform === 'win32')('Node runs linkify where there is one', async () => {
  const path = `${dirname(process.execPath)}:/usr/bin:/bin`;
  expect(await run(path)).toEqual(ARGUMENTS.map((arg) => `node:${arg}`));
});

test.skipIf(process.platform === 'win32')('without Node the app itself does it', async () => {
  const tools = join(folder, 'tools');
  await mkdir(tools);
  await symlink('/usr/bin/readlink', join(tools, 'readlink'));
  expect(await run(tools)).toEqual(ARGUMENTS.map((arg) => `app:${arg}`));
});

test('the app that is started is the installed one, or that of the checkout', () => {
  expect(appToStart(dirname(linkify), 'linux')).toEqual([app]);
  expect(appToStart('dist/cli', 'linux').join(' ')).toMatch(/^npm .*start --$/);
  expect(appToStart('/nowhere/at/all', 'linux')).toEqual(['linkify-tray']);
});
