import type { Settings } from '../settings/settings.ts';
import type { LaunchAtLogin } from './launch-at-login.ts';

/**
 * Keeps the setting and the system in sync. At start the system's state wins, because users can
 * change it there; afterwards the setting wins.
 * @param onProblem the system refused; the setting is what it was
 */
export function syncLaunchAtLogin(
  settings: Pick<Settings, 'values' | 'change' | 'subscribe'>,
  login: LaunchAtLogin,
  onProblem: () => void,
): void {
  const takeOver = (): void => {
    const on = login.isOn();
    if (settings.values().launchAtLogin !== on) settings.change({ launchAtLogin: on });
  };
  takeOver();
  settings.subscribe(({ launchAtLogin }) => {
    if (launchAtLogin === login.isOn()) return;
    try {
      login.set(launchAtLogin);
    } catch {
      onProblem();
      takeOver();
    }
  });
}
