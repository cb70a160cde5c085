import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unverifiedPackages } from '../../../test/support/unverified-packages.ts';
import { CHANGELOG, releaseNotes } from './notes.ts';
import { readAbout } from './release-files.ts';

// `node assets/packaging/release/check-release.ts TAG`: whether a release may be built from this commit.

const [tag = ''] = process.argv.slice(2);
const { version, updates } = readAbout();
const lock = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', '..', 'package-lock.json'), 'utf8'),
);
const problems = [
  ...unverifiedPackages(lock).map(({ path }) => `package-lock.json has no hash for ${path}.`),
  ...(tag === `v${version}` ? [] : [`The tag is ${tag}, and package.json has version ${version}.`]),
  ...(new Set(updates.keys).size >= 2
    ? []
    : [
        'package.json needs two public keys for updates, one of them a spare (npm run update-key).',
      ]),
];
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
// Throws if the changelog doesn't describe this version.
releaseNotes(readFileSync(CHANGELOG, 'utf8'), version, []);
