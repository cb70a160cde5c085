import { describe, expect, test } from 'vitest';
import { ARTIFACTS, isShort } from '../support/packaging/artifacts.ts';
import { runToSuccess } from '../support/packaging/run.ts';

const { rpm } = ARTIFACTS;

const query = async (...what: readonly string[]): Promise<string> =>
  runToSuccess(['rpm', '--query', '--package', ...what, rpm]);

describe.skipIf(isShort)('the rpm', () => {
  test('says what it is', async () => {
    const tags = ['NAME', 'ARCH', 'LICENSE', 'URL', 'SUMMARY'].map((tag) => `%{${tag}}`);
    expect(await query('--queryformat', tags.join('|'))).toBe(
      'linkify-tray|x86_64|MIT|https://github.com/linkify-tray/linkify-tray|share anything you copy as a link',
    );
  });

  test('requires the libraries of Fedora or of openSUSE', async () => {
    const required = (await query('--requires')).split('\n');
    expect(required).toEqual(
      expect.arrayContaining([
        '(nss or mozilla-nss)',
        '(gtk3 or libgtk-3-0)',
        '(alsa-lib or libasound2)',
      ]),
    );
  });

  test('has the same files as the deb, apart from what Debian places elsewhere', async () => {
    const files = (list: string): readonly string[] =>
      list
        .split('\n')
        .filter((path) => path.startsWith('/') && !path.endsWith('/'))
        .filter((path) => !/lintian|\/zsh\//.test(path))
        .sort();
    const inDeb = await runToSuccess([
      ...['sh', '-c', 'dpkg-deb --fsys-tarfile "$1" | tar --list', 'sh', ARTIFACTS.deb],
    ]);
    const inRpm = files(await query('--list'));
    expect(inRpm).toEqual(files(inDeb.replace(/^\./gm, '')));
    expect(inRpm).toContain('/usr/bin/linkify-tray');
    expect(await query('--list')).toContain('/usr/share/zsh/site-functions/_linkify');
  });

  test('its scripts set up the sandbox, and leave an update alone', async () => {
    const scripts = await query('--scripts');
    expect(scripts).toContain('chmod 4755 /opt/linkify-tray/chrome-sandbox');
    const removal = scripts.slice(scripts.indexOf('postuninstall'));
    const script = removal.slice(removal.indexOf('\n') + 1);
    // rpm gives the number of versions that are left.
    expect(await runToSuccess(['sh', '-c', script, 'postun', '1'])).toBe('');
    expect(await runToSuccess(['sh', '-c', script, 'postun', '0'])).toContain(
      '.config/Linkify Tray',
    );
  });
});
