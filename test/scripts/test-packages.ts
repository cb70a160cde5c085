import { join } from 'node:path';
import { ROOT } from '../support/app.ts';
import { ensurePackages } from '../support/desktop/debian-packages.ts';
import { LINUX_INSTALLERS, packageApp } from '../support/packaging/package-app.ts';
import { SetupProblem } from '../support/setup-problem.ts';
import { type Counts, oneFailure } from './counts.ts';
import { runVitest } from './run-vitest.ts';

/** What checks packages; names of one need are alternatives. */
const CHECKERS: readonly (readonly string[])[] = [
  ['appstream'],
  ['desktop-file-utils'],
  ['file'],
  ['fish'],
  ['lintian'],
  ['man-db'],
  ['nsis'],
  ['rpm'],
  ['zsh'],
];

/**
 * Builds the packages for Linux and tests them.
 * @param form `short`: AppImage and deb, compressed quickly, without what takes minutes; `built`:
 *   all tests, on what is in release/ already
 */
export async function testPackages(form: 'full' | 'short' | 'built'): Promise<Counts> {
  await ensurePackages(console.error, CHECKERS);
  if (form !== 'built') {
    const isShort = form === 'short';
    const built = await packageApp({
      output: join(ROOT, 'release'),
      installers: isShort ? ['AppImage', 'deb'] : LINUX_INSTALLERS,
      fast: isShort,
    }).catch((error: unknown) => {
      if (!(error instanceof SetupProblem)) throw error;
      console.error(error.message);
      return 1;
    });
    if (built !== 0) return oneFailure('packages');
  }
  const env = { LINKIFY_INSTALL_TEST: form };
  return runVitest('install', 'test/install/vitest.config.ts', [], env);
}
