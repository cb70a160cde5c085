/**
 * What crosses the bridge between the main process and the popover: plain data
 * and the names of the channels. This file imports nothing, so that everyone may read it.
 */

/** Failures cross as data, for a thrown error loses all but its message on the way. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: FailureView };

/** What someone can do about a failure. Each id is one button that works. */
export type RecoveryId =
  | 'retry'
  | 'use-built-in'
  | 'sign-in'
  | 'connect-cloud'
  | 'connect-github'
  | 'update-service'
  | 'start-pieces'
  | 'get-pieces'
  | 'stop-waiting'
  | 'choose-name'
  | 'choose-service'
  | 'choose-shortcut'
  | 'show-storage'
  | 'decide'
  | 'revoke'
  | 'dismiss';

/** One thing that went wrong, in words for a person, with the way out. */
export interface FailureView {
  /** Stable name of the cause, such as `unreachable`; notifications of one cause replace each other. */
  readonly cause: string;
  /** A few words, without a full stop: the notification's title. */
  readonly title: string;
  /** One or two sentences: what happened, and what to do. */
  readonly sentence: string;
  /** The most helpful thing to do, where there is one. */
  readonly action?: { readonly id: RecoveryId; readonly label: string };
  /** The link that could not be revoked: "Try again" is about that. */
  readonly linkId?: string;
}

export type ContentKind = 'text' | 'code' | 'image' | 'file' | 'collection';

/** A link in the list of recent links. */
export interface LinkView {
  /** The share's id, as the service that made it named it. */
  readonly id: string;
  readonly kind: ContentKind;
  /** First words of a text, or a file's or collection's name; 200 characters at most. */
  readonly title: string;
  /** What was shared, in bytes. */
  readonly sizeBytes: number;
  /** Number of things behind the link; 1 but for a collection. */
  readonly count: number;
  readonly link: string;
  /** Which service made it, in words ("This computer", "Pieces OS"). */
  readonly serviceName: string;
  /** When it was made, in ms since 1970. */
  readonly createdAtMs: number;
  /** `revoke-waits`: revoked by itself once its service can do it; it may open until then. */
  readonly state: 'live' | 'revoking' | 'revoke-waits' | 'revoked' | 'failed';
  /** Whether the share can still be undone: within 60 seconds after it was made. */
  readonly canUndo: boolean;
  /** Whether a revoke of it can be taken back for a while. */
  readonly revokesWithUndo?: boolean;
  /** Revoked, and to be restored until then, in ms since 1970; absent when it cannot be. */
  readonly restorableUntilMs?: number;
  /** When it ends by itself, in ms since 1970; absent when it does not. */
  readonly expiresAtMs?: number;
  /** Until then its page shows nothing, in ms since 1970. */
  readonly opensAtMs?: number;
  /** Opens once, and is gone then. */
  readonly once?: boolean;
  /** Its page asks for a password. */
  readonly password?: boolean;
  /** How often others opened it, where the service tells. */
  readonly opens?: number;
  /** When it was opened last, in ms since 1970. */
  readonly lastOpenedAtMs?: number;
  /** How it ended by itself: `spent` opened once, and is gone; in ms since 1970. */
  readonly ended?: { readonly how: 'spent' | 'expired'; readonly atMs: number };
  /** Whether its expiry can be changed. */
  readonly canChange?: boolean;
  /** When the app last saw for itself that a revoked link is dead, in ms since 1970. */
  readonly checkedDeadAtMs?: number;
  /** When the app last saw for itself that the link opens, in ms since 1970. */
  readonly checkedOpensAtMs?: number;
  /** Of a revoked link that was not seen dead yet. */
  readonly proof?: 'checking' | 'still-opens' | 'unchecked';
}

/** How a link is put on the clipboard; `template` is the person's own. */
export type LinkFormat = 'plain' | 'markdown' | 'html' | 'template';

/** Something that was copied lately. It is kept in memory only. */
export interface ClipEntryView {
  readonly id: string;
  readonly kind: 'text' | 'code' | 'url' | 'html' | 'image' | 'files' | 'colour';
  /** First words of a text, or names of files; 200 characters at most. */
  readonly title: string;
  readonly sizeBytes: number;
  /** In ms since 1970. */
  readonly copiedAtMs: number;
  /** Where a small picture of it is to be had, made when it is asked for; or a `data:` address. */
  readonly thumbnail?: string;
}

/** A share that could not be made yet and goes out by itself later. */
export interface WaitingView {
  readonly id: string;
  /** "Text, 312 characters". */
  readonly what: string;
  /** Why it waits, in one line: "Pieces OS is not running". */
  readonly reason: string;
  /** In ms since 1970. */
  readonly sinceMs: number;
}

/** What is on the clipboard right now, without its content. */
export interface ClipView {
  readonly kind: 'text' | 'image' | 'files' | 'empty' | 'unsupported' | 'unknown';
  /** "Text, 312 characters", "Image 1280x720", "3 files". */
  readonly description: string;
  readonly shareable: boolean;
}

/** Where links are made: `pieces` is Pieces OS, wherever on this computer it was found. */
export type ServiceKind = 'built-in' | 'pieces' | 'custom';

/** The service that new shares go to now. */
export interface ServiceView {
  readonly kind: ServiceKind;
  /** "This computer", "Pieces OS at 127.0.0.1:39300". */
  readonly name: string;
  readonly state: 'idle' | 'starting' | 'ready' | 'problem';
  /** One line in plain words: "Ready", "Not running". */
  readonly detail: string;
  /** Whether it can expire links, open them once and ask for a password. */
  readonly shareOptions?: boolean;
  /** What gets someone on, where there is something to do. */
  readonly action?: { readonly id: RecoveryId; readonly label: string };
}

/** How Pieces OS is, in words; absent while the app has no use for it. */
export interface PiecesView {
  readonly state: 'ready' | 'problem' | 'absent';
  /** "Ready", "Nobody is signed in", "Cloud is starting". */
  readonly detail: string;
  readonly action?: { readonly id: RecoveryId; readonly label: string };
}

export interface ActivityView {
  /** What is being shared: "Text, 312 characters". */
  readonly what: string;
  /** Bytes sent and to be sent, where they are known. */
  readonly progress?: {
    readonly sentBytes: number;
    readonly totalBytes: number;
    /** Of the last seconds; absent before it is known. */
    readonly bytesPerSecond?: number;
  };
  /** It takes longer than people expect; `uploading`: the service has it, and takes its time. */
  readonly slow?: 'working' | 'uploading';
}

/** Something that only the person can decide, such as sharing what looks like a password. */
export interface QuestionView {
  readonly id: string;
  /** A few words, without a full stop. */
  readonly title: string;
  /** What was found or what would happen; never the secret itself. */
  readonly sentence: string;
  /** Safest first; the first one gets the focus. */
  readonly choices: readonly { readonly id: string; readonly label: string }[];
  /** The choice that Escape makes. */
  readonly cancelId: string;
  /** What remembering the answer would mean: "Do not ask again for web tokens". */
  readonly rememberLabel?: string;
}

/** The way that others take to links of this computer, as far as it can be seen from here. */
export interface ReachView {
  /**
   * `ok`: the pages answer at the address, which proves nothing of firewalls. `visited`: another
   * device has opened one. `may-block`: a firewall is on, and its rules cannot be read;
   * `firewall-blocks`: they can, and nobody is let in. `blocked`: not even this computer gets through.
   */
  readonly kind:
    | 'ok'
    | 'visited'
    | 'may-block'
    | 'firewall-blocks'
    | 'blocked'
    | 'other-program'
    | 'closed'
    | 'no-network';
  /** Empty without a network. */
  readonly address: string;
  readonly port: number;
  readonly firewall?: 'ufw' | 'firewalld' | 'nftables' | 'iptables' | 'windows' | 'macos';
  /** What an administrator may run to let others in, one a line. */
  readonly commands?: readonly string[];
  /** Said in Preferences only: someone has put it away. */
  readonly quiet?: boolean;
}

/** What can be done about it. */
export type ReachStep = 'look' | 'copy-command' | 'hide';

/** The last action, while Undo takes it back. */
export interface UndoView {
  /** `undo-share`: a share was undone, and its link can be restored. */
  readonly action: 'share' | 'revoke' | 'undo-share';
  readonly linkId: string;
  readonly title: string;
  /** In ms since 1970. */
  readonly untilMs: number;
  /** Undoing it revokes a link that its service cannot restore. */
  readonly isFinal: boolean;
}

/** Everything that the popover shows. */
export interface AppState {
  /** Newest first. */
  readonly links: readonly LinkView[];
  readonly service: ServiceView;
  readonly pieces?: PiecesView | null;
  readonly clipboard: ClipView;
  /** The share under way, if any. */
  readonly activity: ActivityView | null;
  /** The newest failure that nobody has dismissed or solved yet. */
  readonly failure: FailureView | null;
  /** What Undo takes back now; absent or null: nothing. */
  readonly undo?: UndoView | null;
  /** The link that a notification's click asked to see. */
  readonly focusLinkId: string | null;
  /** Whether links of this computer open for others, as far as that can be told; null: not looked at. */
  readonly reachCheck?: ReachView | null;
  /** The addresses that links of this computer can carry, the likeliest first. */
  readonly addresses?: readonly { readonly name: string; readonly address: string }[];
  /** What the built-in service keeps, in bytes; absent while it does not run. */
  readonly storage?: { readonly usedBytes: number; readonly quotaBytes: number } | null;
  readonly watching: boolean;
  /** Until when it does not watch, in ms since 1970; absent where no end was set. */
  readonly pausedUntilMs?: number | undefined;
  readonly shortcut: {
    /** Electron accelerator, such as `CommandOrControl+Alt+Shift+K`. */
    readonly accelerator: string;
    readonly state: 'active' | 'taken';
  };
  readonly settings: SettingsView;
  /** Counts what the page was told; given by the main process when it hands all of it over. */
  readonly revision?: number;
  /** The window stays when another one gets the focus. */
  readonly keptOpen?: boolean;
  /** What was copied lately, newest first; absent while the app keeps no clips. */
  readonly clips?: readonly ClipEntryView[] | undefined;
  /** Shortcuts that another program has, so that they do nothing here. */
  readonly takenShortcuts?: readonly ('share' | keyof MoreShortcuts)[];
  /** Shares that wait for their service, oldest first. */
  readonly waiting?: readonly WaitingView[];
  /** The question that waits for an answer, if any. */
  readonly question?: QuestionView | null;
  /** The newest message that the desktop couldn't show as a notification, until it is read. */
  readonly missedNotice?: { readonly title: string; readonly body: string } | null;
}

/** What is new since the page was last told. The list of links may be long: only a piece goes. */
export interface StateChange {
  readonly state: Omit<AppState, 'links' | 'revision'>;
  /** The revision that this comes after; a page that has another one asks for everything. */
  readonly base: number;
  readonly revision: number;
  /** The window is shown again with it: the page starts anew, at the newest link. */
  readonly shown?: boolean;
  /** From `start` on, so many entries go and these come; absent when the list is as it was. */
  readonly links?: {
    readonly start: number;
    readonly removed: number;
    readonly added: readonly LinkView[];
  };
}

/** Global shortcuts besides the one that shares; an empty text is none. */
export interface MoreShortcuts {
  /** Shares the last clips as one collection. */
  readonly shareLast: string;
  readonly openPopover: string;
  readonly revokeLast: string;
  /** Puts back what a link took the place of. */
  readonly giveBack: string;
}

/** What can be offered or shared by itself after a copy. */
export type CopiedKind = ClipEntryView['kind'];

/** What Preferences show and change. */
export interface SettingsView {
  readonly accelerator: string;
  readonly watching: boolean;
  /** `automatic`: Pieces OS when it runs and is signed in, else this computer. */
  readonly service: 'automatic' | ServiceKind;
  readonly serviceUrl: string;
  /** Whether a token is stored; the token itself never crosses the bridge. */
  readonly hasServiceToken: boolean;
  // What follows is shown in Preferences where it is given; absent: the app does not offer it.
  readonly theme?: 'system' | 'light' | 'dark';
  /** BCP 47 tag of a catalogue, or the system's language. */
  readonly language?: 'system' | 'en' | 'de' | 'es' | 'ja' | 'zh';
  readonly launchAtLogin?: boolean;
  readonly notifications?: boolean;
  readonly sound?: boolean;
  readonly moreShortcuts?: MoreShortcuts;
  /** `manual`: the shortcut shares; `offer`: a quiet hint after a copy; `automatic`: each copy. */
  readonly mode?: 'manual' | 'offer' | 'automatic';
  /** The kinds that `offer` and `automatic` are about. */
  readonly modeKinds?: readonly CopiedKind[];
  /** How many clips are kept in memory; 0 keeps none. */
  readonly keepClips?: number;
  readonly linkFormat?: LinkFormat;
  /** The person's own format, with `{link}` and `{title}`; 500 characters at most. */
  readonly linkTemplate?: string;
  /** Kinds of secret that are shared without being asked about, with their names. */
  readonly allowedSecrets?: readonly { readonly kind: string; readonly name: string }[];
  /** How long a new link of the built-in service lives, in hours; 0: until it is revoked. */
  readonly expiryHours?: number;
  /** How long a new link shows nothing yet, in seconds, 60 at most; 0: it opens at once. */
  readonly graceSeconds?: number;
  /** What the built-in service may keep, in GB. */
  readonly quotaGigabytes?: number;
  /** Who can open links of the built-in service. */
  readonly reach?: 'network' | 'this-computer';
  /** The interface whose address they carry; empty: chosen by itself. */
  readonly networkInterface?: string;
  /** Whether they carry a name under `.local` in place of an address. */
  readonly localName?: boolean;
  /** Other names by which they may be opened, with commas. */
  readonly hostNames?: string;
  /** Whether this computer makes a link where another service cannot. */
  readonly fallback?: 'ask' | 'always' | 'never';
  /** What happens to location data in images and videos. */
  readonly locationData?: 'ask' | 'remove' | 'share';
}

export interface SettingsChange {
  readonly accelerator?: string;
  readonly watching?: boolean;
  readonly service?: SettingsView['service'];
  readonly serviceUrl?: string;
  readonly serviceToken?: string;
  readonly theme?: NonNullable<SettingsView['theme']>;
  readonly language?: NonNullable<SettingsView['language']>;
  readonly launchAtLogin?: boolean;
  readonly notifications?: boolean;
  readonly sound?: boolean;
  readonly moreShortcuts?: MoreShortcuts;
  readonly mode?: NonNullable<SettingsView['mode']>;
  readonly modeKinds?: readonly CopiedKind[];
  readonly keepClips?: number;
  readonly linkFormat?: LinkFormat;
  readonly linkTemplate?: string;
  /** Asks about this kind of secret again. */
  readonly askAgainAbout?: string;
  readonly expiryHours?: number;
  readonly graceSeconds?: number;
  readonly quotaGigabytes?: number;
  readonly reach?: NonNullable<SettingsView['reach']>;
  readonly networkInterface?: string;
  readonly localName?: boolean;
  readonly hostNames?: string;
  readonly fallback?: NonNullable<SettingsView['fallback']>;
  readonly locationData?: NonNullable<SettingsView['locationData']>;
}

/**
 * What holds for one share besides what Preferences say. Only the built-in service can do it: with
 * another one a share that asks for it is refused, not made without.
 */
export interface ShareTerms {
  /** How long the link lives, in seconds, 30 days at most; `null`: until it is revoked. */
  readonly expiresInSeconds?: number | null;
  /** Opens once, by a click on its page, and is gone then; not for collections. */
  readonly once?: boolean;
  /** Asked for by the page; 1 to 200 characters. It is kept nowhere but as a hash. */
  readonly password?: string;
  /** How long the page says "ready in a moment" and shows nothing, in seconds, 60 at most. */
  readonly graceSeconds?: number;
}

/** What to share: the clipboard, a text, or files that a person dropped (given as web `File`s). */
export type ShareRequest =
  | { readonly from: 'clipboard' }
  | { readonly from: 'text'; readonly text: string; readonly name?: string };

/** What a page has to know of files to name them; see main/desktop/files/file-proofs.ts. */
export interface FileChallenge {
  readonly id: string;
  /** In hex; goes before the parts of each file. */
  readonly nonce: string;
  /** The parts of each file, in bytes; none where there is no proof. */
  readonly parts: readonly (readonly { readonly offset: number; readonly bytes: number }[])[];
}

export interface ShareManyRequest {
  readonly items: readonly { readonly text: string; readonly name?: string }[];
  /** The collection's name; optional. */
  readonly name?: string;
}

/** `window.linkify`: all that the renderer can ask of the main process. */
export interface LinkifyBridge {
  /** Shares one thing; its link replaces the clipboard. */
  share(request: ShareRequest, terms?: ShareTerms): Promise<Outcome<LinkView>>;
  /** Shares several things as one collection (1 to 500 items). */
  shareMany(request: ShareManyRequest, terms?: ShareTerms): Promise<Outcome<LinkView>>;
  /** Makes a link dead. */
  revoke(id: string): Promise<Outcome<LinkView>>;
  /** Revokes a link just made and puts the old clipboard content back. */
  undo(id: string): Promise<Outcome<LinkView>>;
  /** Puts a recent link on the clipboard. */
  copy(id: string): Promise<Outcome<null>>;
  /** Opens a recent link in the person's browser. */
  open(id: string): Promise<Outcome<null>>;
  /** Follows a link to see whether it opens. */
  test?(id: string): Promise<Outcome<LinkView>>;
  /** Takes an entry out of the list; only for links that are no longer live. */
  forget(id: string): Promise<Outcome<null>>;
  state(): Promise<AppState>;
  /** Does what a failure's action offers. */
  recover(id: RecoveryId): Promise<Outcome<null>>;
  changeSettings(change: SettingsChange): Promise<Outcome<SettingsView>>;
  hide(): Promise<Outcome<null>>;
  /** Takes a revoke back, while the link says that it can be. */
  restore?(id: string): Promise<Outcome<LinkView>>;
  // What follows is offered in the popover where it is there.
  /** Gives a link another end, in seconds from now, 30 days at most; `null`: none. */
  /** Gives a link of the built-in service another name, of 1 to 200 characters. */
  rename?(id: string, name: string): Promise<Outcome<LinkView>>;
  changeExpiry?(id: string, expiresInSeconds: number | null): Promise<Outcome<LinkView>>;
  /** Shares dropped files as one link; the preload finds their paths. */
  shareFiles?(files: readonly File[], terms?: ShareTerms): Promise<Outcome<LinkView>>;
  /** Stops the share under way. */
  cancelShare?(): Promise<Outcome<null>>;
  /** Puts a recent link on the clipboard in a format of its own. */
  copyAs?(id: string, format: LinkFormat): Promise<Outcome<null>>;
  /** Shares clips that are still in memory; several become one collection. */
  shareClips?(
    ids: readonly string[],
    name?: string,
    terms?: ShareTerms,
  ): Promise<Outcome<LinkView>>;
  forgetClip?(id: string): Promise<Outcome<null>>;
  /** Tries a waiting share now. */
  sendWaiting?(id: string): Promise<Outcome<LinkView>>;
  discardWaiting?(id: string): Promise<Outcome<null>>;
  /** Answers the question that waits. */
  answer?(questionId: string, choiceId: string, remember: boolean): Promise<Outcome<null>>;
  /** Waits some seconds for the shortcut, which then shares nothing; fails when nobody heard it. */
  testShortcut?(): Promise<Outcome<null>>;
  /** Keeps the window there when another one gets the focus, to drag things onto it. */
  keepOpen?(on: boolean): Promise<Outcome<null>>;
  /** Does something about the way that others take to links of this computer. */
  reach?(step: ReachStep): Promise<Outcome<null>>;
  /** Lets go of the shortcuts while new keys are pressed for one, and takes them up again. */
  holdShortcuts?(held: boolean): Promise<Outcome<null>>;
  /** Both ask for a file in a dialog of the system; null: the person chose none. */
  exportSettings?(): Promise<Outcome<{ readonly file: string } | null>>;
  importSettings?(): Promise<Outcome<SettingsView | null>>;
  /** Calls back after each change; returns how to stop. */
  subscribe(listener: (change: StateChange) => void): () => void;
}

/** Channel names, one a method, plus the one that state changes arrive on. */
export const CHANNELS = {
  share: 'linkify:share',
  shareMany: 'linkify:share-many',
  revoke: 'linkify:revoke',
  restore: 'linkify:restore',
  undo: 'linkify:undo',
  copy: 'linkify:copy',
  open: 'linkify:open',
  forget: 'linkify:forget',
  test: 'linkify:test',
  state: 'linkify:state',
  recover: 'linkify:recover',
  changeSettings: 'linkify:change-settings',
  hide: 'linkify:hide',
  shareFiles: 'linkify:share-files',
  nameFiles: 'linkify:name-files',
  cancelShare: 'linkify:cancel-share',
  copyAs: 'linkify:copy-as',
  shareClips: 'linkify:share-clips',
  forgetClip: 'linkify:forget-clip',
  sendWaiting: 'linkify:send-waiting',
  discardWaiting: 'linkify:discard-waiting',
  rename: 'linkify:rename',
  reach: 'linkify:reach',
  changeExpiry: 'linkify:change-expiry',
  answer: 'linkify:answer',
  keepOpen: 'linkify:keep-open',
  exportSettings: 'linkify:export-settings',
  importSettings: 'linkify:import-settings',
  testShortcut: 'linkify:test-shortcut',
  holdShortcuts: 'linkify:hold-shortcuts',
  changed: 'linkify:changed',
} as const;
