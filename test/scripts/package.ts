import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { ROOT } from '../support/app.ts';
import { LINUX_INSTALLERS, packageApp } from '../support/packaging/package-app.ts';
import { runTool } from '../support/run-tool.ts';
import { runScript, SetupProblem } from '../support/setup-problem.ts';
import { unverifiedPackages } from '../support/unverified-packages.ts';

// `npm run package`: builds and packages for this platform into release/, then reads the fuses
// back from the packaged program. `-- --installers` adds AppImage, deb and rpm on Linux, `--fast`
// compresses them less, `--version V` sets another version. `-- --for-tests` makes a second one in release/for-tests that
// differs in one fuse and one mark only: Playwright drives the app through Node's inspector, and
// gives it switches that a release refuses.

const OFF: readonly FuseV1Options[] = [
  FuseV1Options.RunAsNode,
  FuseV1Options.EnableNodeOptionsEnvironmentVariable,
  FuseV1Options.EnableNodeCliInspectArguments,
  FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
  FuseV1Options.GrantFileProtocolExtraPrivileges,
];
const ON: readonly FuseV1Options[] = [
  FuseV1Options.EnableCookieEncryption,
  FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
  FuseV1Options.OnlyLoadAppFromAsar,
];

const UNPACKED = { linux: 'linux-unpacked', win32: 'win-unpacked' } as const;
const PROGRAM = { linux: 'linkify-tray', win32: 'Linkify Tray.exe' } as const;

runScript(async () => {
  const { values } = parseArgs({
    options: {
      'for-tests': { type: 'boolean', default: false },
      installers: { type: 'boolean', default: false },
      fast: { type: 'boolean', default: false },
      version: { type: 'string' },
    },
  });
  const { 'for-tests': forTests, installers, fast, version } = values;
  if (installers && process.platform !== 'linux') {
    throw new SetupProblem('Installers for this system are built by the release workflow.');
  }
  const lock = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8'));
  const unverified = unverifiedPackages(lock).filter(({ os = [process.platform] }) =>
    os.includes(process.platform),
  );
  if (unverified.length > 0) {
    const names = unverified.map(({ path }) => path).join(', ');
    throw new SetupProblem(
      `package-lock.json has no hash for ${names}: fill it in from npm first.`,
    );
  }
  const built = await runTool('vite', ['build', '--logLevel', 'warn']);
  if (built !== 0) return built;
  const output = join(ROOT, forTests ? 'release/for-tests' : 'release');
  const packaged = await packageApp({
    output,
    forTests,
    fast,
    installers: installers ? LINUX_INSTALLERS : [],
    ...(version === undefined ? {} : { version }),
  });
  if (packaged !== 0) return packaged;
  const platform = process.platform;
  if (platform !== 'linux' && platform !== 'win32') return 0;
  const dir = join(output, UNPACKED[platform]);
  await reportSizes(join(dir, 'resources'));
  return (await fusesAreRight(join(dir, PROGRAM[platform]), forTests)) ? 0 : 1;
});

async function fusesAreRight(program: string, forTests: boolean): Promise<boolean> {
  const wire = await getCurrentFuseWire(program);
  console.log(`Fuses of ${relative(ROOT, program)}:`);
  const checks = [
    ...OFF.map((fuse) => {
      const flipped = forTests && fuse === FuseV1Options.EnableNodeCliInspectArguments;
      return { fuse, wanted: flipped ? FuseState.ENABLE : FuseState.DISABLE };
    }),
    ...ON.map((fuse) => ({ fuse, wanted: FuseState.ENABLE })),
  ].map(({ fuse, wanted }) => ({ fuse, found: wire[fuse], right: wire[fuse] === wanted }));
  for (const { fuse, found, right } of checks) {
    const state = found === FuseState.ENABLE ? 'on' : found === FuseState.DISABLE ? 'off' : found;
    console.log(`  ${FuseV1Options[fuse]}: ${state}${right ? '' : '  <- WRONG'}`);
  }
  return checks.every(({ right }) => right);
}

/** What the package carries besides Electron itself. */
async function reportSizes(resources: string): Promise<void> {
  const asar = join(resources, 'app.asar');
  console.log(`app.asar: ${(await stat(asar)).size} bytes`);
  const unpacked = `${asar}.unpacked`;
  if (!existsSync(unpacked)) return;
  for (const name of await readdir(unpacked, { recursive: true })) {
    const file = await stat(join(unpacked, name));
    if (file.isFile()) console.log(`unpacked: ${name}, ${file.size} bytes`);
  }
}
