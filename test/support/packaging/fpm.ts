#!/usr/bin/env node
import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { runProgram } from '../desktop/processes.ts';
import { type PackageOptions, specFile } from './rpm-spec.ts';

// What electron-builder calls in place of fpm where fpm's download can't be reached. It takes the
// options that electron-builder gives, and builds the package with Debian's dpkg-deb or rpmbuild.
// Files, scripts and dependencies are electron-builder's; only the control file is written here.

const LIMIT_MS = 30 * 60_000;

const one = { type: 'string' } as const;
const many = { type: 'string', multiple: true } as const;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    input: { ...one, short: 's' },
    target: { ...one, short: 't' },
    force: { type: 'boolean' },
    depends: { ...many, short: 'd' },
    'deb-recommends': many,
    'deb-suggests': many,
    'deb-compression': one,
    'deb-priority': one,
    'rpm-os': one,
    'rpm-compression': one,
    'rpm-summary': one,
    architecture: one,
    'after-install': one,
    'after-remove': one,
    description: one,
    version: one,
    package: one,
    name: one,
    maintainer: one,
    vendor: one,
    url: one,
    category: one,
    license: one,
  },
});

function required(value: string | undefined, name: string): string {
  if (value === undefined) throw new Error(`--${name} is missing`);
  return value;
}

const options: PackageOptions = {
  name: required(values.name, 'name'),
  version: required(values.version, 'version'),
  architecture: required(values.architecture, 'architecture'),
  maintainer: required(values.maintainer, 'maintainer'),
  url: required(values.url, 'url'),
  license: required(values.license, 'license'),
  description: required(values.description, 'description').trim(),
  ...(values['rpm-summary'] === undefined ? {} : { summary: values['rpm-summary'] }),
  ...(values.category === undefined ? {} : { category: values.category }),
  depends: values.depends ?? [],
  recommends: values['deb-recommends'] ?? [],
  suggests: values['deb-suggests'] ?? [],
  afterInstall: required(values['after-install'], 'after-install'),
  afterRemove: required(values['after-remove'], 'after-remove'),
};
const output = required(values.package, 'package');

const work = await mkdtemp(join(tmpdir(), 'package-'));
try {
  const root = join(work, 'root');
  await copyFiles(root);
  if (values.target === 'deb') {
    await buildDeb(root, values['deb-compression'] ?? 'xz', values['deb-priority'] ?? 'optional');
  } else if (values.target === 'rpm') await buildRpm(root, values['rpm-compression'] ?? 'xz');
  else throw new Error(`unknown target ${values.target}`);
} finally {
  await rm(work, { recursive: true, force: true });
}

/** Copies each `SOURCE=DESTINATION`; a folder that ends with a slash stands for what is in it. */
async function copyFiles(root: string): Promise<void> {
  for (const mapping of positionals) {
    const [from = '', to = ''] = mapping.split('=');
    const destination = join(root, to);
    await mkdir(dirname(destination), { recursive: true });
    await cp(from, destination, {
      recursive: true,
      verbatimSymlinks: true,
      preserveTimestamps: true,
    });
  }
  // As the files of a package should be, whatever umask it's built with.
  for (const path of [root, ...below(root)]) {
    const stat = lstatSync(path);
    if (stat.isSymbolicLink()) continue;
    chmodSync(path, stat.isDirectory() || (stat.mode & 0o100) !== 0 ? 0o755 : 0o644);
  }
}

async function buildDeb(root: string, compression: string, priority: string): Promise<void> {
  const control = join(root, 'DEBIAN');
  const files = below(root).filter((path) => lstatSync(path).isFile());
  const kilobytes = files.reduce((sum, path) => sum + Math.ceil(lstatSync(path).size / 1024), 0);
  const sums = files.map((path) => {
    const hash = createHash('md5').update(readFileSync(path)).digest('hex');
    return `${hash}  ${relative(root, path)}\n`;
  });
  await mkdir(control);
  const { name, version, architecture, maintainer, url, category, description } = options;
  const fields = [
    `Package: ${name}`,
    `Version: ${version}`,
    ...(category === undefined ? [] : [`Section: ${category}`]),
    `Priority: ${priority}`,
    `Architecture: ${architecture}`,
    `Maintainer: ${maintainer}`,
    `Installed-Size: ${kilobytes}`,
    ...listField('Depends', options.depends),
    ...listField('Recommends', options.recommends),
    ...listField('Suggests', options.suggests),
    `Homepage: ${url}`,
    `Description: ${debDescription(description)}`,
  ];
  await writeFile(join(control, 'control'), `${fields.join('\n')}\n`);
  await writeFile(join(control, 'md5sums'), sums.join(''));
  await writeFile(join(control, 'postinst'), readFileSync(options.afterInstall), { mode: 0o755 });
  await writeFile(join(control, 'postrm'), readFileSync(options.afterRemove), { mode: 0o755 });
  const type = { gz: 'gzip', zst: 'zstd', bzip2: 'bzip2' }[compression] ?? 'xz';
  // Quick: tests use it, and a release has xz.
  const level = type === 'zstd' ? ['-z1'] : [];
  const build = ['--root-owner-group', `-Z${type}`, ...level, '--build', root, output];
  await runProgram('dpkg-deb', build, { limitMs: LIMIT_MS });
}

function listField(name: string, packages: readonly string[]): readonly string[] {
  return packages.length === 0 ? [] : [`${name}: ${packages.join(', ')}`];
}

/** The synopsis, then lines that begin with a space; an empty one is a dot. */
function debDescription(text: string): string {
  const [synopsis = '', ...lines] = text.split('\n').map((line) => line.trim());
  return [synopsis, ...lines.map((line) => ` ${line === '' ? '.' : line}`)].join('\n');
}

async function buildRpm(root: string, compression: string): Promise<void> {
  const spec = join(work, 'package.spec');
  // Folders that others own, too, don't belong to the package.
  const files = below(root)
    .filter((path) => !lstatSync(path).isDirectory())
    .map((path) => `/${relative(root, path)}`);
  await writeFile(
    spec,
    specFile(options, files, compression === 'gzip' ? 'w1.gzdio' : 'w6T2.xzdio'),
  );
  const defines = [`_topdir ${work}/rpm`, `_rpmdir ${work}`, '_rpmfilename package.rpm'];
  const args = defines.flatMap((define) => ['--define', define]);
  const architecture = { amd64: 'x86_64', arm64: 'aarch64' }[options.architecture];
  const target = ['--target', architecture ?? options.architecture, '--buildroot', root];
  await runProgram('rpmbuild', ['-bb', ...args, ...target, spec], { limitMs: LIMIT_MS });
  await rename(join(work, 'package.rpm'), output).catch(() =>
    cp(join(work, 'package.rpm'), output),
  );
}

/** All that is below a folder, in the same order everywhere. */
function below(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.sort().map((name) => join(folder, name));
}
