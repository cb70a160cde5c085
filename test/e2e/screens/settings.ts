import type { TextKey } from '../../../renderer/i18n/messages.ts';
import type { DrivenApp } from '../../support/app.ts';
import { waitFor } from '../../support/desktop/wait-for.ts';
import type { Desktop } from '../../support/desktop.ts';
import { text as message, windowText } from '../../support/text.ts';
import { type AppWindow, untilFocused, windowOn } from './window.ts';

/** Opens the settings by the icon's menu, at the tab with this label. */
export async function openSettings(
  app: DrivenApp,
  desktop: Desktop,
  tab: TextKey = 'application',
): Promise<AppWindow> {
  await desktop.tray.clickItem([message('menuSettings')]);
  const settings = await settingsOn(app);
  await chooseTab(settings, tab);
  return settings;
}

/** The settings window that something else opened, such as a command. */
export async function settingsOn(app: DrivenApp): Promise<AppWindow> {
  const page = await waitFor('the settings window', () =>
    app.electron.windows().find((window) => window.url().includes('#settings')),
  );
  const settings = await windowOn(page);
  await page.getByRole('heading', { name: windowText('settings') }).waitFor({ state: 'attached' });
  await untilFocused(app);
  return settings;
}

export async function chooseTab({ page }: AppWindow, tab: TextKey): Promise<void> {
  await page.getByRole('tab', { name: windowText(tab), exact: true }).click();
}

/** Closes it by Escape, which ends the page before it can answer that the key was pressed. */
export async function closeSettings(app: DrivenApp, { page }: AppWindow): Promise<void> {
  await page.keyboard.press('Escape').catch(() => undefined);
  await waitFor('the settings window to close', () => !app.electron.windows().includes(page));
}
