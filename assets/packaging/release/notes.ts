import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// `node assets/packaging/release/notes.ts TAG FILES`: prints the notes of a release: its section of
// CHANGELOG.md, and which of its files are not signed.

export const CHANGELOG = join(import.meta.dirname, '..', '..', '..', 'CHANGELOG.md');

/** @throws Error if the changelog has no section for the version */
export function releaseNotes(changelog: string, version: string, files: readonly string[]): string {
  const section = changelog
    .split(/^## /m)
    .find((part) => part.replace('[', '').startsWith(version));
  if (section === undefined) throw new Error(`CHANGELOG.md has no section ${version}.`);
  const changes = section.split('\n').slice(1).join('\n').trim();
  const unsigned = files.filter((name) => name.includes('-unsigned'));
  const warning =
    unsigned.length === 0
      ? []
      : [
          '**Not signed:** the system warns before it opens them.',
          '',
          ...unsigned.map((name) => `- ${name}`),
          '',
        ];
  return [...warning, changes, ''].join('\n');
}

if (import.meta.main) {
  const [tag, folder] = process.argv.slice(2);
  if (tag === undefined || folder === undefined) throw new Error('usage: notes.ts TAG FILES');
  const version = tag.replace(/^v/, '');
  console.log(releaseNotes(readFileSync(CHANGELOG, 'utf8'), version, readdirSync(folder)));
}
