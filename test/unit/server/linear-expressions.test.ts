import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseAst } from 'vite';
import { expect, test } from 'vitest';
import { slowInputs } from '../../support/adversarial.ts';

/**
 * Each regular expression of the service, the bridge and the window, whatever it is used for: none
 * takes more than linear time on the adversarial table, which has its own words in it, too.
 */

const ROOT = join(import.meta.dirname, '../../..');
const LIMIT = 8 * 1024;
/** A quadratic expression takes some 50 ms for that length, a linear one less than 1. */
const ENOUGH_MS = 10;

/** Beyond that length these are never used: input that is checked or cut before. */
const BOUNDED: ReadonlyMap<string, string> = new Map([
  ['/\\B(?=(\\d{3})+$)/g', 'digits of a number'],
]);

function expressionsIn(file: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, regex } = node as {
      readonly type?: string;
      readonly regex?: { readonly pattern: string; readonly flags: string };
    };
    if (type === 'Literal' && regex) found.push(`/${regex.pattern}/${regex.flags}`);
    for (const value of Object.values(node)) visit(value);
  };
  visit(parseAst(readFileSync(file, 'utf8'), { lang: file.endsWith('x') ? 'tsx' : 'ts' }));
  return found;
}

const EXPRESSIONS = new Map(
  globSync('{main/i18n,main/server,preload,renderer}/**/*.{ts,tsx}', { cwd: ROOT }).flatMap(
    (file) => expressionsIn(join(ROOT, file)).map((one) => [one, relative('main', file)] as const),
  ),
);

test('there are expressions to look at, and each exception is still one', () => {
  expect(EXPRESSIONS.size).toBeGreaterThan(80);
  for (const bounded of BOUNDED.keys()) expect([...EXPRESSIONS.keys()]).toContain(bounded);
});

test.each([...EXPRESSIONS].filter(([source]) => !BOUNDED.has(source)))(
  '%s in %s',
  async (source) => {
    const [, pattern = '', flags = ''] = /^\/(.*)\/(\w*)$/s.exec(source) ?? [];
    const expression = new RegExp(pattern, flags.replace('g', ''));
    const all = new RegExp(pattern, `${flags.replace('g', '')}g`);
    const run = flags.includes('g')
      ? (text: string) => {
          for (const _match of text.matchAll(all));
        }
      : (text: string) => expression.exec(text);
    const words = pattern.replace(/\\[a-zA-Z]|[\\^$*+?()[\]{}|]/g, ' ').split(/\s+/);
    const seeds = words.filter(Boolean).flatMap((word) => [word, word.charAt(0), `${word} `]);
    expect(await slowInputs(run, { limit: LIMIT, enoughMs: ENOUGH_MS, seeds })).toEqual([]);
  },
  60_000,
);
