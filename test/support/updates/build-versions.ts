import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../app.ts';
import { packageApp } from '../packaging/package-app.ts';
import { SetupProblem } from '../setup-problem.ts';
import { newSigningKey, type SigningKey } from './signed-updates.ts';

/** A version as a release has it. */
export interface BuiltVersion {
  readonly version: string;
  /** Path of the AppImage. */
  readonly appImage: string;
  readonly manifest: Buffer;
}

export interface BuiltVersions {
  readonly old: BuiltVersion;
  readonly next: BuiltVersion;
  /** In the packages. */
  readonly key: SigningKey;
  readonly spare: SigningKey;
}

export interface WithBroken extends BuiltVersions {
  /** Newer, and does not start if `LINKIFY_TEST_BREAK` is `throw` or `abort`; its commands work. */
  readonly broken: BuiltVersion;
}

/** The name of the AppImage in a release. */
export const APPIMAGE_NAME = 'linkify-tray-x86_64.AppImage';

const BREAK = `if (process.env.LINKIFY_TEST_BREAK === 'abort') process.abort();
if (process.env.LINKIFY_TEST_BREAK === 'throw') throw new Error('broken on purpose');
`;

/** Builds three versions whose updates are at `url`. @throws SetupProblem where that fails */
export async function buildVersions(url: string): Promise<WithBroken> {
  const key = newSigningKey();
  const spare = newSigningKey();
  const build = async (version: string): Promise<BuiltVersion> => {
    const output = join(ROOT, 'release', 'updates', version);
    const keys = [key.publicKey, spare.publicKey];
    const code = await packageApp({
      output,
      version,
      installers: ['AppImage'],
      fast: true,
      updates: { url, keys },
    });
    if (code !== 0) throw new SetupProblem(`Version ${version} could not be built.`);
    return {
      version,
      appImage: join(output, APPIMAGE_NAME),
      manifest: readFileSync(join(output, 'latest-linux.yml')),
    };
  };
  const old = await build('1.0.0');
  const next = await build('1.1.0');
  return { old, next, broken: await buildBroken(build), key, spare };
}

/** The app is loaded once its icon is there; what breaks is the module that boot.ts loads then. */
async function buildBroken(
  build: (version: string) => Promise<BuiltVersion>,
): Promise<BuiltVersion> {
  const folder = join(ROOT, 'dist', 'main');
  const name = readdirSync(folder).find((file) => /^app-.*\.js$/.test(file));
  if (name === undefined) throw new SetupProblem('dist/main has no module of the app.');
  const path = join(folder, name);
  const whole = readFileSync(path);
  try {
    writeFileSync(path, Buffer.concat([Buffer.from(BREAK), whole]));
    return await build('1.2.0');
  } finally {
    writeFileSync(path, whole);
  }
}
