import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runTool } from '../support/run-tool.ts';

const ROOT = join(import.meta.dirname, '../..');
const SOURCES = ['main', 'preload', 'renderer', 'vite.config.ts', 'package-lock.json'] as const;

/** Builds dist/ unless it is newer than everything that it is made of. Answers vite's exit code. */
export async function buildIfNeeded(): Promise<number> {
  const builtAtMs = await modifiedAtMs(join(ROOT, 'dist/main/boot.js'));
  const sources = await Promise.all(SOURCES.map((name) => newestMs(join(ROOT, name))));
  if (builtAtMs > Math.max(...sources)) return 0;
  // stdout is for what is built.
  console.error('Building ...');
  return runTool('vite', ['build', '--logLevel', 'warn'], {}, 'only-errors');
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
