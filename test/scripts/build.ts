import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runTool } from '../support/run-tool.ts';

const ROOT = join(import.meta.dirname, '../..');
const SOURCES = [
  'assets',
  'main',
  'package-lock.json',
  'package.json',
  'preload',
  'renderer',
  'test/scripts/license-file.ts',
  'vite.config.ts',
] as const;

/** Builds dist/ unless it is up to date. Answers vite's exit code. */
export async function buildIfNeeded(): Promise<number> {
  if (await isBuilt(ROOT)) return 0;
  // stdout is for what is built.
  console.error('Building ...');
  return runTool('vite', ['build', '--logLevel', 'warn'], {}, 'only-errors');
}

/** Whether dist/ is newer than everything that it is made of. */
export async function isBuilt(root: string): Promise<boolean> {
  const builtAtMs = await modifiedAtMs(join(root, 'dist/main/boot.js'));
  const sources = await Promise.all(SOURCES.map((name) => newestMs(join(root, name))));
  return builtAtMs > Math.max(...sources);
}

async function newestMs(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true }).catch(() => []);
  const times = await Promise.all([path, ...entries.map((e) => join(path, e))].map(modifiedAtMs));
  return Math.max(...times);
}

async function modifiedAtMs(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
