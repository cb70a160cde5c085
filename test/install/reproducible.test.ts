import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ARTIFACTS, isShort } from '../support/packaging/artifacts.ts';
import { LINUX_INSTALLERS, packageApp } from '../support/packaging/package-app.ts';
import { runTool } from '../support/run-tool.ts';

const BUILD_MS = 600_000;

describe.skipIf(isShort)('a second build of the same commit', () => {
  let again: string;

  beforeAll(async () => {
    again = await mkdtemp(join(tmpdir(), 'linkify-again-'));
    // As outside of Vitest, where Vite bundles for production, and electron-builder copies files
    // instead of linking them.
    vi.stubEnv('NODE_ENV', 'production');
    vi.stubEnv('VITEST', undefined);
    expect(await runTool('vite', ['build'], {}, 'only-errors')).toBe(0);
    expect(await packageApp({ output: again, installers: LINUX_INSTALLERS })).toBe(0);
  }, BUILD_MS);

  afterAll(async () => {
    vi.unstubAllEnvs();
    await rm(again, { recursive: true, force: true });
  });

  test.each(['appImage', 'deb', 'rpm'] as const)('gives the same bytes: %s', async (kind) => {
    const first = ARTIFACTS[kind];
    expect(await hashOf(join(again, basename(first)))).toBe(await hashOf(first));
  });
});

async function hashOf(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}
