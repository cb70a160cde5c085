import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../support/app.ts';
import type { WaylandDesktop } from '../../support/wayland/desktop.ts';
import { appWindow, type Session, untilWindow } from './main-job.ts';

/** For panels that pass a click on the icon to the app, such as waybar. */
export function testClickOnTrayIcon(session: Session<WaylandDesktop>): void {
  test('a click on the tray icon opens the window, which stays', async () => {
    const desktop = session.desktop();
    await desktop.clickTrayIcon();
    await untilWindow(desktop);
    await desktop.screenshot(join(ROOT, 'test-results', `${desktop.name}-tray-click.png`));
    expect(await appWindow(desktop)).toMatchObject({ isFocused: true });
  });
}
