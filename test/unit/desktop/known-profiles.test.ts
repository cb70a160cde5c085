import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isForeignProfile } from '../../../main/desktop/known-profiles.ts';

let home: string;
let list: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'known-profiles-'));
  list = join(home, 'default', 'known-profiles');
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

function profile(name: string, settings?: string): string {
  const folder = join(home, name);
  mkdirSync(folder);
  if (settings !== undefined) writeFileSync(join(folder, 'settings.json'), settings);
  return folder;
}

test('settings that were there before the first start are foreign, once', () => {
  const folder = profile('planted', '{"version":1,"mode":"automatic"}');
  expect(isForeignProfile(folder, list)).toBe(true);
  expect(isForeignProfile(folder, list)).toBe(false);
});

test('a folder that the app began is its own, also with settings later', () => {
  const folder = profile('own');
  expect(isForeignProfile(folder, list)).toBe(false);
  writeFileSync(join(folder, 'settings.json'), '{}');
  expect(isForeignProfile(folder, list)).toBe(false);
});

test('a folder does not become known by what lies in it, or by a similar path', () => {
  const folder = profile('a', '{}');
  isForeignProfile(folder, list);
  const copy = profile('ab', '{}');
  writeFileSync(join(copy, 'known-profiles'), `${copy}\n`);
  expect(isForeignProfile(copy, list)).toBe(true);
});

test('where nothing can be kept, settings stay foreign', () => {
  const folder = profile('planted', '{}');
  const file = join(home, 'file');
  writeFileSync(file, '');
  expect(isForeignProfile(folder, join(file, 'known'))).toBe(true);
  expect(isForeignProfile(folder, join(file, 'known'))).toBe(true);
});
