import {
  chmod,
  chown,
  lchown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadOrCreateToken, prepareDataDir, StartupError } from '../../../main/server/data-dir.ts';

let base = '';
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'linkify-data-'));
});
afterEach(() => rm(base, { recursive: true, force: true }));

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

test('makes a folder that only its owner can enter', async () => {
  await prepareDataDir(join(base, 'a/b'));
  expect(await modeOf(join(base, 'a/b'))).toBe(0o700);
});

test.each([0o755, 0o750, 0o777, 0o701])(
  'refuses a folder with mode %o, and says what to do',
  async (mode) => {
    await chmod(base, mode);
    const refused = prepareDataDir(base);
    await expect(refused).rejects.toBeInstanceOf(StartupError);
    await expect(refused).rejects.toThrow(/chmod 700/);
  },
);

test('refuses a file, and a link in its place', async () => {
  await writeFile(join(base, 'file'), '');
  await expect(prepareDataDir(join(base, 'file'))).rejects.toThrow();
  await symlink(base, join(base, 'link'));
  await expect(prepareDataDir(join(base, 'link'))).rejects.toBeInstanceOf(StartupError);
});

test('makes a token of 256 bits once, in a file that only its owner can read', async () => {
  const token = await loadOrCreateToken(base);
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  expect(await modeOf(join(base, 'api-token'))).toBe(0o600);
  expect(await loadOrCreateToken(base)).toBe(token);
  expect(await readFile(join(base, 'api-token'), 'utf8')).toBe(token);
});

test.each([0o644, 0o640, 0o604])('refuses a token file with mode %o', async (mode) => {
  await loadOrCreateToken(base);
  await chmod(join(base, 'api-token'), mode);
  await expect(loadOrCreateToken(base)).rejects.toThrow(StartupError);
});

test('refuses a token file that is a link, or holds something else', async () => {
  const path = join(base, 'api-token');
  await symlink('/etc/hostname', path);
  await expect(loadOrCreateToken(base)).rejects.toBeInstanceOf(StartupError);
  await rm(path);
  for (const text of ['short', `${'a'.repeat(40)} b`, `${'a'.repeat(43)}\0`]) {
    await writeFile(path, text, { mode: 0o600 });
    await expect(loadOrCreateToken(base)).rejects.toThrow(StartupError);
  }
});

test.each(['', '\n', '\0'.repeat(43)])(
  'a token file that a power cut left as %j is made anew',
  async (text) => {
    const path = join(base, 'api-token');
    await writeFile(path, text, { mode: 0o600 });
    const token = await loadOrCreateToken(base);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(await readFile(path, 'utf8')).toBe(token);
    expect(await modeOf(path)).toBe(0o600);
    expect(await readdir(base)).toEqual(['api-token']);
  },
);

test('but not one that others can read, or that is a link', async () => {
  const path = join(base, 'api-token');
  await writeFile(path, '');
  await chmod(path, 0o644);
  await expect(loadOrCreateToken(base)).rejects.toThrow(StartupError);
  await rm(path);
  await writeFile(join(base, 'elsewhere'), '', { mode: 0o600 });
  await symlink(join(base, 'elsewhere'), path);
  await expect(loadOrCreateToken(base)).rejects.toBeInstanceOf(StartupError);
  expect(await readFile(join(base, 'elsewhere'), 'utf8')).toBe('');
});

test('starts at the same time get the same token', async () => {
  const tokens = await Promise.all(Array.from({ length: 20 }, () => loadOrCreateToken(base)));
  expect(new Set(tokens).size).toBe(1);
  expect(await readdir(base)).toEqual(['api-token']);
});

describe('a folder above', () => {
  const data = (): string => join(base, 'above', 'between', 'data');
  beforeEach(async () => {
    await mkdir(join(base, 'above', 'between'), { recursive: true, mode: 0o755 });
  });

  test.each([0o777, 0o757, 0o775, 0o2777])(
    'that others can write to, mode %o, is refused',
    async (mode) => {
      for (const folder of ['above', 'above/between']) {
        await chmod(join(base, folder), mode);
        // The group of root is root alone.
        const isSafe = mode === 0o775 && process.getgid?.() === 0;
        const prepared = prepareDataDir(data());
        if (isSafe) await prepared;
        else await expect(prepared).rejects.toThrow(join(base, folder));
        await chmod(join(base, folder), 0o755);
      }
      await prepareDataDir(data());
    },
  );

  test('that is sticky, as /tmp is, is not', async () => {
    await chmod(join(base, 'above'), 0o1777);
    await prepareDataDir(data());
  });

  test.skipIf(process.getuid?.() !== 0)('that belongs to another user is refused', async () => {
    await prepareDataDir(data());
    await chown(join(base, 'above'), 65_534, 65_534);
    await expect(prepareDataDir(data())).rejects.toThrow(join(base, 'above'));
    // Also where it stands in a sticky one.
    await chown(join(base, 'above'), 0, 0);
    await chmod(join(base, 'above'), 0o1777);
    await chown(join(base, 'above/between'), 65_534, 65_534);
    await expect(prepareDataDir(data())).rejects.toThrow(join(base, 'above/between'));
  });

  test.skipIf(process.getuid?.() !== 0)('that its own group can write to is refused', async () => {
    await chown(join(base, 'above'), 0, 65_534);
    await chmod(join(base, 'above'), 0o775);
    await expect(prepareDataDir(data())).rejects.toThrow(join(base, 'above'));
  });

  test('by way of a link is refused when either way is unsafe', async () => {
    await mkdir(join(base, 'open', 'real'), { recursive: true });
    await symlink(join(base, 'open', 'real'), join(base, 'above', 'link'));
    const path = join(base, 'above', 'link', 'data');
    await prepareDataDir(path);
    await chmod(join(base, 'open'), 0o777);
    await expect(prepareDataDir(path)).rejects.toThrow(join(base, 'open'));
    await chmod(join(base, 'open'), 0o755);
    await chmod(join(base, 'above'), 0o777);
    await expect(prepareDataDir(path)).rejects.toThrow(join(base, 'above'));
  });

  test.skipIf(process.getuid?.() !== 0)(
    'a link of another user in a sticky folder is refused',
    async () => {
      await chmod(join(base, 'above'), 0o1777);
      await symlink(join(base, 'above/between'), join(base, 'above', 'link'));
      await lchown(join(base, 'above', 'link'), 65_534, 65_534);
      await expect(prepareDataDir(join(base, 'above/link/data'))).rejects.toThrow('link');
    },
  );

  test('links in a circle end', async () => {
    await symlink(join(base, 'above/b'), join(base, 'above/a'));
    await symlink(join(base, 'above/a'), join(base, 'above/b'));
    await expect(prepareDataDir(join(base, 'above/a/data'))).rejects.toThrow();
  });
});
