import type { AppState, SettingsChange } from '../../../preload/contract.ts';

/** What each group of settings gets. */
export interface GroupProps {
  readonly state: AppState;
  /** Applies a change; answers whether it was taken. */
  readonly apply: (change: SettingsChange) => Promise<boolean>;
}
