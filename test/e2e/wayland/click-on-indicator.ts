import { join } from 'node:path';
import { test } from 'vitest';
import { ROOT } from '../../support/app.ts';
import { waitFor } from '../../support/desktop/wait-for.ts';
import type { GnomeDesktop } from '../../support/wayland/gnome.ts';
import type { Session } from './main-job.ts';

const IS_MENU_OPEN = `Object.entries(Main.panel.statusArea)
  .find(([name]) => name.startsWith('appindicator'))[1].menu.isOpen`;

/** For GNOME's AppIndicator extension, which opens the menu by any click. */
export function testClickOnIndicator(session: Session<GnomeDesktop>): void {
  test('a click on the tray icon opens its menu', async () => {
    const desktop = session.desktop();
    const isOpen = () => desktop.shell.evaluate(IS_MENU_OPEN);
    await desktop.clickTrayIcon();
    await waitFor('the open menu', async () => (await isOpen()) === true);
    await desktop.screenshot(join(ROOT, 'test-results', `${desktop.name}-menu.png`));
    await desktop.key('Escape');
    await waitFor('the menu to close', async () => (await isOpen()) === false);
  });
}
