import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSettingsStore, type StoreProblem } from '../../../main/desktop/settings-store.ts';
import {
  openSettings,
  type SettingsProblem,
  type ValueStore,
} from '../../../main/settings/settings.ts';

// Outside Electron the package `electron` only answers where its binary lies; any folder will do.
process.env.ELECTRON_OVERRIDE_DIST_PATH ??= tmpdir();

let folder: string;
let problems: StoreProblem[];
const open = () => openSettingsStore({ folder, onProblem: (problem) => problems.push(problem) });
const file = (name: string): string => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linkify-store-'));
  problems = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('what was saved is there after the next start, readable by its owner alone', async () => {
  const first = await open();
  first.save({ version: 1, watchClipboard: false });
  const second = await open();
  expect(second.load()).toMatchObject({ version: 1, watchClipboard: false });
  expect(statSync(file('settings.json')).mode & 0o777).toBe(0o600);
  expect(problems).toEqual([]);
});

test('a fresh folder is made for its owner alone, and nothing is written before there is something', async () => {
  folder = join(folder, 'data');
  const settings = await open();
  expect(settings.load()).toBeUndefined();
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(readdirSync(folder)).toEqual([]);
});

describe.each([
  ['empty', ''],
  ['full of NUL bytes', '\0'.repeat(300)],
  ['cut short', '{"version":1,"watch'],
  ['a list instead of an object', '[1,2]'],
  ['no JSON', 'hello'],
])('a settings file that is %s', (_what, content) => {
  test('is set aside byte for byte, told, and the app starts with defaults', async () => {
    writeFileSync(file('settings.json'), content);
    const settings = await open();
    expect(settings.load()).toBeUndefined();
    expect(problems).toEqual([
      {
        kind: 'set-aside',
        file: 'settings.json',
        backupName: expect.stringMatching(/\.corrupt-\d{8}T\d{6}Z$/),
        restored: false,
      },
    ]);
    expect(readFileSync(problems[0]?.backupName ?? '', 'utf8')).toBe(content);
    settings.save({ version: 1 });
    expect((await open()).load()).toMatchObject({ version: 1 });
  });

  test('gives way to its last good copy', async () => {
    const first = await open();
    first.save({ version: 1, serviceUrl: 'http://127.0.0.1:1' });
    const second = await open();
    second.save({ version: 1, serviceUrl: 'http://127.0.0.1:2' });
    writeFileSync(file('settings.json'), content);
    const third = await open();
    expect(third.load()).toMatchObject({ serviceUrl: 'http://127.0.0.1:1' });
    expect(problems).toMatchObject([{ restored: true }]);
  });
});

test('a folder in place of the settings file is set aside with all that is in it', async () => {
  mkdirSync(file('settings.json'));
  writeFileSync(join(file('settings.json'), 'mine.txt'), 'keep me');
  const settings = await open();
  expect(settings.load()).toBeUndefined();
  expect(readFileSync(join(problems[0]?.backupName ?? '', 'mine.txt'), 'utf8')).toBe('keep me');
  settings.save({ version: 1 });
  expect((await open()).load()).toMatchObject({ version: 1 });
});

const openSettingsOf = (store: ValueStore) => {
  const told: SettingsProblem[] = [];
  const settings = openSettings({
    store,
    secrets: { available: () => false, encrypt: String, decrypt: String },
    onProblem: (problem) => told.push(problem),
  });
  return { settings, told };
};

test('settings of a newer version stay as they are', async () => {
  const newer = JSON.stringify({ version: 2, shareShortcut: 'F9', extra: true });
  writeFileSync(file('settings.json'), newer);
  const { settings } = openSettingsOf(await open());
  settings.change({ watchClipboard: false });
  expect(readFileSync(file('settings.json'), 'utf8')).toBe(newer);
  expect(readdirSync(folder)).toEqual(['settings.json']);
});

test('a file with a wrong value is copied once, however often the app starts', async () => {
  const text = JSON.stringify({ version: 1, theme: 'red', launchAtLogin: true });
  writeFileSync(file('settings.json'), text);
  const first = openSettingsOf(await open());
  expect(first.told).toMatchObject([{ kind: 'invalid', names: ['theme'] }]);
  const [problem] = first.told;
  const backupName = problem?.kind === 'invalid' ? problem.backupName : undefined;
  expect(readFileSync(backupName ?? '', 'utf8')).toBe(text);
  const second = openSettingsOf(await open());
  expect(second.told).toEqual([]);
  expect(second.settings.values().launchAtLogin).toBe(true);
  // The same wrong file again, as a script that writes it would leave it.
  writeFileSync(file('settings.json'), text);
  openSettingsOf(await open());
  expect(readdirSync(folder).filter((name) => name.includes('corrupt'))).toHaveLength(1);
});

test('two files set aside within one second do not overwrite each other', async () => {
  for (const content of ['first', 'second']) {
    writeFileSync(file('settings.json'), content);
    await openSettingsStore({
      folder,
      onProblem: (problem) => problems.push(problem),
      now: () => 0,
    });
  }
  expect(problems.map(({ backupName }) => readFileSync(backupName ?? '', 'utf8'))).toEqual([
    'first',
    'second',
  ]);
});

test('a folder that cannot be made does not keep the app from starting', async () => {
  writeFileSync(file('data'), 'a file where the folder should be');
  folder = join(folder, 'data');
  const settings = await open();
  expect(() => settings.save({ version: 1 })).toThrow();
});

test('what a killed process left half-written is cleared away', async () => {
  writeFileSync(file('settings.json.tmp-1763911111abcdef'), '{"ver');
  writeFileSync(file('mine.tmp-1763911111abcdef'), 'not ours');
  await open();
  expect(readdirSync(folder)).toEqual(['mine.tmp-1763911111abcdef']);
});
