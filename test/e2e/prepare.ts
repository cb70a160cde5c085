import { ensureDebianPackages } from '../support/desktop/debian-packages.ts';
import { sweepLeftovers } from '../support/desktop/processes.ts';
import { findRuntime } from '../support/runtime.ts';

/** Gets once what every file needs: the desktop's programs and an Electron. */
export default async function prepare(): Promise<() => void> {
  await ensureDebianPackages(console.error, 'for-tests');
  const runtime = await findRuntime();
  console.error(`Electron ${runtime.version} (${runtime.origin}) in ${runtime.dir}`);
  process.env.ELECTRON_OVERRIDE_DIST_PATH = runtime.dir;
  return () => {
    sweepLeftovers('orphaned');
  };
}
