import type { Settings } from './settings.ts';

/**
 * Turns off, in settings that somebody else made, what the user here never chose: that copies are
 * offered or shared automatically, that no notification says so, that updates are requested, and
 * servers to switch to.
 * @returns whether the user is to be told: something was turned off, or shares go to a custom server
 */
export function resetForeign(
  settings: Pick<Settings, 'change' | 'removeServer' | 'values'>,
): boolean {
  const { offerToShare, shareAutomatically, notifications, ...rest } = settings.values();
  const { service, serviceUrl, servers } = rest;
  const isReset = offerToShare !== 'off' || shareAutomatically !== 'off' || notifications === 'off';
  settings.change({
    offerToShare: 'off',
    shareAutomatically: 'off',
    checkForUpdates: false,
    notifications: notifications === 'off' ? 'silent' : notifications,
  });
  for (const { url } of servers) if (url !== serviceUrl) settings.removeServer(url);
  return isReset || service === 'custom';
}
