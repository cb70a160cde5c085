import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { mayReadUnasked } from './clipboard/may-read.ts';
import { createSecretBox } from './desktop/secret-box.ts';
import type { Failures } from './failures/failures.ts';
import { type SharingFault, settingsFault } from './failures/faults.ts';
import { linksFault } from './links/links-fault.ts';
import { RecentLinks } from './links/recent-links.ts';
import { resetForeign } from './settings/reset-foreign.ts';
import { openSettings, type SecretBox, type Settings } from './settings/settings.ts';
import { AppDatabase, DATABASE_FILE, OUTBOX_FOLDER } from './storage/app-database.ts';

/** Whether a copy may be read that nobody asked to share. */
export const MAY_READ = mayReadUnasked(process.platform, process.getSystemVersion());

export interface ComposeStoresNeeds {
  /** The folder that holds them. */
  readonly userData: string;
  /** Whether somebody else made the settings in it (desktop/known-profiles.ts). */
  readonly isForeign: boolean;
  readonly safeStorage: SafeStorage;
  readonly failures: Failures;
}

export interface ComposedStores {
  readonly settings: Settings;
  readonly database: AppDatabase;
  readonly links: RecentLinks;
  /** Seals what must not be read on disk. */
  readonly secrets: SecretBox;
  /** Whether this is the first start ever: nothing was kept before. */
  readonly neverStarted: boolean;
}

/** Opens what is kept from one run to the next: settings and recent links. */
export async function composeStores(needs: ComposeStoresNeeds): Promise<ComposedStores> {
  const { userData, safeStorage, failures } = needs;
  const tell = (fault: SharingFault | undefined): void => {
    if (fault !== undefined) failures.report(fault);
  };
  // electron-store takes its time to load: only when asked for, with the icon already there.
  const { openSettingsStore } = await import('./desktop/store.ts');
  const store = await openSettingsStore({
    folder: userData,
    onProblem: ({ file, keptAs }) =>
      tell({ kind: 'store-set-aside', file, ...(keptAs === undefined ? {} : { keptAs }) }),
  });
  const secrets = createSecretBox(safeStorage);
  const neverStarted = store.load() === undefined;
  const settings = openSettings({
    store,
    secrets,
    onProblem: (problem) => tell(settingsFault(problem)),
  });
  if (needs.isForeign && resetForeign(settings)) tell({ kind: 'settings-foreign' });
  const database = new AppDatabase({
    path: join(userData, DATABASE_FILE),
    contentFolder: join(userData, OUTBOX_FOLDER),
    onSetAside: (keptAs) =>
      tell({
        kind: 'store-set-aside',
        file: DATABASE_FILE,
        ...(keptAs === undefined ? {} : { keptAs }),
      }),
  });
  return {
    secrets,
    neverStarted,
    settings,
    database,
    links: new RecentLinks({
      database,
      onProblem: (problem) => tell(linksFault(problem)),
    }),
  };
}
