import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  boundCommand,
  boundProgram,
  isInstalled,
} from '../../../../main/desktop/shortcuts/bound-command.ts';

test.each([
  // The app answers: nothing is started.
  [0, 'gapplication\n'],
  [1, 'gapplication\nshare\n'],
])('gapplication that exits with %i', (code, ran) => {
  const folder = mkdtempSync(join(tmpdir(), "linkify it's-"));
  const program = (name: string, line: string): string => {
    const file = join(folder, name);
    writeFileSync(file, `#!/bin/sh\n${line}\n`);
    chmodSync(file, 0o755);
    return file;
  };
  program('gapplication', `echo gapplication; exit ${code}`);
  const share = `${JSON.stringify(program('share', 'echo share'))} --share-clipboard`;
  const env = { PATH: `${folder}:${process.env.PATH}` };
  for (const command of [boundCommand(share, true), boundProgram(share, true)]) {
    expect(execFileSync('sh', ['-c', command], { env, encoding: 'utf8' })).toBe(ran);
  }
  rmSync(folder, { recursive: true });
});

test('without gapplication the command starts the app', () => {
  expect(boundCommand('linkify-tray --share-clipboard', false)).toBe(
    'linkify-tray --share-clipboard',
  );
  expect(boundProgram('linkify-tray --share-clipboard', false)).toBe(
    'linkify-tray --share-clipboard',
  );
});

test('programs are found in the folders of PATH', () => {
  expect(isInstalled('sh', '/nonexistent:/bin')).toBe(true);
  expect(isInstalled('sh', '/nonexistent')).toBe(false);
  expect(isInstalled('no-such-program')).toBe(false);
});
