import {
  constants,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { joinManifests, signManifest } from './manifests.ts';
import { readAbout } from './release-files.ts';

// `node assets/packaging/release/collect.ts BUILDS FILES`: copies what the machines built into one folder,
// and signs the manifests of updates with the key in UPDATE_SIGNING_KEY.

const [builds, files] = process.argv.slice(2);
if (builds === undefined || files === undefined) throw new Error('usage: collect.ts BUILDS FILES');
const pem = process.env.UPDATE_SIGNING_KEY;
if (pem === undefined || pem === '') throw new Error('The secret UPDATE_SIGNING_KEY is not set.');

mkdirSync(files, { recursive: true });
const found = readdirSync(builds, { recursive: true, encoding: 'utf8' });
const isManifest = (name: string): boolean => /^latest.*\.yml$/.test(basename(name));
for (const name of found) {
  if (/\.(AppImage|deb|rpm|exe|dmg|zip|blockmap)$/.test(name)) {
    // Two machines that built the same file would leave a manifest with the hash of the other.
    copyFileSync(join(builds, name), join(files, basename(name)), constants.COPYFILE_EXCL);
  }
}
const { keys } = readAbout().updates;
for (const name of new Set(found.filter(isManifest).map((path) => basename(path)))) {
  const texts = found
    .filter((path) => basename(path) === name)
    .map((path) => readFileSync(join(builds, path), 'utf8'));
  const manifest = Buffer.from(joinManifests(texts));
  writeFileSync(join(files, name), manifest);
  writeFileSync(join(files, `${name}.sig`), signManifest(manifest, pem, keys));
  console.log(`signed ${name}`);
}
