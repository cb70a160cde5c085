import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';

/** Vite's `build.license` writes this file for each build. */
export const LICENSE_JSON = 'licenses.json';

const packageSchema = v.object({
  name: v.string(),
  version: v.string(),
  license: v.optional(v.string()),
  dependencies: v.optional(v.record(v.string(), v.string()), {}),
});

const licenseSchema = v.object({
  name: v.string(),
  version: v.string(),
  /** SPDX expression. */
  identifier: v.optional(v.string()),
  text: v.optional(v.string()),
});

export type License = Readonly<v.InferOutput<typeof licenseSchema>>;

/**
 * A Vite plugin for the last of the builds: joins the licenses of all bundled packages, which Vite
 * lists for each build, and those of the native modules into one text, which Settings opens. The
 * list of these packages is the base of a release's SBOM.
 * @param outDirs folders of the builds
 * @param natives packages that ship beside the bundle
 * @param list where the list of packages goes: JSON, without the texts
 */
export function licenseFile(options: {
  readonly root: string;
  readonly outDirs: readonly string[];
  readonly natives: readonly string[];
  readonly file: string;
  readonly list: string;
}) {
  const { root, outDirs, natives, file } = options;
  return {
    name: 'license-file',
    closeBundle(): void {
      const lists = outDirs.map((folder) => join(folder, LICENSE_JSON)).filter(existsSync);
      const bundled = lists.flatMap((list) =>
        v.parse(v.array(licenseSchema), JSON.parse(readFileSync(list, 'utf8'))),
      );
      const own = { name: 'Linkify Tray', text: readFileSync(join(root, 'LICENSE'), 'utf8') };
      const packages = [...bundled, ...licensesBelow(root, natives)];
      writeFileSync(file, licenseText(own, packages));
      writeFileSync(options.list, `${JSON.stringify(packageList(packages), null, 2)}\n`);
      for (const list of lists) rmSync(list);
    },
  };
}

/** Each package once, by name, without its text. */
function packageList(licenses: readonly License[]): readonly Omit<License, 'text'>[] {
  const unique = new Map(
    licenses.map(({ text: _text, ...one }) => [`${one.name} ${one.version}`, one]),
  );
  return [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/**
 * The text of the file: the app's own license, then each package once, by name.
 * @throws Error when a package names no license
 */
export function licenseText(
  own: { readonly name: string; readonly text: string },
  licenses: readonly License[],
): string {
  const unique = new Map(licenses.map((one) => [`${one.name} ${one.version}`, one]));
  const packages = [...unique].sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = packages.map(([title, { identifier, text }]) => {
    if (identifier === undefined && text === undefined) throw new Error(`no license: ${title}`);
    return [identifier === undefined ? title : `${title} (${identifier})`, text ?? ''];
  });
  return [[own.name, own.text], ...parts]
    .map(([title, text]) => `${title}\n\n${text}`.trim())
    .join(`\n\n${'-'.repeat(80)}\n\n`)
    .concat('\n');
}

/** Packages and what they depend on, as far as it is installed: some are for other systems only. */
function licensesBelow(root: string, names: readonly string[]): readonly License[] {
  const found = new Map<string, License>();
  const visit = (name: string): void => {
    const manifest = join(root, 'node_modules', name, 'package.json');
    if (found.has(name) || !existsSync(manifest)) return;
    const { version, license, dependencies } = v.parse(
      packageSchema,
      JSON.parse(readFileSync(manifest, 'utf8')),
    );
    const text = textIn(dirname(manifest));
    found.set(name, {
      name,
      version,
      ...(license === undefined ? {} : { identifier: license }),
      ...(text === undefined ? {} : { text }),
    });
    for (const dependency of Object.keys(dependencies)) visit(dependency);
  };
  for (const name of names) visit(name);
  return [...found.values()];
}

function textIn(folder: string): string | undefined {
  const name = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  return name === undefined ? undefined : readFileSync(join(folder, name), 'utf8').trim();
}
