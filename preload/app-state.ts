import type { SettingsView, ShortcutSetting, TargetKind } from '../main/settings/table.ts';
import type { FailureView, RecoveryId } from './failure-view.ts';
import type { LinkView } from './link-view.ts';

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

/** The beginning of an item of the clipboard history, to look at. */
export type ClipPreview =
  /** About 2,000 characters at most. */
  | { readonly kind: 'text'; readonly text: string }
  /** A `data:` URL of at most 480 px in each direction. */
  | { readonly kind: 'image'; readonly src: string }
  | {
      readonly kind: 'files';
      readonly files: readonly {
        readonly name: string;
        /** Absent for folders, and for what can't be read. */
        readonly sizeBytes?: number;
      }[];
      readonly moreCount: number;
    }
  /** Such as an image that can't be decoded. */
  | { readonly kind: 'none' };

/** A pending share: it could not be sent yet and will be sent automatically. */
export interface PendingShareView {
  readonly id: string;
  /** "Text, 312 characters". */
  readonly what: string;
  /** Why it waits, in one line: "Pieces OS is not running". */
  readonly reason: string;
  /** Why this computer creates the link instead of Pieces OS ("Pieces OS: Not signed in"). */
  readonly serviceNote?: string;
  /** In ms since 1970. */
  readonly sinceMs: number;
}

/** What is on the clipboard right now, without its content. */
export interface ClipView {
  readonly kind: 'text' | 'image' | 'files' | 'empty' | 'unsupported' | 'unknown';
  /** "Text, 312 characters", "Image, 1280 × 720", "3 files". */
  readonly description: string;
  readonly shareable: boolean;
}

/** The service that new shares go to now. */
export interface ServiceView {
  readonly kind: TargetKind;
  /** "This computer", "Pieces OS at 127.0.0.1:39300". */
  readonly name: string;
  readonly state: 'idle' | 'starting' | 'ready' | 'problem';
  /** One line in plain words: "Ready", "Not running". */
  readonly detail: string;
  /** Whether it can expire links, open them once and ask for a password. */
  readonly shareOptions?: boolean;
  /** Whether its links open on this network or this computer only. */
  readonly localLinks?: boolean;
  /** Of a custom server that told it: whose access token it is, and its storage. */
  readonly account?: {
    /** Absent for the server's own token. */
    readonly name?: string;
    readonly usedBytes: number;
    /** Absent without a storage limit. */
    readonly quotaBytes?: number;
  };
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

/** Something that only the user can decide, such as sharing what looks like a password. */
export interface QuestionView {
  readonly id: string;
  /** A few words, without a full stop. */
  readonly title: string;
  /** What was found or what would happen; never the secret itself. */
  readonly sentence: string;
  /** The cause of the failure that it is about: it says so itself, so that one is not shown. */
  readonly cause?: string;
  /** The line that it is about, without what was found between these two parts. */
  readonly excerpt?: { readonly before: string; readonly after: string };
  /** The usual answer first, then the one beside it. The others are shown under "More". */
  readonly choices: readonly { readonly id: string; readonly label: string }[];
  /** The safe choice: Escape makes it, and it has the focus at first. */
  readonly cancelId: string;
  /** The choice that has the focus instead. */
  readonly focusId?: string;
  /** What remembering the answer would mean: "Do not ask again for web tokens". Under "More", too. */
  readonly rememberLabel?: string;
}

/** Whether other devices can open links of this computer, as far as this computer can tell. */
export interface ReachView {
  /**
   * `ok`: the pages respond at the address; a firewall can still block other devices. `visited`:
   * another device has opened a link. `blocked`: not even this computer can connect to the address.
   */
  readonly kind: 'ok' | 'visited' | 'blocked' | 'other-program' | 'closed' | 'no-network';
  /** Empty without a network. */
  readonly address: string;
  readonly port: number;
  /** Shown in the settings only: the user has dismissed it. */
  readonly dismissed?: boolean;
}

/** What can be done about it. */
export const REACH_STEPS = ['look', 'hide'] as const;
export type ReachStep = (typeof REACH_STEPS)[number];

/** The last action, while it can be undone. */
export interface UndoView {
  /** `undo-share`: a share was undone, and its link can be restored. */
  readonly action: 'share' | 'revoke' | 'undo-share';
  readonly linkId: string;
  readonly title: string;
  /** In ms since 1970. */
  readonly untilMs: number;
  /** Of a share whose link is on the clipboard. */
  readonly isCopied?: boolean;
  /** How often the link of an undone share had been opened; absent where nobody knows. */
  readonly opens?: number;
  /** Undoing it revokes a link that its service cannot restore. */
  readonly isFinal: boolean;
}

/**
 * Whether a shortcut works. `pending`: the desktop hasn't answered yet. `taken`: another app has the
 * keys. `denied`: the desktop assigned none. `unavailable`: this desktop has no global shortcuts.
 */
export type ShortcutState = 'active' | 'pending' | 'taken' | 'denied' | 'unavailable';

export interface ShortcutStatus {
  readonly state: ShortcutState;
  /** Keys that the desktop assigned, in its words; absent where they are those of the setting. */
  readonly keys?: string;
}

/** How this desktop gives apps shortcuts. */
export type ShortcutSupport =
  /** The app registers keys itself: X11, Windows, macOS. */
  | { readonly kind: 'system' }
  /** The desktop assigns the keys (GlobalShortcuts portal). `canChoose`: it has a dialog for them. */
  | { readonly kind: 'portal'; readonly canChoose: boolean }
  /** Not at all, but GNOME's keyboard settings can run a command. */
  | { readonly kind: 'gnome'; readonly isAdded: boolean }
  /** Not at all, but this line of the compositor's config runs a command. */
  | { readonly kind: 'config'; readonly text: string }
  /** Not at all; the desktop's keyboard settings may run this command. */
  | { readonly kind: 'command'; readonly text: string };

/** What sets up a shortcut: the desktop's dialog, its keyboard settings, a line or command to copy. */
export const SHORTCUT_SET_UP_STEPS = ['choose', 'add', 'remove', 'copy'] as const;
export type ShortcutSetUpStep = (typeof SHORTCUT_SET_UP_STEPS)[number];

/** What is known of new versions of the app. */
export interface UpdateView {
  /** `report`: the system's package manager installs them. */
  readonly way: 'install' | 'report';
  readonly progress:
    | { readonly kind: 'idle' | 'checking' }
    /** At that time, in ms since 1970. */
    | { readonly kind: 'up-to-date'; readonly atMs: number }
    | { readonly kind: 'downloading'; readonly version: string; readonly percent: number }
    /** It is installed when the app quits. */
    | { readonly kind: 'ready'; readonly version: string }
    /** It is not installed automatically. */
    | { readonly kind: 'available'; readonly version: string };
  /** The user has asked for a restart, which waits for a share or an open question. */
  readonly restartsWhenIdle: boolean;
}

/** What a notification's button opens at a link. */
export type FocusPanel = 'options';

/** The tabs of the settings window, in their order. */
export const SETTINGS_TABS = ['general', 'sharing', 'shortcuts', 'clipboard', 'advanced'] as const;
export type SettingsTab = (typeof SETTINGS_TABS)[number];

/** What Settings opens in the system: the profile's folder, the licenses of what ships. */
export const OWN_FILES = ['data-folder', 'licenses'] as const;
export type OwnFile = (typeof OWN_FILES)[number];

export interface AboutView {
  /** Of the app. */
  readonly version: string;
  readonly electron: string;
}

/** Everything that the window shows. */
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
  /** What of that link is opened; absent: its actions. */
  readonly focusPanel?: FocusPanel | undefined;
  /** Whether links of this computer open for others, as far as that can be told; null: not looked at. */
  readonly reachCheck?: ReachView | null;
  /** The addresses that links of this computer can carry, the likeliest first. */
  readonly addresses?: readonly { readonly name: string; readonly address: string }[];
  /** What the built-in service keeps, in bytes; absent while it does not run. */
  readonly storage?: { readonly usedBytes: number; readonly quotaBytes: number } | null;
  readonly isWatchingClipboard: boolean;
  /** Until when it does not watch, in ms since 1970; absent where no end was set. */
  readonly pausedUntilMs?: number | undefined;
  readonly shortcut: ShortcutStatus & {
    /** Electron accelerator, such as `CommandOrControl+Alt+Shift+K`. */
    readonly accelerator: string;
  };
  readonly settings: SettingsView;
  /** Counts what the page was told; given by the main process when it hands all of it over. */
  readonly revision?: number;
  /** The window stays when another one gets the focus. */
  readonly keptOpen?: boolean;
  /** What was copied lately, newest first; absent while the app keeps no clips. */
  readonly clips?: readonly ClipEntryView[] | undefined;
  /** Whether each shortcut works; absent: it does. */
  readonly shortcutStates?: Readonly<Partial<Record<ShortcutSetting, ShortcutStatus>>>;
  /** How this desktop gives apps shortcuts; absent: they register keys themselves. */
  readonly shortcutSupport?: ShortcutSupport;
  /** Whether the system lets the app see each copy: without it there is no history, and no offer. */
  readonly canWatchClipboard: boolean;
  /** The desktop lets the app read the clipboard only while its window has the focus. */
  readonly readsInFrontOnly?: boolean;
  /** Shares that wait for their service, oldest first. */
  readonly pending?: readonly PendingShareView[];
  /** The question that waits for an answer, if any. */
  readonly question?: QuestionView | null;
  /** Null: this installation can't be updated. */
  readonly update?: UpdateView | null;
  /** The newest message that the desktop couldn't show as a notification, until it is read. */
  readonly missedNotice?: { readonly title: string; readonly body: string } | null;
}

/** From `start` on, `removed` entries of the list are replaced by these. */
export interface LinksSplice {
  readonly start: number;
  readonly removed: number;
  readonly added: readonly LinkView[];
}

/** What is new since the page was last told. The list of links may be long: only pieces go. */
export interface StateChange {
  readonly state: Omit<AppState, 'links' | 'revision'>;
  /** The revision that this comes after; a page that has another one asks for everything. */
  readonly base: number;
  readonly revision: number;
  /** The window is shown again with it: the page starts anew, at the newest link. */
  readonly shown?: boolean;
  /** To be applied one after the other; absent when the list is as it was. */
  readonly links?: readonly LinksSplice[];
}
