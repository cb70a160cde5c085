import { join } from 'node:path';
import { app } from 'electron';
import type { Failures } from '../failures/failures.ts';
import { settingsFault, storeSetAside } from '../failures/faults.ts';
import { resetForeign } from '../settings/reset-foreign.ts';
import { type KeyStore, openSettings, type Settings } from '../settings/settings.ts';
import { isForeignProfile } from './known-profiles.ts';

export interface AppSettingsOptions {
  /** The profile's folder. */
  readonly folder: string;
  /** The command line chose the folder: its settings may be those of somebody else. */
  readonly isChosenFolder: boolean;
  readonly secrets: KeyStore;
  readonly failures: Failures;
}

/** @returns also whether this is the first start ever: there were no settings */
export async function openAppSettings({
  folder,
  isChosenFolder,
  secrets,
  failures,
}: AppSettingsOptions): Promise<{ readonly settings: Settings; readonly isFirstStart: boolean }> {
  // electron-store takes its time to load: imported here, with the icon already there.
  const { openSettingsStore } = await import('./settings-store.ts');
  const store = await openSettingsStore({
    folder,
    onProblem: ({ file, backupName }) => failures.report(storeSetAside(file, backupName)),
  });
  const isFirstStart = store.load() === undefined;
  const settings = openSettings({
    store,
    secrets,
    onProblem: (problem) => failures.report(settingsFault(problem)),
  });
  // In the default folder, whichever one is in use.
  const knownProfiles = join(app.getPath('appData'), app.getName(), 'known-profiles');
  const isForeign = isChosenFolder && isForeignProfile(folder, knownProfiles);
  if (isForeign && resetForeign(settings)) failures.report({ kind: 'settings-foreign' });
  return { settings, isFirstStart };
}
