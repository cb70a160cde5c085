import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import GithubSlugger from 'github-slugger';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const GUIDE_WORDS = 400;

const FOLDERS = ['assets', 'docs', 'main', 'preload', 'renderer', 'test'];

/** The repository's pages and sources, by their paths from its root. */
const files = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((path) => join(folder, path).replaceAll('\\', '/'))
      .filter((path) => /\.(md|ts|tsx|mjs)$/.test(path)),
  ),
];
const pages = files.filter((path) => path.endsWith('.md'));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** What is outside code blocks and code spans. */
const prose = (source: string): string =>
  source.replace(/^```.*?^```$/gms, '').replace(/`[^`\n]*`/g, '');

/** Ids of the headings, as GitHub makes them. */
function anchorsOf(source: string): ReadonlySet<string> {
  const slugger = new GithubSlugger();
  const headings = source.replace(/^```.*?^```$/gms, '').matchAll(/^#{1,6} (.+)$/gm);
  return new Set([...headings].map(([, text = '']) => slugger.slug(text.replaceAll('`', ''))));
}

const targetsOf = (source: string): readonly string[] => [
  ...[...prose(source).matchAll(/\]\(([^)\s]+)[^)]*\)/g)].map(([, target = '']) => target),
  ...[...prose(source).matchAll(/<img[^>]+src="([^"]+)"/g)].map(([, target = '']) => target),
];

/** What is wrong with a relative link; `undefined` when it leads somewhere. */
function problemOf(page: string, target: string): string | undefined {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? page : relative(ROOT, join(ROOT, dirname(page), path));
  if (!existsSync(join(ROOT, file))) return `${page}: ${target} is missing`;
  if (anchor === undefined || !file.endsWith('.md')) return undefined;
  return anchorsOf(read(file)).has(anchor) ? undefined : `${page}: ${target} has no such heading`;
}

test('every relative link in a Markdown file leads to a file and a heading', () => {
  const links = pages.flatMap((page) =>
    targetsOf(read(page))
      .filter((target) => !/^[a-z]+:/i.test(target))
      .map((target) => [page, target] as const),
  );
  expect(links.length).toBeGreaterThan(50);
  expect(links.flatMap(([page, target]) => problemOf(page, target) ?? [])).toEqual([]);
});

test('every page of docs/ that source or text mentions is there', () => {
  const missing = files.flatMap((path) =>
    [...read(path).matchAll(/\bdocs\/[\w/-]+\.md\b/g)]
      .map(([mention]) => mention)
      // A page of Electron's documentation.
      .filter((mention) => mention !== 'docs/api/accelerator.md')
      .filter((mention) => !existsSync(join(ROOT, mention)))
      .map((mention) => `${path}: ${mention}`),
  );
  expect(missing).toEqual([]);
});

describe('commands that pages and comments name', () => {
  const { scripts } = JSON.parse(read('package.json'));
  const found = (pattern: RegExp): readonly (readonly string[])[] =>
    files.flatMap((path) =>
      [...read(path).matchAll(pattern)].map(([command, named = '']) => [path, named, command]),
    );

  test('npm has each script', () => {
    const commands = found(/\bnpm run ([\w:-]+)/g);
    expect(commands.length).toBeGreaterThan(50);
    expect(commands.filter(([, name = '']) => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  test('each file of a command exists', () => {
    const commands = found(
      /\b(?:node|vitest run -c|vitest\.config\.ts|sh) ((?:assets|test)\/[\w./-]+)/g,
    );
    expect(commands.length).toBeGreaterThan(15);
    expect(commands.filter(([, path = '']) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test('TypeScript is run by the Node of this repository: Node 20 can’t', () => {
    const direct = found(/(?<!npx )\bnode ((?:assets|test)\/[\w./-]+\.ts)\b/g);
    // Steps of the release workflow, which installs a newer Node.
    expect(direct.filter(([path = '']) => !path.startsWith('assets/packaging/release/'))).toEqual(
      [],
    );
  });
});

test('the index leads to every page below docs/', () => {
  const index = read('docs/README.md');
  const unlisted = pages.filter(
    (page) =>
      page.startsWith('docs/') &&
      page !== 'docs/README.md' &&
      !index.includes(`(${relative('docs', page)})`),
  );
  expect(unlisted).toEqual([]);
});

describe('the user guide', () => {
  const guide = pages.filter((page) => page.startsWith('docs/guide/'));
  test.each(guide)(`%s has at most ${GUIDE_WORDS} words`, (page) => {
    expect(read(page).split(/\s+/).length).toBeLessThanOrEqual(GUIDE_WORDS);
  });
});
