import { describe } from 'vitest';
import { testMainJob } from '../e2e/wayland/main-job.ts';
import { rootProblem } from '../support/wayland/debian-root.ts';
import { DEBIAN_13 } from '../support/wayland/gnome.ts';
import { startKwin } from '../support/wayland/kwin.ts';

const problem = rootProblem(DEBIAN_13);

// The portal binds the shortcut without a dialog.
describe.skipIf(problem !== undefined)(`KWin 6.3 (${problem ?? 'all there'})`, () => {
  testMainJob(() => startKwin(DEBIAN_13, 'default'));
});
