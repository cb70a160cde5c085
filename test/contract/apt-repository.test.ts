import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isInstalled } from '../../main/desktop/shortcuts/bound-command.ts';

const SCRIPT = join(import.meta.dirname, '../../assets/packaging/release/apt-repository.sh');

describe.skipIf(!isInstalled('apt-ftparchive') || !isInstalled('gpg'))('the apt repository', () => {
  let folder: string;
  const repository = (...names: readonly string[]): string => join(folder, 'apt', ...names);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'apt-repository-'));
    chmodSync(folder, 0o755);
    for (const name of ['files', 'keys', 'package/DEBIAN']) {
      mkdirSync(join(folder, name), { recursive: true });
    }
    chmodSync(join(folder, 'keys'), 0o700);
    const architecture = run('dpkg', '--print-architecture').trim();
    const control = `Package: linkify-tray\nVersion: 1.2.0\nArchitecture: ${architecture}\n`;
    const rest = 'Maintainer: A <a@example.com>\nDescription: a package\n';
    writeFileSync(join(folder, 'package/DEBIAN/control'), control + rest);
    run('dpkg-deb', '--build', join(folder, 'package'), join(folder, 'files/linkify-tray.deb'));
    const key = ['--quick-generate-key', 'Test <test@example.com>', 'ed25519', 'sign', 'never'];
    run('gpg', '--batch', '--quiet', '--passphrase', '', ...key);
    // apt reads it as a user of its own.
    const asMade = 'umask 022 && exec sh "$@"';
    run('sh', '-c', asMade, 'sh', SCRIPT, join(folder, 'files'), repository());
  });

  afterAll(() => {
    run('gpgconf', '--kill', 'all');
    rmSync(folder, { recursive: true, force: true });
  });

  function run(command: string, ...args: readonly string[]): string {
    const env = { ...process.env, GNUPGHOME: join(folder, 'keys'), LC_ALL: 'C' };
    return execFileSync(command, args, { env, encoding: 'utf8', stdio: 'pipe' });
  }

  /** What apt says of the package, with this repository as its only source. */
  function policy(): string {
    const state = mkdtempSync(join(folder, 'apt-state-'));
    mkdirSync(join(state, 'lists/partial'), { recursive: true });
    mkdirSync(join(state, 'cache/archives/partial'), { recursive: true });
    const source = `deb [signed-by=${repository('linkify-tray.gpg')}] file:${repository()} stable main`;
    writeFileSync(join(state, 'sources.list'), `${source}\n`);
    const options = [
      `Dir::Etc::sourcelist=${join(state, 'sources.list')}`,
      'Dir::Etc::sourceparts=-',
      `Dir::State::lists=${join(state, 'lists')}`,
      `Dir::Cache=${join(state, 'cache')}`,
      'APT::Sandbox::User=root',
    ].flatMap((option) => ['-o', option]);
    run('apt-get', ...options, 'update');
    return run('apt-cache', ...options, 'policy', 'linkify-tray');
  }

  test('offers the package to apt, which verifies it', () => {
    expect(policy()).toContain('Candidate: 1.2.0');
  });

  test('is refused by apt once its list of packages was changed', () => {
    const architecture = run('dpkg', '--print-architecture').trim();
    writeFileSync(
      repository(`dists/stable/main/binary-${architecture}/Packages.gz`),
      gzipSync('Package: linkify-tray\nVersion: 6.6.6\n'),
    );
    expect(policy).toThrow();
  });
});
