import { chmod, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadOrCreateToken, prepareDataDir, tokenFileIn } from '../../../main/server/data-dir.ts';
import { openSettings } from '../../../main/settings/settings.ts';
import { closeDataDir } from '../../../main/targets/close-data-dir.ts';
import { clientCreator } from '../../../main/targets/create-client.ts';
import { ThisComputerTarget } from '../../../main/targets/this-computer.ts';

let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'linkify-data-dir-'));
  folder = join(parent, 'service');
});

afterEach(() => rm(parent, { recursive: true }));

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

it('the server starts in the folder of a profile that was copied without its modes', async () => {
  await prepareDataDir(folder);
  const token = await loadOrCreateToken(folder);
  await chmod(tokenFileIn(folder), 0o644);
  await chmod(folder, 0o755);
  await closeDataDir(folder);
  expect(await modeOf(folder)).toBe(0o700);
  await prepareDataDir(folder);
  // Others could read the earlier one.
  expect(await loadOrCreateToken(folder)).not.toBe(token);
});

it('a folder and a token that nobody else could read stay as they are', async () => {
  await prepareDataDir(folder);
  const token = await loadOrCreateToken(folder);
  await closeDataDir(folder);
  expect(await loadOrCreateToken(folder)).toBe(token);
});

it('a folder that is missing is left to the server', async () => {
  await closeDataDir(folder);
  await expect(stat(folder)).rejects.toMatchObject({ code: 'ENOENT' });
});

it('what a link leads to is not touched', async () => {
  const elsewhere = join(parent, 'elsewhere');
  await mkdir(elsewhere, { mode: 0o755 });
  await chmod(elsewhere, 0o755);
  await writeFile(join(elsewhere, 'file'), '');
  await symlink(elsewhere, folder);
  await closeDataDir(folder);
  expect(await modeOf(elsewhere)).toBe(0o755);
  await expect(prepareDataDir(folder)).rejects.toThrow();
});

it('the app starts its server in such a folder', async () => {
  await mkdir(folder);
  await chmod(folder, 0o755);
  const target = new ThisComputerTarget({
    userData: parent,
    settings: openSettings({
      store: { load: () => undefined, save: () => {}, setAside: () => undefined },
      secrets: { available: () => false, encrypt: (text) => text, decrypt: (text) => text },
    }),
    createClient: clientCreator({ appVersion: '0.0.0', platform: process.platform }),
  });
  await target.client();
  expect(await modeOf(folder)).toBe(0o700);
  await target.stop();
});
