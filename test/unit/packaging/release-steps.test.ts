import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { load } from 'js-yaml';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { manifestOf, newSigningKey } from '../../support/updates/signed-updates.ts';

const ROOT = join(import.meta.dirname, '../../..');
const RELEASE = 'assets/packaging/release';

interface Step {
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const { jobs } = load(readFileSync(join(ROOT, '.github/workflows/release.yml'), 'utf8')) as {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>; // linted elsewhere
};

/** What each machine built, below `builds/build-NAME`; `latest*.yml` describes the file before it. */
const BUILDS = [
  'linux-x64/release/linkify-tray-x86_64.AppImage',
  'linux-x64/release/latest-linux.yml',
  'linux-x64/release/linkify-tray_1.2.0_amd64.deb',
  'windows-x64/release/linkify-tray-1.2.0-x64-unsigned.exe',
  'windows-x64/release/latest.yml',
  'mac-arm64/release/linkify-tray-1.2.0-arm64.zip',
  'mac-arm64/release/latest-mac.yml',
  'mac-arm64/release/linkify-tray-1.2.0-arm64.dmg',
  'mac-x64/release/linkify-tray-1.2.0-x64.zip',
  'mac-x64/release/latest-mac.yml',
  'mac-x64/release/linkify-tray-1.2.0-x64.dmg',
];

// Its shell has sha256sum.
describe.skipIf(process.platform !== 'linux')('the steps of the release workflow', () => {
  const { publicKey, privateKey } = newSigningKey();
  const secrets: Readonly<Record<string, string>> = {
    UPDATE_SIGNING_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'release-steps-'));
    cpSync(join(ROOT, RELEASE), join(folder, RELEASE), { recursive: true });
    const imported = 'test/support/unverified-packages.ts';
    cpSync(join(ROOT, imported), join(folder, imported));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    write('package-lock.json', '{"packages":{}}');
    const about = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const updates = { ...about.updates, keys: [publicKey, 'spare'] };
    write('package.json', JSON.stringify({ ...about, version: '1.2.0', updates }));
    write('CHANGELOG.md', '# Changelog\n\n## [1.2.0] - 2026-11-29\n\n- New.\n');
    write('bin/gh', '#!/bin/sh\necho "$@" > gh-arguments\n');
    chmodSync(join(folder, 'bin/gh'), 0o755);
    write('builds/build-linux-x64/dist/bundled-packages.json', '[{"name":"a","version":"1.0.0"}]');
    for (const [at, path] of BUILDS.entries()) {
      const before = BUILDS[at - 1]?.split('/').at(-1) ?? '';
      const content = path.endsWith('.yml') ? manifestOf('1.2.0', Buffer.from('x'), before) : 'x';
      write(`builds/build-${path}`, content.toString());
    }
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(name: string, text: string): void {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }

  /** Runs what a job runs, in the shell that GitHub uses, except the installation of packages. */
  function runJob(name: string, tag: string): void {
    for (const { run, env = {} } of jobs[name]?.steps ?? []) {
      if (run === undefined || run.startsWith('npm ci')) continue;
      const given = Object.entries(env).map(([variable, value]) => {
        const secret = /secrets\.(\w+)/.exec(value)?.[1] ?? '';
        return [variable, secrets[secret] ?? ''];
      });
      const tools = [join(folder, 'bin'), dirname(process.execPath), process.env.PATH];
      execFileSync('bash', ['-eo', 'pipefail', '-c', run], {
        cwd: folder,
        stdio: 'pipe',
        env: {
          ...Object.fromEntries(given),
          PATH: tools.join(delimiter),
          GITHUB_REF_NAME: tag,
        },
      });
    }
  }

  test('make a draft of what the machines built', () => {
    runJob('check', 'v1.2.0');
    runJob('draft', 'v1.2.0');
    const files = readdirSync(join(folder, 'files'));
    const built = BUILDS.map((path) => path.split('/').at(-1) ?? '');
    const manifests = ['latest-linux.yml', 'latest-mac.yml', 'latest.yml'];
    expect(files.sort()).toEqual(
      [
        ...new Set(built),
        ...manifests.map((name) => `${name}.sig`),
        'SHA256SUMS',
        'linkify-tray.cdx.json',
        'store-manifests.tar.gz',
      ].sort(),
    );
    const command = readFileSync(join(folder, 'gh-arguments'), 'utf8');
    expect(command).toMatch(/^release create v1\.2\.0 --draft .*--title 1\.2\.0 /);
    for (const name of files) expect(command).toContain(`files/${name}`);
    expect(readFileSync(join(folder, 'notes.md'), 'utf8')).toMatch(/- New\.$/m);
  });

  test('end before anything is built without a section of the changelog, or with another tag', () => {
    expect(() => runJob('check', 'v1.2.1')).toThrow('package.json has version 1.2.0');
    write('CHANGELOG.md', '# Changelog\n\n## Unreleased\n\n- New.\n');
    expect(() => runJob('check', 'v1.2.0')).toThrow('no section 1.2.0');
  });

  test('end before anything is built with a package that npm would not verify', () => {
    write('package-lock.json', '{"packages":{"node_modules/a":{}}}');
    expect(() => runJob('check', 'v1.2.0')).toThrow('no hash for node_modules/a');
  });

  test('end if two machines built a file of the same name', () => {
    write('builds/build-mac-x64/release/linkify-tray-1.2.0-arm64.dmg', 'other');
    expect(() => runJob('draft', 'v1.2.0')).toThrow('EEXIST');
    expect(existsSync(join(folder, 'gh-arguments'))).toBe(false);
  });
});
