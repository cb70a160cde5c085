import { ensurePackages } from '../desktop/debian-packages.ts';
import { SetupProblem } from '../setup-problem.ts';
import { ensureRoot } from './debian-root.ts';
import { GNOME_43 } from './gnome.ts';
import { SWAY_PACKAGES } from './sway-desktop.ts';

/**
 * Installs what the Wayland sessions of `npm test` need. Where that isn't possible it says why, and
 * the tests of that session are skipped.
 */
export async function prepareWayland(say: (line: string) => void): Promise<void> {
  const sessions = [
    ['sway', () => ensurePackages(say, SWAY_PACKAGES)],
    ['GNOME 43', () => ensureRoot(GNOME_43, say)],
  ] as const;
  for (const [name, ensure] of sessions) {
    try {
      await ensure();
    } catch (error) {
      if (!(error instanceof SetupProblem)) throw error;
      say(`The tests on ${name} are skipped. ${error.message}`);
    }
  }
}
