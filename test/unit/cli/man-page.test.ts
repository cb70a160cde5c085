import { execFileSync, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { commandEntries, OPTIONS } from '../../../main/cli/commands.ts';
import { manPage } from '../../../main/cli/man-page.ts';

const PROGRAMS = ['linkify', 'linkify-tray'] as const;
const hasMan = spawnSync('man', ['--version']).status === 0;

test.each(PROGRAMS)('the page of %s names every command and option, in roff', (program) => {
  const page = manPage(program, '1.2.3', '2026-11-29');
  for (const [name] of commandEntries) expect(page).toContain(`\\fB${name}\\fR`);
  for (const name of Object.keys(OPTIONS)) {
    if (program === 'linkify' && name === 'background') continue;
    expect(page).toContain(`\\fB\\-\\-${name.replaceAll('-', '\\-')}\\fR`);
  }
  expect(manPage(program, '1.2.3', '2026-11-29')).toBe(page);
});

test.skipIf(!hasMan).each(PROGRAMS)('man reads the page of %s without a warning', (program) => {
  const shown = spawnSync('man', ['--warnings=w', '-l', '-'], {
    input: manPage(program, '1.2.3', '2026-11-29'),
    env: { ...process.env, MANWIDTH: '80', LC_ALL: 'C.UTF-8' },
  });
  expect({ status: shown.status, errors: shown.stderr.toString() }).toEqual({
    status: 0,
    errors: '',
  });
  expect(shown.stdout.toString()).toContain('EXIT STATUS');
});

test('the script that packages run prints the page', () => {
  const out = execFileSync(process.execPath, [
    'test/scripts/man-page.ts',
    'linkify',
    '2026-11-29',
  ]).toString();
  expect(out).toMatch(/^\.TH LINKIFY 1 "2026\\?-11/);
});
