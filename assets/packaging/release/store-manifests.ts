import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onlyFile, readAbout } from './release-files.ts';

// `node assets/packaging/release/store-manifests.ts FILES OUT`: writes winget manifests (schema 1.6.0) and a
// Homebrew cask for the files of a release. They are sent to winget-pkgs and to a tap by hand.

const REPOSITORY = 'https://github.com/linkify-tray/linkify-tray';
const ID = 'LinkifyTray.LinkifyTray';

/** A file of a release. */
export interface ReleaseFile {
  readonly name: string;
  /** Hexadecimal. */
  readonly sha256: string;
}

const urlOf = (version: string, { name }: ReleaseFile): string =>
  `${REPOSITORY}/releases/download/v${version}/${name}`;

/** The three files of a winget package, by name. */
export function wingetManifests(
  version: string,
  installer: ReleaseFile,
): ReadonlyMap<string, string> {
  const file = (type: string, lines: readonly string[]): string =>
    [
      `# yaml-language-server: $schema=https://aka.ms/winget-manifest.${type}.1.6.0.schema.json`,
      `PackageIdentifier: ${ID}`,
      `PackageVersion: ${version}`,
      ...lines,
      `ManifestType: ${type}`,
      'ManifestVersion: 1.6.0',
      '',
    ].join('\n');
  return new Map([
    [`${ID}.yaml`, file('version', ['DefaultLocale: en-US'])],
    [
      `${ID}.installer.yaml`,
      file('installer', [
        'InstallerType: nullsoft',
        'Scope: user',
        'UpgradeBehavior: install',
        'Installers:',
        '- Architecture: x64',
        `  InstallerUrl: ${urlOf(version, installer)}`,
        `  InstallerSha256: ${installer.sha256.toUpperCase()}`,
      ]),
    ],
    [
      `${ID}.locale.en-US.yaml`,
      file('defaultLocale', [
        'PackageLocale: en-US',
        'Publisher: The Linkify Tray maintainers',
        `PublisherUrl: ${REPOSITORY}`,
        'PackageName: Linkify Tray',
        `PackageUrl: ${REPOSITORY}`,
        'License: MIT',
        'ShortDescription: Copy anything. Press the shortcut. Paste a link.',
      ]),
    ],
  ]);
}

/** @param arm for Apple processors; `intel`: the others */
export function homebrewCask(
  version: string,
  { arm, intel }: { readonly arm: ReleaseFile; readonly intel: ReleaseFile },
): string {
  return `cask "linkify-tray" do
  version "${version}"

  on_arm do
    url "${urlOf(version, arm)}"
    sha256 "${arm.sha256}"
  end
  on_intel do
    url "${urlOf(version, intel)}"
    sha256 "${intel.sha256}"
  end

  name "Linkify Tray"
  desc "Share anything you copy as a link"
  homepage "${REPOSITORY}"

  auto_updates true

  app "Linkify Tray.app"

  zap trash: "~/Library/Application Support/Linkify Tray"
end
`;
}

if (import.meta.main) {
  const [files, out] = process.argv.slice(2);
  if (files === undefined || out === undefined)
    throw new Error('usage: store-manifests.ts FILES OUT');
  const { version } = readAbout();
  const fileOf = (name: string): ReleaseFile => ({
    name,
    sha256: createHash('sha256')
      .update(readFileSync(join(files, name)))
      .digest('hex'),
  });
  // A name with "arm64" is for Apple processors.
  const dmg = readdirSync(files).filter((name) => name.endsWith('.dmg'));
  const [arm, intel] = [true, false].map((isArm) =>
    dmg.find((name) => name.includes('arm64') === isArm),
  );
  if (arm === undefined || intel === undefined) throw new Error('A dmg is missing.');
  mkdirSync(join(out, 'winget'), { recursive: true });
  const installer = fileOf(onlyFile(files, '.exe'));
  for (const [name, text] of wingetManifests(version, installer)) {
    writeFileSync(join(out, 'winget', name), text);
  }
  writeFileSync(
    join(out, 'linkify-tray.rb'),
    homebrewCask(version, { arm: fileOf(arm), intel: fileOf(intel) }),
  );
}
