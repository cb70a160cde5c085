import { describe } from 'vitest';
import { swayProblem } from '../../support/wayland/sway.ts';
import { SWAY_PACKAGES, startSwayDesktop } from '../../support/wayland/sway-desktop.ts';
import { testClickOnTrayIcon } from './click-on-tray-icon.ts';
import { testHeldClipboard } from './held-clipboard.ts';
import { testMainJob } from './main-job.ts';

const problem = await swayProblem(SWAY_PACKAGES);

describe.skipIf(problem !== undefined)(`sway, XWayland (${problem ?? 'all there'})`, () => {
  testMainJob(
    () => startSwayDesktop('x11'),
    (session) => {
      testClickOnTrayIcon(session);
      testHeldClipboard(session);
    },
  );
});
