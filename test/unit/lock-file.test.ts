import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unverifiedPackages } from '../support/unverified-packages.ts';

// npm leaves a platform's package out of the lock when the registry in use does not serve that
// version, says nothing, and a clean `npm ci` then fails.

interface Entry {
  readonly integrity?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock: { readonly packages: Readonly<Record<string, Entry>> } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8'),
);

/** Where npm looks for a package that the one at `from` names: beside it, then further up. */
function isLocked(from: string, name: string): boolean {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    if (`${at === '' ? '' : `${at}/`}node_modules/${name}` in lock.packages) return true;
    if (at === '') return false;
  }
}

test('every optional package that the lock names is in the lock', () => {
  const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isLocked(path, name))
      .map((name) => `${path} wants ${name}`),
  );
  expect(missing).toEqual([]);
});

test('the lock names no host', () => {
  expect(JSON.stringify(lock)).not.toMatch(/"resolved":"https?:/);
});

test('each package that is fetched has a hash, but for three that no registry at hand serves', () => {
  // `npm run package` refuses to build for the systems that these are for. Their hashes are to be
  // filled in from the public registry; then this list is empty.
  expect(unverifiedPackages(lock)).toEqual([
    { path: 'node_modules/@crosscopy/clipboard-darwin-arm64', os: ['darwin'] },
    { path: 'node_modules/@crosscopy/clipboard-darwin-x64', os: ['darwin'] },
    { path: 'node_modules/@crosscopy/clipboard-win32-x64-msvc', os: ['win32'] },
  ]);
});

test('a weaker hash, an empty one and none are found; links and the project itself need none', () => {
  const packages = {
    '': {},
    a: { integrity: 'sha1-AAAA' },
    b: { integrity: 'sha512-' },
    c: {},
    d: { link: true },
    e: { integrity: `sha512-${'A'.repeat(86)}==` },
  };
  expect(unverifiedPackages({ packages }).map(({ path }) => path)).toEqual(['a', 'b', 'c']);
});
