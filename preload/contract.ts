/**
 * The contract of main process and window: plain data and the calls of the bridge. At run time it
 * imports nothing but lists of names, so that all three processes can read it.
 */
export type {
  LinkFormat,
  SettingsChange,
  SettingsView,
  ShortcutSetting,
} from '../main/settings/table.ts';
export type { OptionsChange, ShareEnd, ShareOptions } from '../main/share-options.ts';
export * from './app-state.ts';
export type { FileChallenge, ShareClipsRequest, ShareRequest } from './arguments.ts';
export * from './calls.ts';
export * from './failure-view.ts';
export * from './link-view.ts';
