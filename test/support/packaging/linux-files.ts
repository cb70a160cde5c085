import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ProgramName } from '../../../main/cli/commands.ts';
import { completionScript } from '../../../main/cli/completion.ts';
import { manPage } from '../../../main/cli/man-page.ts';
import { settingNames } from '../../../main/settings/table.ts';
import { ROOT } from '../app.ts';

const FROM = join(ROOT, 'assets/packaging/linux');
const TO = join(ROOT, 'release/linux-files');

/** Where the package has each command that it puts into /usr/bin. */
const COMMANDS: Readonly<Record<ProgramName, string>> = {
  linkify: '/opt/linkify-tray/resources/cli/linkify',
  'linkify-tray': '/opt/linkify-tray/linkify-tray',
};

/** Where packages of a distribution install completions for zsh, below /usr/share/zsh. */
const ZSH_FOLDERS = { deb: 'vendor-completions', rpm: 'site-functions' } as const;

/**
 * Writes what Linux packages install outside /opt to `release/linux-files/deb` and `rpm`, from where
 * electron-builder.yml takes it: `assets/packaging/linux/files`, commands with man pages and completions,
 * and the changelog.
 * @param epochSeconds time of the sources, in seconds since 1970: the files' time, and the release's
 */
export async function writeLinuxFiles(version: string, epochSeconds: number): Promise<void> {
  await rm(TO, { recursive: true, force: true });
  const date = new Date(epochSeconds * 1000);
  const day = date.toISOString().slice(0, 10);
  for (const kind of ['deb', 'rpm'] as const) {
    const root = join(TO, kind);
    const share = join(root, 'usr/share');
    await cp(join(FROM, 'files'), root, { recursive: true });
    if (existsSync(join(FROM, kind))) await cp(join(FROM, kind), root, { recursive: true });
    await fillIn(join(share, 'metainfo/app.linkify.tray.metainfo.xml'), version, day);
    await put(
      join(share, 'doc/linkify-tray/changelog.gz'),
      compressed(debianChangelog(version, date)),
    );
    await put(
      join(share, 'icons/hicolor/scalable/apps/linkify-tray.svg'),
      await readFile(join(ROOT, 'assets/icon.svg')),
    );
    await mkdir(join(root, 'usr/bin'));
    for (const [name, path] of Object.entries(COMMANDS)) {
      // Safe: the keys of `COMMANDS`.
      const program = name as ProgramName;
      await symlink(path, join(root, 'usr/bin', program));
      const page = compressed(manPage(program, version, day));
      await put(join(share, `man/man1/${program}.1.gz`), page);
    }
    await writeCompletions(share, ZSH_FOLDERS[kind]);
    await setTimes(root, date);
  }
}

/** Each script completes all commands; bash and fish load it by the name of one. */
async function writeCompletions(share: string, zshFolder: string): Promise<void> {
  await put(join(share, 'zsh', zshFolder, '_linkify'), completionScript('zsh', settingNames));
  for (const program of Object.keys(COMMANDS)) {
    const bash = join(share, 'bash-completion/completions', program);
    await put(bash, completionScript('bash', settingNames));
    const fish = join(share, 'fish/vendor_completions.d', `${program}.fish`);
    await put(fish, completionScript('fish', settingNames));
  }
}

/** The time of the sources, in seconds since 1970: `SOURCE_DATE_EPOCH`, else the last commit's. */
export function sourceEpoch(): number {
  const given = process.env.SOURCE_DATE_EPOCH;
  if (given !== undefined && /^\d+$/.test(given)) return Number(given);
  const { stdout } = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: ROOT });
  const committed = stdout?.toString().trim();
  return committed ? Number(committed) : Math.floor(Date.now() / 1000);
}

async function fillIn(path: string, version: string, day: string): Promise<void> {
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replaceAll('@VERSION@', version).replaceAll('@DATE@', day));
}

/** Without name and time in the header, so that the same text gives the same file. */
const compressed = (text: string): Uint8Array => gzipSync(text, { level: 9 });

async function put(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

/** @see Debian Policy 4.4, "Debian changelog" */
function debianChangelog(version: string, date: Date): string {
  const time = date.toUTCString().replace('GMT', '+0000');
  return `linkify-tray (${version.replaceAll('-', '~')}) unstable; urgency=medium

  * Changes: https://github.com/linkify-tray/linkify-tray/blob/main/CHANGELOG.md

 -- The Linkify Tray maintainers <linkify-tray@users.noreply.github.com>  ${time}
`;
}

async function setTimes(folder: string, date: Date): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    await utimes(join(entry.parentPath, entry.name), date, date);
  }
}
