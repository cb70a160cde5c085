import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Catalog } from '../../../main/i18n/catalog.ts';
import { formsOf, readCatalogs } from '../../support/catalogs.ts';

// The rules are in docs/contributing/writing.md.

const ENGLISH = (await readCatalogs()).get('en') ?? new Map<string, Catalog>();

/** The areas whose messages the catalog `main` has, too. */
const INCLUDED: readonly string[] = ['confirmations', 'failures', 'outbox', 'pieces'];

const MESSAGES = [...ENGLISH].flatMap(([area, catalog]) =>
  Object.entries(catalog)
    .filter(([key]) => area !== 'main' || !INCLUDED.some((other) => hasKey(other, key)))
    .flatMap(([key, message]) =>
      formsOf(message).map((text) => ({ area, key, id: `${area}.${key}`, text })),
    ),
);

function hasKey(area: string, key: string): boolean {
  return Object.hasOwn(ENGLISH.get(area) ?? {}, key);
}

const BANNED: readonly RegExp[] = [
  // Words of another register, and words that the glossary replaces.
  /\b(programs?|web address(es)?|anew|meanwhile|preferences|things?|erased?|popover|credentials?)\b/i,
  /\b(someone|somebody|whoever|people|nobody)\b/i,
  /\b(by itself|by themselves|all the same|for good|just now|any more|no longer kept)\b/i,
  /\b(gives? back|given back|takes? back|taken back|puts? aside|held back|waits|quota|built-in service)\b/i,
  // A link is created, expires, and is revoked.
  /\blinks? (is|was|are|were) (made|dead|gone|killed|closed|spent|live)\b/i,
  /\b(makes?|made|making) (a |the )?links?\b/i,
  /\b(forgets?|forgotten|forget)\b/i,
  /\bclips?\b/i,
  // Contractions.
  /\b(cannot|(can|could|do|does|did|is|are|was|were|will|would|has|have) not)\b/i,
  /\bdid ?n[o’']t work\b/i,
  /\bcolour|cancelled\b/i,
  // Typography.
  /["']/,
  /\.\.\./,
  /\d+x\d+|\}x\{/,
  /;/,
];

test('no message has a banned word', () => {
  const found = MESSAGES.flatMap(({ id, text }) =>
    BANNED.flatMap((rule) => {
      const match = rule.exec(text.replaceAll(/\{\w+\}(?!x)/g, ''));
      return match === null ? [] : [`${id}: “${match[0]}” in “${text}”`];
    }),
  );
  expect(found).toEqual([]);
});

const words = (text: string): readonly string[] =>
  text.split(/\s+/).filter((word) => /[\p{L}\p{N}{]/u.test(word));

/** How the product presents itself: three short sentences, on purpose. */
const MOTTOS: readonly string[] = ['window.emptyTitle', 'window.welcome', 'window.welcomePrivacy'];

test('no title has more than five words', () => {
  const long = MESSAGES.filter(
    ({ id, key, text }) => /Title$/.test(key) && !MOTTOS.includes(id) && words(text).length > 5,
  );
  expect(long.map(({ id, text }) => `${id}: ${text}`)).toEqual([]);
});

test('no title of a notification or question is punctuated as a sentence', () => {
  const sentences = MESSAGES.filter(
    ({ id, key, text }) => /Title$/.test(key) && !MOTTOS.includes(id) && /[.;:]$/.test(text),
  );
  expect(sentences.map(({ id, text }) => `${id}: ${text}`)).toEqual([]);
});

const sentencesOf = (text: string): readonly string[] => text.split(/(?<=[.?!])\s+(?=[\p{Lu}“{])/u);

test('no sentence has more than 20 words', () => {
  const long = MESSAGES.flatMap(({ id, text }) =>
    sentencesOf(text)
      .filter((sentence) => words(sentence).length > 20)
      .map((sentence) => `${id}: ${sentence}`),
  );
  expect(long).toEqual([]);
});

/** These begin with a description of the share, which is no sentence. */
const WITH_DESCRIPTION: readonly string[] = [
  'main.clipboardLeftAlone',
  'outbox.pendingReadyCopied',
];

test('no message has more than two sentences', () => {
  const long = MESSAGES.filter(
    ({ id, text }) =>
      !MOTTOS.includes(id) && sentencesOf(text).length > (WITH_DESCRIPTION.includes(id) ? 3 : 2),
  );
  expect(long.map(({ id, text }) => `${id}: ${text}`)).toEqual([]);
});

const ROOT = join(import.meta.dirname, '../../..');

function sourcesIn(folder: string, isLeftOut: (path: string) => boolean): string {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path) && !isLeftOut(path))
    .map((path) => readFileSync(join(ROOT, folder, path), 'utf8'))
    .join('\n');
}

const KEY_NAMES = readFileSync(join(ROOT, 'preload/key-names.ts'), 'utf8');
const SOURCES: Readonly<Record<string, string>> = {
  window: sourcesIn('renderer', () => false) + KEY_NAMES,
  pages: sourcesIn('main/server', () => false),
};
const MAIN_SOURCES = sourcesIn('main', (path) => path.startsWith('server/')) + KEY_NAMES;

test('every message is used', () => {
  const unused = MESSAGES.filter(
    ({ area, key }) => !new RegExp(`['"\`]${key}['"\`]`).test(SOURCES[area] ?? MAIN_SOURCES),
  );
  expect(unused.map(({ id }) => id)).toEqual([]);
});
