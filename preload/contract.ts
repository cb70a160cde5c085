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
  | 'choose-name'
  | 'choose-service'
  | 'choose-shortcut'
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
  readonly state: 'live' | 'revoking' | 'revoked' | 'failed';
  /** Whether Undo (revoke and the old clipboard content back) is still possible. */
  readonly canUndo: boolean;
}

/** What is on the clipboard right now, without its content. */
export interface ClipView {
  readonly kind: 'text' | 'image' | 'files' | 'empty' | 'unsupported' | 'unknown';
  /** "Text, 312 characters", "Image 1280x720", "3 files". */
  readonly description: string;
  readonly shareable: boolean;
}

export interface ServiceView {
  readonly kind: 'built-in' | 'custom';
  /** "This computer", "Pieces OS at 127.0.0.1:39300". */
  readonly name: string;
  readonly state: 'idle' | 'starting' | 'ready' | 'problem';
  /** One line in plain words: "Ready", "Not running". */
  readonly detail: string;
}

export interface ActivityView {
  /** What is being shared: "Text, 312 characters". */
  readonly what: string;
  /** Bytes sent and to be sent, where they are known. */
  readonly progress?: { readonly sentBytes: number; readonly totalBytes: number };
}

/** Everything that the popover shows. Sent whole after each change: it is small. */
export interface AppState {
  /** Newest first. */
  readonly links: readonly LinkView[];
  readonly service: ServiceView;
  readonly clipboard: ClipView;
  /** The share under way, if any. */
  readonly activity: ActivityView | null;
  /** The newest failure that nobody has dismissed or solved yet. */
  readonly failure: FailureView | null;
  /** The link that a notification's click asked to see. */
  readonly focusLinkId: string | null;
  readonly watching: boolean;
  readonly shortcut: {
    /** Electron accelerator, such as `CommandOrControl+Shift+L`. */
    readonly accelerator: string;
    readonly state: 'active' | 'taken';
  };
  readonly settings: SettingsView;
}

/** What Preferences show and change. */
export interface SettingsView {
  readonly accelerator: string;
  readonly watching: boolean;
  readonly service: 'built-in' | 'custom';
  readonly serviceUrl: string;
  /** Whether a token is stored; the token itself never crosses the bridge. */
  readonly hasServiceToken: boolean;
}

export interface SettingsChange {
  readonly accelerator?: string;
  readonly watching?: boolean;
  readonly service?: 'built-in' | 'custom';
  readonly serviceUrl?: string;
  readonly serviceToken?: string;
}

/** What to share: the clipboard, a text, or files that a person dropped (given as web `File`s). */
export type ShareRequest =
  | { readonly from: 'clipboard' }
  | { readonly from: 'text'; readonly text: string; readonly name?: string };

export interface ShareManyRequest {
  readonly items: readonly { readonly text: string; readonly name?: string }[];
  /** The collection's name; optional. */
  readonly name?: string;
}

/** `window.linkify`: all that the renderer can ask of the main process. */
export interface LinkifyBridge {
  /** Shares one thing; its link replaces the clipboard. */
  share(request: ShareRequest): Promise<Outcome<LinkView>>;
  /** Shares several things as one collection (1 to 500 items). */
  shareMany(request: ShareManyRequest): Promise<Outcome<LinkView>>;
  /** Makes a link dead. */
  revoke(id: string): Promise<Outcome<LinkView>>;
  /** Revokes a link just made and puts the old clipboard content back. */
  undo(id: string): Promise<Outcome<LinkView>>;
  /** Puts a recent link on the clipboard. */
  copy(id: string): Promise<Outcome<null>>;
  /** Opens a recent link in the person's browser. */
  open(id: string): Promise<Outcome<null>>;
  /** Takes an entry out of the list; only for links that are no longer live. */
  forget(id: string): Promise<Outcome<null>>;
  state(): Promise<AppState>;
  /** Does what a failure's action offers. */
  recover(id: RecoveryId): Promise<Outcome<null>>;
  changeSettings(change: SettingsChange): Promise<Outcome<SettingsView>>;
  hide(): Promise<Outcome<null>>;
  /** Calls back after each change; returns how to stop. */
  subscribe(listener: (state: AppState) => void): () => void;
}

/** Channel names, one a method, plus the one that state changes arrive on. */
export const CHANNELS = {
  share: 'linkify:share',
  shareMany: 'linkify:share-many',
  revoke: 'linkify:revoke',
  undo: 'linkify:undo',
  copy: 'linkify:copy',
  open: 'linkify:open',
  forget: 'linkify:forget',
  state: 'linkify:state',
  recover: 'linkify:recover',
  changeSettings: 'linkify:change-settings',
  hide: 'linkify:hide',
  changed: 'linkify:changed',
} as const;
