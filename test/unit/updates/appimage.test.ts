import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownAppImage, replace, stage } from '../../../main/updates/appimage.ts';
import {
  changeRecord,
  confirmStart,
  loadRecord,
  noteInstalling,
  rollBack,
  rollBackIfFailed,
  takeFailedInstallation,
} from '../../../main/updates/first-start.ts';
import { UpdateError } from '../../../main/updates/updater.ts';

let folder: string;
let appImage: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'appimage-'));
  appImage = program('linkify.AppImage', '1.0.0');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that prints a version, as the app does. */
function program(name: string, version: string, code = 0): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n[ "$1" = --version ] && echo ${version}\nexit ${code}\n`);
  chmodSync(path, 0o755);
  return path;
}

const sha512Of = (path: string): string =>
  createHash('sha512').update(readFileSync(path)).digest('base64');

/** Stages a download, and answers what went wrong. */
async function staged(downloaded: string, sha512 = sha512Of(downloaded)) {
  return stage({ appImage, downloaded, version: '1.1.0', file: { sha512 }, env: process.env }).then(
    () => undefined,
    (error: unknown) => (error instanceof UpdateError ? error.problem : Promise.reject(error)),
  );
}

function memoryFile(value?: unknown) {
  let kept = value;
  return {
    load: () => kept,
    save(next: unknown) {
      kept = next;
    },
    remove() {
      kept = undefined;
    },
  };
}

// AppImages are for Linux, and these run a shell script.
describe.skipIf(process.platform === 'win32')('an AppImage', () => {
  it('is replaced by a version that runs, and kept beside it', async () => {
    const next = program('next', '1.1.0');
    const newBytes = readFileSync(next);
    const oldBytes = readFileSync(appImage);
    expect(await staged(next)).toBeUndefined();
    expect(readFileSync(appImage)).toEqual(oldBytes);
    replace(appImage);
    expect(readFileSync(appImage)).toEqual(newBytes);
    expect(readFileSync(join(folder, '.linkify.AppImage.previous'))).toEqual(oldBytes);
    expect(readdirSync(folder).sort()).toEqual([
      '.linkify.AppImage.previous',
      'linkify.AppImage',
      'next',
    ]);
  });

  it.each([
    ['has another hash', '1.1.0', 0, 'x', { kind: 'not-downloaded', reason: 'different' }],
    [
      'is another version',
      '1.0.9',
      0,
      undefined,
      { kind: 'not-installed', reason: 'does-not-start' },
    ],
    ['fails', '1.1.0', 1, undefined, { kind: 'not-installed', reason: 'does-not-start' }],
  ] as const)(
    'stays as it is where the download %s',
    async (_name, version, code, hash, problem) => {
      const before = readFileSync(appImage);
      expect(await staged(program('next', version, code), hash)).toMatchObject(problem);
      expect(readFileSync(appImage)).toEqual(before);
      expect(readdirSync(folder).sort()).toEqual(['linkify.AppImage', 'next']);
    },
  );
});

it('is known by where the program runs, not by inherited variables', () => {
  const env = { APPIMAGE: '/home/a/x.AppImage', APPDIR: '/tmp/.mount_x' };
  expect(ownAppImage(env, '/tmp/.mount_x/linkify-tray')).toBe('/home/a/x.AppImage');
  expect(ownAppImage(env, '/tmp/.mount_xy/linkify-tray')).toBeUndefined();
  expect(ownAppImage(env, '/opt/linkify-tray/linkify-tray')).toBeUndefined();
  expect(ownAppImage({ ...env, APPIMAGE: 'x.AppImage' }, '/tmp/.mount_x/a')).toBeUndefined();
  expect(ownAppImage({}, '/tmp/.mount_x/linkify-tray')).toBeUndefined();
});

describe('the first start after an update', () => {
  /** As after an update from 1.0.0 to 1.1.0. */
  function updated() {
    const record = memoryFile();
    const previous = readFileSync(appImage);
    writeFileSync(join(folder, '.linkify.AppImage.update'), 'version 1.1.0');
    noteInstalling(record, '1.1.0', appImage);
    replace(appImage);
    return { record, previous };
  }

  it('that works lets the previous version go', () => {
    const { record } = updated();
    expect(rollBackIfFailed(record, '1.1.0', appImage)).toBe(false);
    confirmStart(record);
    expect(readdirSync(folder)).toEqual(['linkify.AppImage']);
    expect(rollBackIfFailed(record, '1.1.0', appImage)).toBe(false);
    expect(readFileSync(appImage, 'utf8')).toBe('version 1.1.0');
  });

  it('that was cut off gives way to the previous version at the next start', () => {
    const { record, previous } = updated();
    changeRecord(record, { begun: { version: '1.1.0', from: '1.0.0', reason: 'other' } });
    expect(rollBackIfFailed(record, '1.1.0', appImage)).toBe(false);
    expect(rollBackIfFailed(record, '1.1.0', appImage)).toBe(true);
    // It was installed, so only the rollback is reported.
    expect(takeFailedInstallation(record, '1.0.0')).toBeUndefined();
    expect(readFileSync(appImage)).toEqual(previous);
    expect(readdirSync(folder)).toEqual(['linkify.AppImage']);
    expect(loadRecord(record)).toEqual({ rolledBack: '1.1.0', isUnreported: true });
    // The previous version starts.
    expect(rollBackIfFailed(record, '1.0.0', appImage)).toBe(false);
  });

  it('that reports its own failure gives way at once', () => {
    const { record, previous } = updated();
    rollBackIfFailed(record, '1.1.0', appImage);
    expect(rollBack(record)).toBe(true);
    expect(readFileSync(appImage)).toEqual(previous);
    expect(rollBack(record)).toBe(false);
  });

  it('stays where there is nothing to go back to', () => {
    const { record } = updated();
    rollBackIfFailed(record, '1.1.0', appImage);
    rmSync(join(folder, '.linkify.AppImage.previous'));
    expect(rollBackIfFailed(record, '1.1.0', appImage)).toBe(false);
    expect(readFileSync(appImage, 'utf8')).toBe('version 1.1.0');
  });

  it.each([
    ['another version', '1.2.0', undefined],
    ['another copy', '1.1.0', '/elsewhere/linkify.AppImage'],
    ['an installed package', '1.1.0', null],
  ])('of %s changes nothing', (_name, version, path) => {
    const { record } = updated();
    const from = path === null ? undefined : (path ?? appImage);
    for (let start = 0; start < 3; start++) {
      expect(rollBackIfFailed(record, version, from)).toBe(false);
    }
    expect(readFileSync(appImage, 'utf8')).toBe('version 1.1.0');
  });

  it.each([null, 'text', { installing: 1 }, { installing: { version: '1.1.0' } }])(
    'survives a damaged record: %j',
    (value) => {
      expect(rollBackIfFailed(memoryFile(value), '1.1.0', appImage)).toBe(false);
    },
  );
});
