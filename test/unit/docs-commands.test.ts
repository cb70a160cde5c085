import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseCommandLine } from '../../main/cli/command-line.ts';
import { cliOptions } from '../../main/server/cli-options.ts';
import { splitUsersArgs } from '../../main/server/users-cli.ts';

// Commands of ours in the documentation are those that the programs take.

const ROOT = join(import.meta.dirname, '../..');
const ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: 'id',
  AWS_SECRET_ACCESS_KEY: 'secret',
  LINKIFY_DATA: '/var/lib/linkify',
};

const docs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
const pages = ['README.md', ...docs.map((name) => join('docs', name))]
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.md'));

/** Lines of code blocks, and code spans. */
function codeOf(page: string): readonly string[] {
  const text = readFileSync(join(ROOT, page), 'utf8').replace(/\\\n\s*/g, ' ');
  const blocks = [...text.matchAll(/^ *```\w*\n(.*?)^ *```$/gms)];
  const spans = text.replace(/^ *```.*?^ *```$/gms, '').matchAll(/`([^`\n]+)`/g);
  return [...blocks, ...spans].flatMap(([, code = '']) => code.split('\n'));
}

/**
 * The words of each command of a program, where a shell expects one: up to a comment, a pipe or
 * what else ends it.
 */
function commandsOf(program: string): readonly (readonly [string, readonly string[]])[] {
  const start = new RegExp(`(?:^|[|(&] *|\\w=\\S* |-- |\\.tgz )${program} +([^\\s].*)`);
  return pages.flatMap((page) =>
    codeOf(page).flatMap((line) => {
      const found = start.exec(line)?.[1];
      if (found === undefined) return [];
      const words = [];
      for (const [word] of found.matchAll(/'[^']*'|"[^"]*"|[^\s'"]+/g)) {
        if (/^(?:[#|)&;]|\|\|)/.test(word)) break;
        // zsh takes it for a pattern of file names, and fails.
        if (/^[^'"]*[?*&]/.test(word)) throw new Error(`${page}: quote ${word}`);
        words.push(word.replace(/^['"]|['")]+$/g, ''));
      }
      return [[`${page}: ${line.trim()}`, words] as const];
    }),
  );
}

test.each(['linkify', 'linkify-tray'] as const)('commands of %s', (program) => {
  const commands = commandsOf(program)
    // A placeholder, and a text of a protocol.
    .filter(([, [word = '']]) => !/^(?:[A-Z]+|challenge)$/.test(word));
  expect(commands.length).toBeGreaterThan(5);
  const refused = commands.filter(([, words]) => {
    const argv = [program, ...words];
    return !parseCommandLine({ argv, cwd: '/home/ada', packaged: true, program }).ok;
  });
  expect(refused).toEqual([]);
});

test.each(['linkify-tray-server', 'npm run service --'])('options of %s', (program) => {
  const commands = commandsOf(program).filter(([, [word = '']]) =>
    /^(?:--|users|audit)/.test(word),
  );
  expect(commands.length).toBeGreaterThan(1);
  for (const [where, words] of commands) {
    const { server } = splitUsersArgs(words);
    const read = (): unknown =>
      cliOptions(/^(?:users|audit)$/.test(words[0] ?? '') ? server : words, ENVIRONMENT);
    expect(read, where).not.toThrow();
  }
});
