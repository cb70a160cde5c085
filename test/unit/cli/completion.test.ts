import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandEntries, SHELLS } from '../../../main/cli/commands.ts';
import { completionScript } from '../../../main/cli/completion.ts';
import { settingNames } from '../../../main/settings/table.ts';

// The scripts are loaded in their shells, which then complete a command line.

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'completion-'));
  for (const shell of SHELLS) {
    writeFileSync(join(folder, shell), completionScript(shell, settingNames));
  }
  writeFileSync(join(folder, 'plan.txt'), '');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const has = (shell: string): boolean => spawnSync(shell, ['-c', 'true']).status === 0;
const commands = commandEntries.map(([name]) => name);

/** What bash offers for the last of these words. */
function inBash(...line: readonly string[]): readonly string[] {
  const script = `compopt() { :; }; source ./bash || exit 1; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
    "$(complete -p "$1" | sed 's/.*-F \\([^ ]*\\) .*/\\1/')"; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const out = execFileSync('bash', ['--norc', '-c', script, 'bash', ...line], { cwd: folder });
  return out.toString().split('\n').filter(Boolean);
}

/** What fish offers at the end of a line, without the descriptions. */
function inFish(line: string): readonly string[] {
  const out = execFileSync('fish', ['--no-config', '-c', `source ./fish; complete -C '${line}'`], {
    cwd: folder,
    env: { ...process.env, HOME: folder },
  });
  return out
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((offer) => offer.split('\t')[0] ?? '');
}

describe.skipIf(!has('bash'))('bash', () => {
  test.each(['linkify', 'linkify-tray'])('offers the commands of %s', (program) => {
    expect(inBash(program, '')).toEqual(commands);
    expect(inBash(program, 're')).toEqual(['revoke']);
  });

  test('offers options of the command, values of an option, files, and settings', () => {
    expect(inBash('linkify', 'share', '--ma')).toEqual(['--max-opens']);
    expect(inBash('linkify', 'list', '--ma')).toEqual([]);
    expect(inBash('linkify', 'share', '--expires', '1')).toEqual(['10m', '1h', '1d']);
    expect(inBash('linkify', 'share', 'pl')).toEqual(['plan.txt']);
    expect(inBash('linkify', 'share', '--name', 'list', 'pl')).toEqual(['plan.txt']);
    expect(inBash('linkify', 'settings', '')).toEqual(['get', 'set']);
    expect(inBash('linkify', 'settings', 'get', 'the')).toEqual(['theme']);
    expect(inBash('linkify', 'completion', 'z')).toEqual(['zsh']);
  });
});

describe.skipIf(!has('fish'))('fish', () => {
  test.each(['linkify', 'linkify-tray'])('offers the commands of %s', (program) => {
    expect(inFish(`${program} `)).toEqual([...commands].sort());
  });

  test('offers options of the command, values of an option, files, and settings', () => {
    expect(inFish('linkify share --ma')).toEqual(['--max-opens']);
    expect(inFish('linkify list --ma')).toEqual([]);
    expect(new Set(inFish('linkify share --expires 1'))).toEqual(new Set(['10m', '1h', '1d']));
    expect(inFish('linkify share pl')).toEqual(['plan.txt']);
    expect(inFish('linkify settings ')).toEqual(['get', 'set']);
    expect(inFish('linkify settings get the')).toEqual(['theme']);
  });
});

/** The line that zsh makes of this one by a press of Tab, in a terminal of its own (zpty). */
function inZsh(line: string): string {
  writeFileSync(
    join(folder, 'set-up'),
    [
      'PROMPT=',
      'autoload -Uz compinit',
      'compinit -D -u',
      'source ./zsh',
      // Typed before the editor is ready, a tab is only a tab.
      "zle-line-init() { print -n -- '<ready>' }; zle -N zle-line-init",
      `show() { print -n -- "<line>$BUFFER</line>" }; zle -N show; bindkey '^X' show`,
    ].join('\n'),
  );
  const script = `
    zmodload zsh/zpty
    zpty shell zsh -f -i
    zpty -w shell 'source ./set-up'
    while zpty -r shell text '*<ready>*'; do [[ $text == *'<ready>'* ]] && break; done
    zpty -w -n shell '${line}'$'\\t'$'\\x18'
    zpty -r shell text '*</line>*' && print -r -- "$text"
    zpty -d shell`;
  const out = execFileSync('zsh', ['-f', '-c', script], {
    cwd: folder,
    env: { ...process.env, TERM: 'dumb', HOME: folder },
    timeout: 20_000,
  }).toString();
  return /<line>(.*)<\/line>/s.exec(out)?.[1] ?? out;
}

describe.skipIf(!has('zsh'))('zsh', () => {
  test('completes commands and options', () => {
    expect(inZsh('linkify revo').trim()).toBe('linkify revoke');
    expect(inZsh('linkify-tray share --max-o')).toBe('linkify-tray share --max-opens=');
    expect(inZsh('linkify settings get shareAutom').trim()).toBe(
      'linkify settings get shareAutomatically',
    );
  });
});
