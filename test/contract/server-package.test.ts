import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServiceProcess, spawnService } from '../support/service/process.ts';
import { get, textSeed } from '../support/service/run.ts';

/** The server as an npm package of its own, installed in an empty folder. */

const ROOT = join(import.meta.dirname, '../..');
const run = promisify(execFile);

let folder = '';
let installed = '';
let service: ServiceProcess | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linkify-package-'));
  // As an admin does, with Node alone: here modules are loaded in another way.
  const packing = await run('npm', ['run', 'package:server', '--', join(folder, 'packed')], {
    cwd: ROOT,
  });
  const tarball = packing.stdout.trim().split('\n').at(-1) ?? '';
  const project = join(folder, 'project');
  await mkdir(project);
  // Its dependency is the one of this checkout: a test needs no registry.
  const own = ['@photostructure/sqlite'].map((name) => [
    name,
    `file:${join(ROOT, 'node_modules', name)}`,
  ]);
  await writeFile(
    join(project, 'package.json'),
    JSON.stringify({
      private: true,
      dependencies: { ...Object.fromEntries(own), 'linkify-tray-server': `file:${tarball}` },
    }),
  );
  await run('npm', ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: project,
  });
  installed = join(project, 'node_modules', 'linkify-tray-server');
}, 120_000);
afterAll(async () => {
  await service?.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

test('it has the bundle, and nothing of the app', async () => {
  const names = await readdir(installed, { recursive: true });
  expect(names).toEqual(
    expect.arrayContaining(['LICENSE', 'README.md', 'package.json', 'dist/licenses.txt']),
  );
  expect(names.filter((name) => /\.(ts|map)$/.test(name))).toEqual([]);
  const scripts = names.filter((name) => name.endsWith('.js'));
  const sources = await Promise.all(scripts.map((name) => readFile(join(installed, name), 'utf8')));
  expect(sources.length).toBeGreaterThan(2);
  for (const source of sources) expect(source).not.toMatch(/from ?["'`]electron["'`]/);
});

test('it starts, renders a page in its thread, and stops', async () => {
  const bin = join(folder, 'project/node_modules/.bin/linkify-tray-server');
  service = await spawnService(join(folder, 'data'), [], [], [], bin);
  const { link } = await service.api.share(textSeed('const answer = 42;', 'answer.ts', 'ts'));
  const page = await get(link);
  expect(page.status).toBe(200);
  expect(page.text).toContain('hljs-keyword">const<');
  expect((await service.api.call('GET', '/metrics')).text).toContain('process_cpu_seconds_total');
  expect(await service.kill('SIGTERM')).toBe(0);
});

test('npx runs it from the folder where it is installed', async () => {
  const { stdout } = await run('npx', ['--offline', 'linkify-tray-server', '--help'], {
    cwd: join(folder, 'project'),
  });
  expect(stdout).toMatch(/^Usage: /);
});
