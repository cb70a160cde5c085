import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readAbout } from './release-files.ts';

// `node assets/packaging/release/sbom.ts BUNDLED`: prints a CycloneDX 1.6 document of what ships: the
// packages that Vite bundled, the native modules, and Electron. npm's own `npm sbom` lists neither,
// because everything that is bundled is a development dependency here.

/** One line of dist/bundled-packages.json. */
interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly identifier?: string;
}

export function sbomOf(app: { readonly version: string }, packages: readonly BundledPackage[]) {
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': 'linkify-tray',
        name: 'linkify-tray',
        version: app.version,
        licenses: [{ license: { id: 'MIT' } }],
      },
    },
    components: packages.map(({ name, version, identifier }) => ({
      type: 'library',
      'bom-ref': purl(name, version),
      name,
      version,
      purl: purl(name, version),
      ...(identifier === undefined ? {} : { licenses: [{ expression: identifier }] }),
    })),
    dependencies: [
      { ref: 'linkify-tray', dependsOn: packages.map(({ name, version }) => purl(name, version)) },
    ],
  };
}

/** Package URL of an npm package: the @ of a scope is encoded. */
const purl = (name: string, version: string): string =>
  `pkg:npm/${name.replace('@', '%40')}@${version}`;

if (import.meta.main) {
  const [list] = process.argv.slice(2);
  if (list === undefined) throw new Error('usage: sbom.ts bundled-packages.json');
  const electron: { version: string } = createRequire(import.meta.url)('electron/package.json');
  const bundled: BundledPackage[] = JSON.parse(readFileSync(list, 'utf8'));
  const all = [...bundled, { name: 'electron', version: electron.version, identifier: 'MIT' }];
  console.log(JSON.stringify(sbomOf(readAbout(), all), null, 2));
}
