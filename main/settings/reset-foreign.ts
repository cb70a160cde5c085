import type { Settings } from './settings.ts';

/**
 * Turns off, in settings that somebody else made, what the user here never chose: that copies are
 * offered or shared automatically, that no notification says so, and that updates are requested.
 * @returns whether the user is to be told: something was turned off, or shares go to a custom server
 */
export function resetForeign(settings: Pick<Settings, 'change' | 'values'>): boolean {
  const { offerToShare, shareAutomatically, notifications, service } = settings.values();
  const isReset = offerToShare !== 'off' || shareAutomatically !== 'off' || notifications === 'off';
  settings.change({
    offerToShare: 'off',
    shareAutomatically: 'off',
    checkForUpdates: false,
    notifications: notifications === 'off' ? 'silent' : notifications,
  });
  return isReset || service === 'custom';
}
