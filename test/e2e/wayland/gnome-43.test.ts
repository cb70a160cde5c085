import { describe } from 'vitest';
import { rootProblem } from '../../support/wayland/debian-root.ts';
import { GNOME_43, startGnome } from '../../support/wayland/gnome.ts';
import { testClickOnIndicator } from './click-on-indicator.ts';
import { testMainJob } from './main-job.ts';

const problem = rootProblem(GNOME_43);

describe.skipIf(problem !== undefined)(`GNOME 43 (${problem ?? 'all there'})`, () => {
  testMainJob(async () => {
    const desktop = await startGnome(GNOME_43, 'x11');
    await desktop.bindShortcut('linkify-tray --share-clipboard');
    return desktop;
  }, testClickOnIndicator);
});
