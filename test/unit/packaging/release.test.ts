import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { joinManifests, signManifest } from '../../../assets/packaging/release/manifests.ts';
import { releaseNotes } from '../../../assets/packaging/release/notes.ts';
import { readAbout } from '../../../assets/packaging/release/release-files.ts';
import { sbomOf } from '../../../assets/packaging/release/sbom.ts';
import {
  homebrewCask,
  wingetManifests,
} from '../../../assets/packaging/release/store-manifests.ts';
import { readManifest } from '../../../main/updates/manifest.ts';
import { manifestOf, newSigningKey } from '../../support/updates/signed-updates.ts';

const key = newSigningKey();
const pem = key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

test('the app accepts what the release signs, for both processors of macOS', () => {
  const texts = ['arm64', 'x64'].map((arch) =>
    manifestOf('1.2.0', Buffer.from(arch), `linkify-tray-1.2.0-${arch}.zip`).toString(),
  );
  const joined = Buffer.from(joinManifests(texts));
  const signature = signManifest(joined, pem, [key.publicKey]);
  const { version, files } = readManifest(joined, signature, [key.publicKey]);
  expect(version).toBe('1.2.0');
  expect(files.map(({ url }) => url)).toEqual([
    'linkify-tray-1.2.0-arm64.zip',
    'linkify-tray-1.2.0-x64.zip',
  ]);
});

test('one manifest stays as it is, and other versions are not joined', () => {
  const [one, other] = ['1.2.0', '1.3.0'].map((version) =>
    manifestOf(version, Buffer.from('x')).toString(),
  );
  expect(joinManifests([one ?? ''])).toBe(one);
  expect(() => joinManifests([one ?? '', other ?? ''])).toThrow('versions');
});

test('a key that no installed version knows signs nothing', () => {
  expect(() => signManifest(Buffer.from('x'), pem, [newSigningKey().publicKey])).toThrow();
});

test('an SBOM names what ships, by package URL', () => {
  const sbom = sbomOf({ version: '1.2.0' }, [
    { name: '@scope/a', version: '1.0.0', identifier: 'MIT' },
    { name: 'b', version: '2.0.0' },
  ]);
  expect(sbom.components.map(({ purl }) => purl)).toEqual([
    'pkg:npm/%40scope/a@1.0.0',
    'pkg:npm/b@2.0.0',
  ]);
  expect(sbom.dependencies[0]?.dependsOn).toHaveLength(2);
});

test('winget manifests and the cask name the files with their hashes', () => {
  const sha256 = 'ab'.repeat(32);
  const winget = wingetManifests('1.2.0', { name: 'x.exe', sha256 });
  const documents = [...winget.values()].map((text) => load(text) as Record<string, unknown>);
  for (const document of documents) {
    expect(document).toMatchObject({ PackageVersion: '1.2.0', ManifestVersion: '1.6.0' });
  }
  expect(documents.map(({ ManifestType }) => ManifestType)).toEqual([
    'version',
    'installer',
    'defaultLocale',
  ]);
  expect([...winget.values()].join('')).toContain(`InstallerSha256: ${sha256.toUpperCase()}`);
  const cask = homebrewCask('1.2.0', {
    arm: { name: 'arm.dmg', sha256 },
    intel: { name: 'intel.dmg', sha256 },
  });
  expect(cask.match(/sha256 "(ab){32}"/g)).toHaveLength(2);
  expect(cask).toMatch(/releases\/download\/v1\.2\.0\/arm\.dmg/);
});

test('notes of a release say what is not signed', () => {
  const changelog = '# Changelog\n\n## [1.2.0] - 2026-11-29\n\n- New.\n\n## [1.1.0]\n\n- Old.\n';
  const notes = releaseNotes(changelog, '1.2.0', ['a.deb', 'a-unsigned.exe']);
  expect(notes).toContain('- New.');
  expect(notes).toContain('a-unsigned.exe');
  expect(notes).not.toMatch(/Old|a\.deb/);
  expect(releaseNotes(changelog, '1.2.0', ['a.deb'])).not.toContain('Not signed');
  expect(() => releaseNotes(changelog, '9.9.9', [])).toThrow();
});

test('packages look for updates where electron-builder says that they are', () => {
  const file = join(import.meta.dirname, '../../../electron-builder.yml');
  const { publish } = load(readFileSync(file, 'utf8')) as { publish: object };
  expect(publish).toEqual({ provider: 'generic', url: readAbout().updates.url });
});
