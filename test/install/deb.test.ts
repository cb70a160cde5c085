import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ARTIFACTS, isShort } from '../support/packaging/artifacts.ts';
import { run, runToSuccess } from '../support/packaging/run.ts';

const { deb } = ARTIFACTS;
const MAX_BYTES = 105_000_000;

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'linkify-deb-'));
  await runToSuccess(['dpkg-deb', '--extract', deb, root]);
});

afterAll(() => rm(root, { recursive: true, force: true }));

const field = async (name: string): Promise<string> =>
  (await runToSuccess(['dpkg-deb', '--field', deb, name])).trim();

describe('what the package says about itself', () => {
  test('apt can sort it in, and knows who made it', async () => {
    expect(await field('Section')).toBe('utils');
    expect(await field('Maintainer')).toMatch(/^[^<]+ <[^@\s]+@[^>\s]+>$/);
    expect(await field('Homepage')).toMatch(/^https:/);
    const [synopsis, ...text] = (await field('Description')).split('\n');
    expect(text.join(' ')).not.toContain(synopsis);
  });

  test.skipIf(isShort)('it takes less than 105 MB', async () => {
    expect((await stat(deb)).size).toBeLessThan(MAX_BYTES);
  });

  test.skipIf(isShort)('lintian finds nothing wrong that is ours', async () => {
    const { out, errors } = await run(['lintian', '--fail-on', 'none', deb], {}, 300_000);
    expect(errors).not.toMatch(/^error/m);
    expect(out.split('\n').filter((line) => /^[EW]:/.test(line))).toEqual([]);
  });
});

describe('what it installs', () => {
  test("no path that Chromium's sandbox helper would split has a space", async () => {
    const files = await readdir(join(root, 'opt'), { recursive: true });
    expect(files).toContain('linkify-tray/chrome-sandbox');
    expect(files.filter((path) => path.includes(' '))).toEqual([]);
  });

  test('the desktop file is valid, and has actions that the app understands', async () => {
    const path = join(root, 'usr/share/applications/app.linkify.tray.desktop');
    expect(await runToSuccess(['desktop-file-validate', path])).toBe('');
    const entry = await readFile(path, 'utf8');
    expect(entry).toMatch(/^Name=Linkify Tray$/m);
    expect(entry).toMatch(/^MimeType=x-scheme-handler\/linkify;$/m);
    expect(entry).toMatch(/^Actions=share-clipboard;settings;$/m);
    const commands = [...entry.matchAll(/^Exec=(\S+) (\S+)/gm)];
    expect(commands.map(([, program]) => program)).toEqual([
      '/opt/linkify-tray/linkify-tray',
      'linkify-tray',
      'linkify-tray',
    ]);
    expect(commands.map(([, , first]) => first)).toEqual(['%U', '--share-clipboard', '--settings']);
  });

  test('software centers accept its metainfo', async () => {
    const path = join(root, 'usr/share/metainfo/app.linkify.tray.metainfo.xml');
    await runToSuccess(['appstreamcli', 'validate', '--no-net', path]);
    expect(await readFile(path, 'utf8')).not.toMatch(/@[A-Z]+@/);
  });

  test('there are icons in all sizes', async () => {
    const sizes = await readdir(join(root, 'usr/share/icons/hicolor'));
    expect(sizes.sort()).toEqual(
      [16, 22, 24, 32, 48, 64, 96, 128, 256, 512]
        .map((size) => `${size}x${size}`)
        .concat('scalable')
        .sort(),
    );
  });

  test('its license and changes are where Debian looks for them', async () => {
    const folder = join(root, 'usr/share/doc/linkify-tray');
    expect(await readFile(join(folder, 'copyright'), 'utf8')).toMatch(/^License: MIT$/m);
    const changes = gunzipSync(await readFile(join(folder, 'changelog.gz'))).toString();
    expect(changes).toMatch(/^linkify-tray \([\d.]+\)/);
  });
});

describe('what it adds to a terminal', () => {
  test.each(['linkify', 'linkify-tray'])('man formats the page of %s', async (program) => {
    const page = join(root, `usr/share/man/man1/${program}.1.gz`);
    const { code, out, errors } = await run(['man', '--warnings', '-l', page], {
      MANPAGER: 'cat',
      LC_ALL: 'C.UTF-8',
    });
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(out).toContain(`${program.toUpperCase()}(1)`);
  });

  test('bash, zsh and fish complete its commands', async () => {
    const share = join(root, 'usr/share');
    const bash = `. ${share}/bash-completion/completions/linkify-tray
      COMP_WORDS=(linkify-tray rev); COMP_CWORD=1; COMP_LINE='linkify-tray rev'; COMP_POINT=16
      $(complete -p linkify-tray | sed 's/.*-F \\([^ ]*\\).*/\\1/') linkify-tray rev linkify-tray
      echo "\${COMPREPLY[@]}"`;
    expect((await runToSuccess(['bash', '--norc', '-c', bash])).trim()).toBe('revoke');
    const zsh = `fpath=(${share}/zsh/vendor-completions $fpath); autoload -Uz compinit
      compinit -u -D; print $_comps[linkify-tray]; autoload +X _linkify && whence -w _linkify`;
    expect(await runToSuccess(['zsh', '-f', '-c', zsh])).toBe('_linkify\n_linkify: function\n');
    const fish = `source ${share}/fish/vendor_completions.d/linkify-tray.fish
      complete -C 'linkify-tray rev'`;
    expect(await runToSuccess(['fish', '--no-config', '-c', fish])).toMatch(/^revoke\b/m);
  });
});

describe('what it adds to file managers', () => {
  test.each([
    'nautilus-python/extensions/linkify-tray.py',
    'nemo/actions/linkify-tray.nemo_action',
    'kio/servicemenus/linkify-tray.desktop',
    'Thunar/sendto/linkify-tray.desktop',
  ])('%s shares files whose names begin with a hyphen', async (path) => {
    const text = await readFile(join(root, 'usr/share', path), 'utf8');
    expect(text).toMatch(/\/usr\/bin\/linkify.*share.*--no-wait.*-- ?/);
  });
});
