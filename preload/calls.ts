import type * as v from 'valibot';
import type { SettingsView, settingsChangeSchema } from '../main/settings/table.ts';
import type { ShareOptions } from '../main/share-options.ts';
import type { AboutView, AppState, ClipPreview, StateChange } from './app-state.ts';
import type * as argument from './arguments.ts';
import type { Outcome } from './failure-view.ts';
import type { LinkView } from './link-view.ts';

/** The schema and the result of a call, as types: schemas are not for the sandboxed preload. */
interface Call<Schema extends v.GenericSchema, Result> {
  readonly schema?: Schema;
  readonly result?: Result;
}

const call = <Schema extends v.GenericSchema, Value>(): Call<Schema, Outcome<Value>> => ({});

/**
 * The table of all calls that the window can make: name, argument and result. The methods of the
 * bridge, the names of the channels and the fake of the tests derive from it; main/ipc/handlers.ts
 * has one handler for each. A new call is one line here and one there.
 */
export const CALLS = {
  /** Shares one item; its link replaces what is on the clipboard. */
  share: call<typeof argument.shareRequest, LinkView>(),
  /** Shares several texts as one collection. */
  shareMany: call<typeof argument.shareManyRequest, LinkView>(),
  /** Shares items of the clipboard history; several become one collection. */
  shareClips: call<typeof argument.shareClips, LinkView>(),
  /** Names dropped files; answers what the page has to know of them. Used by `shareFiles` only. */
  nameFiles: call<typeof argument.filePaths, argument.FileChallenge>(),
  /** Shares the files that were named. Used by the preload only. */
  shareNamedFiles: call<typeof argument.namedFiles, LinkView>(),
  /** Stops the share under way. */
  cancelShare: call<typeof argument.nothing, null>(),
  revoke: call<typeof argument.linkId, LinkView>(),
  /** Reverses a revoke, while the link says that it can be. */
  restore: call<typeof argument.linkId, LinkView>(),
  /** Revokes a link just created and restores the clipboard. */
  undo: call<typeof argument.linkId, LinkView>(),
  /** Puts a recent link on the clipboard. */
  copy: call<typeof argument.linkId, null>(),
  /** Puts the password of a link on the clipboard, marked as private. */
  copyPassword: call<typeof argument.password, null>(),
  copyAs: call<typeof argument.linkAndFormat, null>(),
  /** Opens a recent link in the browser. */
  open: call<typeof argument.linkId, null>(),
  /** Follows a link to see whether it opens; `unknown`: that could not be found out. */
  test: call<typeof argument.linkId, 'opens' | 'dead' | 'unknown'>(),
  /** Removes links that are no longer active from the list. */
  removeLinks: call<typeof argument.linkIds, null>(),
  rename: call<typeof argument.linkAndName, LinkView>(),
  /** Changes options of an active link. */
  changeOptions: call<typeof argument.linkAndOptions, LinkView>(),
  /** The beginning of an item of the clipboard history. */
  previewClip: call<typeof argument.clipId, ClipPreview>(),
  removeClip: call<typeof argument.clipId, null>(),
  /** Removes all items of the clipboard history. */
  clearClips: call<typeof argument.nothing, null>(),
  /** Tries a pending share now. */
  sendPending: call<typeof argument.linkId, LinkView>(),
  discardPending: call<typeof argument.linkId, null>(),
  /** Answers the open question. */
  answer: call<typeof argument.answerToQuestion, null>(),
  /** Everything that the window shows. */
  state: {} as Call<typeof argument.nothing, AppState>,
  /** Does what a failure's action offers. */
  recover: call<typeof argument.recoveryId, null>(),
  /** Does something about the way that others take to links of this computer. */
  reach: call<typeof argument.reachStep, null>(),
  changeSettings: call<typeof settingsChangeSchema, SettingsView>(),
  /** Removes a custom server with its access token. */
  removeServer: call<typeof argument.serverUrl, SettingsView>(),
  /** Asks about a kind of secret again. */
  askAboutSecret: call<typeof argument.secretKind, SettingsView>(),
  /** All settings at their defaults, after a dialog of the system. */
  resetSettings: call<typeof argument.nothing, SettingsView>(),
  about: call<typeof argument.nothing, AboutView>(),
  /** Opens a folder or file of the app in the system. */
  openOwnFile: call<typeof argument.ownFile, null>(),
  /** Opens the settings window. */
  openSettings: call<typeof argument.settingsTab, null>(),
  /** Export and import ask for a file in a dialog of the system; null: none was chosen. */
  exportSettings: call<typeof argument.nothing, { readonly file: string } | null>(),
  importSettings: call<typeof argument.nothing, SettingsView | null>(),
  /**
   * Waits some seconds for the shortcut, which then shares nothing; fails when it was not pressed.
   * With false it ends such a test.
   */
  testShortcut: call<typeof argument.onOff, null>(),
  /** Releases the shortcuts while new keys are recorded, and registers them again. */
  holdShortcuts: call<typeof argument.onOff, null>(),
  /** Sets up the shortcuts as this desktop allows it. */
  setUpShortcut: call<typeof argument.shortcutSetUpStep, null>(),
  /** Checks for a new version, downloads it, and prepares its installation. */
  checkForUpdates: call<typeof argument.nothing, null>(),
  /** Restarts the app to install a new version; where the app installs none, opens its web page. */
  installUpdate: call<typeof argument.nothing, null>(),
  /** Hides the window that calls. */
  hide: call<typeof argument.nothing, null>(),
  /** Keeps the window open when another one gets the focus, to drop things onto it. */
  keepOpen: call<typeof argument.onOff, null>(),
} as const;

export type CallName = keyof typeof CALLS;

export type SchemaOf<Name extends CallName> = NonNullable<(typeof CALLS)[Name]['schema']>;
export type ResultOf<Name extends CallName> = NonNullable<(typeof CALLS)[Name]['result']>;
type ArgumentOf<Name extends CallName> = v.InferOutput<SchemaOf<Name>>;

/** One method for each call: it takes the call's argument, where there is one. */
export type CallMethods = {
  [Name in CallName]: (
    ...argument: ArgumentOf<Name> extends undefined ? [] : [argument: ArgumentOf<Name>]
  ) => Promise<ResultOf<Name>>;
};

/** `window.linkify`: all that the window can ask of the main process. */
export interface LinkifyBridge extends Omit<CallMethods, 'nameFiles' | 'shareNamedFiles'> {
  /** Shares dropped files as one link; the preload finds their paths. */
  shareFiles(
    files: readonly File[],
    shareOptions?: ShareOptions | undefined,
  ): Promise<Outcome<LinkView>>;
  /** Calls back after each change of the state; returns how to stop. */
  subscribe(listener: (change: StateChange) => void): () => void;
}

/** Names of calls; safe, because the keys of a constant object are exactly these. */
export const CALL_NAMES = Object.keys(CALLS) as readonly CallName[];

export const channelOf = (name: CallName): string => `linkify:${name}`;

/** State changes arrive on it. */
export const CHANGED_CHANNEL = 'linkify:changed';
