import { describe } from 'vitest';
import { startSwayDesktop, swayProblem } from '../../support/wayland/sway-desktop.ts';
import { testClickOnTrayIcon } from './click-on-tray-icon.ts';
import { testMainJob } from './main-job.ts';

const problem = await swayProblem();

describe.skipIf(problem !== undefined)(`sway, native Wayland (${problem ?? 'all there'})`, () => {
  testMainJob(() => startSwayDesktop('wayland'), testClickOnTrayIcon);
});
