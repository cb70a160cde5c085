import { readdirSync, type Stats, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../support/app.ts';

// electron-builder's own code for the `files` of its configuration, which it doesn't export.
const builder = createRequire(import.meta.resolve('electron-builder'));
const library = createRequire(builder.resolve('app-builder-lib'));
const { getNodeModuleFileMatcher }: FileMatchers = builder('app-builder-lib/out/fileMatcher.js');
const { computeArchToTargetNamesMap }: Targets = builder(
  'app-builder-lib/out/targets/targetFactory.js',
);
const { load }: { readonly load: (yaml: string) => Config } = library('js-yaml');

type Platform = 'linux' | 'mac' | 'win';
type Config = Readonly<Record<Platform, { readonly artifactName?: string }>>;

/** electron-builder's numbers of processors. */
const ARCH = { x64: 1, arm64: 3 } as const;

interface Targets {
  /** @param asked processors of the command line; without targets those of the configuration apply */
  computeArchToTargetNamesMap(
    asked: ReadonlyMap<number, readonly string[]>,
    packager: { readonly platformSpecificBuildOptions: object },
    platform: object,
  ): ReadonlyMap<number, readonly string[]>;
}

interface FileMatchers {
  getNodeModuleFileMatcher(
    from: string,
    to: string,
    expandMacros: (pattern: string) => string,
    platformOptions: object,
    packager: { readonly config: Config; readonly debugLogger: { readonly isEnabled: boolean } },
  ): { createFilter(): (path: string, stats: Stats) => boolean };
}

const config = load(await readFile(join(ROOT, 'electron-builder.yml'), 'utf8'));

const NODE_MODULES = join(ROOT, 'node_modules');

/** koffi's binary for this machine. */
const [BINARY = ''] = readdirSync(join(NODE_MODULES, '@koromix'));

/** Whether a file below `node_modules` is packaged for a platform. */
function isPackaged(platform: Platform, file: string): boolean {
  const packager = { config, debugLogger: { isEnabled: false } };
  const expand = (pattern: string): string => pattern;
  const matcher = getNodeModuleFileMatcher(ROOT, 'app', expand, config[platform], packager);
  const path = join(NODE_MODULES, file);
  return matcher.createFilter()(path, statSync(path));
}

test.each(['koffi/index.js', 'koffi/package.json', `@koromix/${BINARY}/package.json`])(
  '%s, which only Wayland sessions use, is packaged for Linux only',
  (file) => {
    expect(isPackaged('linux', file)).toBe(true);
    expect(isPackaged('mac', file)).toBe(false);
    expect(isPackaged('win', file)).toBe(false);
  },
);

test('the database, which all platforms use, is packaged for each', () => {
  for (const platform of ['linux', 'mac', 'win'] as const) {
    expect(isPackaged(platform, '@photostructure/sqlite/package.json')).toBe(true);
  }
});

test.each(Object.entries(ARCH))('a Mac with %s builds for its own processor only', (_, arch) => {
  const packager = { platformSpecificBuildOptions: config.mac };
  const built = computeArchToTargetNamesMap(new Map([[arch, []]]), packager, {});
  expect([...built]).toEqual([[arch, ['dmg', 'zip']]]);
});

test.each(['mac', 'win'] as const)(
  'files for %s have names that GitHub leaves as they are, because manifests of updates have them',
  (platform) => {
    expect(config[platform].artifactName?.replace(/\$\{\w+\}/g, '')).toMatch(/^[\w.-]+$/);
  },
);
