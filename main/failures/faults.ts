import { LinkifyError, type LinkifyFault } from '../linkify/errors.ts';
import type { UpdateState } from '../linkify/model.ts';
import type { SettingsProblem } from '../settings/settings.ts';

/** What can go wrong on this side of the wire: a closed list of data, no prose. */
export type SharingFault =
  /** The clipboard is empty, or holds only blanks. */
  | { readonly kind: 'nothing-to-share' }
  /** Something is there, of no kind that can be shared. */
  | { readonly kind: 'unsupported-content'; readonly formats: readonly string[] }
  /** Its owner marked it as secret. */
  | { readonly kind: 'concealed' }
  /** A look into it found what seems to be a credential: only the user can decide. */
  | {
      readonly kind: 'looks-like-secret';
      /** In words, each once: "GitHub token". */
      readonly labels: readonly string[];
      readonly kinds: readonly string[];
      readonly canMask: boolean;
      /** How many things the share holds. */
      readonly count: number;
    }
  /** Images or videos say where they were made: only the user can decide. */
  | {
      readonly kind: 'has-location';
      readonly name: string;
      readonly count: number;
      readonly canRemove: boolean;
    }
  /** A file that vanished, or that may not be read. */
  | { readonly kind: 'unreadable-file'; readonly name: string }
  /** Files of other computers or devices that no mount has; `address` is that of the first. */
  | { readonly kind: 'remote-file'; readonly names: readonly string[]; readonly address: string }
  /** A path that leads to no file or folder to share. */
  | { readonly kind: 'special-file'; readonly name: string; readonly what: SpecialFile }
  /** Some of what was to be shared can't be read: only the user can decide to leave it out. */
  | { readonly kind: 'some-unreadable'; readonly names: readonly string[] }
  /** More than 10,000 files or 2 GiB. */
  | { readonly kind: 'folder-too-large'; readonly name: string }
  | { readonly kind: 'folder-empty'; readonly name: string }
  | { readonly kind: 'too-many-items'; readonly count: number; readonly limit: number }
  /** The service in use cannot end a link by time, open it once, or ask for a password. */
  | { readonly kind: 'options-not-applied' }
  /** A collection cannot be opened once: its items are looked at one by one. */
  | { readonly kind: 'one-time-collection' }
  /** The link was opened as often as its new maximum of opens allows, or more often. */
  | { readonly kind: 'maximum-reached' }
  /** A link that no longer opens can't be changed. */
  | { readonly kind: 'link-inactive' }
  /** The program that responds as Pieces OS may belong to another user: the user has to decide. */
  | { readonly kind: 'unverified-service' }
  /** What came of looking for an update of the service. */
  | { readonly kind: 'service-update'; readonly status: UpdateState['status'] }
  /** A file of a pending share has changed since it was shared. */
  | { readonly kind: 'file-changed'; readonly name: string }
  /** A share was pending for so long that the user has to decide whether to send it. */
  | { readonly kind: 'pending-expired'; readonly what: string }
  /** The app ended before a share was done, or its question answered, and nothing of it is kept. */
  | {
      readonly kind: 'share-interrupted';
      readonly what: string;
      readonly why: 'quit' | 'asked';
    }
  /** The outbox entry no longer exists. */
  | { readonly kind: 'not-pending' }
  /** Pending shares could not be read or written. */
  | { readonly kind: 'outbox-unreadable'; readonly entries: number }
  | { readonly kind: 'already-sharing' }
  | { readonly kind: 'unknown-link' }
  /** The item is no longer in the clipboard history. */
  | { readonly kind: 'clip-not-found' }
  /** The answered question is no longer open. */
  | { readonly kind: 'unknown-question' }
  /**
   * An active link can't be removed from the list: it would stay open and could no longer be
   * revoked here.
   */
  | { readonly kind: 'link-is-active' }
  | { readonly kind: 'clipboard-busy' }
  /** This desktop lets only the app in front use the clipboard. */
  | { readonly kind: 'clipboard-needs-focus' }
  /** A link that exists could not be put on the clipboard; `needsFocus`: for lack of the focus. */
  | { readonly kind: 'link-not-copied'; readonly linkId: string; readonly needsFocus?: true }
  | { readonly kind: 'shortcut-taken'; readonly accelerator: string }
  /** The same keys for two things. */
  | { readonly kind: 'shortcut-duplicate'; readonly accelerator: string; readonly use: ShortcutUse }
  /**
   * The shortcut was not detected. `command` can be bound in the desktop's keyboard settings
   * instead.
   */
  | {
      readonly kind: 'shortcut-not-detected';
      readonly accelerator: string;
      readonly command?: string;
    }
  /** The desktop, or the user in its dialog, assigned no keys to the shortcut (Wayland). */
  | { readonly kind: 'shortcut-denied'; readonly accelerator: string }
  /** GNOME's keyboard settings could not be changed. */
  | { readonly kind: 'keyboard-settings-not-changed' }
  /** These keys cannot be a shortcut: they would be missed elsewhere, or never arrive. */
  | { readonly kind: 'shortcut-unusable'; readonly accelerator: string }
  | { readonly kind: 'nothing-to-revoke' }
  /** A share is undone too late. */
  | { readonly kind: 'undo-expired' }
  /** What is to be shared is one of our own links, which works. */
  | { readonly kind: 'already-a-link'; readonly linkId: string; readonly title: string }
  /** The time to restore a revoked link is over. */
  | { readonly kind: 'restore-expired' }
  /** A revoke could not be undone, this time. `outcomeUnknown`: the link may open again. */
  | { readonly kind: 'not-restored'; readonly outcomeUnknown?: true }
  /** Another program has the port that links of this computer carry; pages are at another one. */
  | { readonly kind: 'links-port-taken'; readonly port: number }
  | { readonly kind: 'service-did-not-start'; readonly reason: ServiceStartReason }
  /** A file of ours could not be read, and was put aside, not erased. */
  | { readonly kind: 'store-set-aside'; readonly file: string; readonly backupName?: string }
  /** Values in settings.json that were not understood; the file as it was is in `backupName`. */
  | {
      readonly kind: 'settings-invalid';
      readonly names: readonly string[];
      readonly backupName?: string;
    }
  /** Settings that somebody else made, in a folder that is new to this app: made careful. */
  | { readonly kind: 'settings-foreign' }
  /** Files of a newer version, which stay as they are. */
  | { readonly kind: 'settings-newer' }
  | { readonly kind: 'store-not-saved'; readonly what: 'settings' | 'links' | 'outbox' }
  | { readonly kind: 'links-full'; readonly limit: number }
  | { readonly kind: 'token-lost' }
  | { readonly kind: 'unusable-service-address'; readonly address: string }
  /** A file that someone chose to import settings from holds none. */
  | { readonly kind: 'settings-file-unusable'; readonly name: string }
  | { readonly kind: 'settings-not-exported'; readonly name: string }
  /** The system refused to start the app at login, or to stop doing so. */
  | { readonly kind: 'login-not-changed' }
  /** The server for updates couldn't be reached. */
  | { readonly kind: 'update-not-checked' }
  /** What the server offers as an update isn't used. `older`: than the installed version. */
  | { readonly kind: 'update-rejected'; readonly reason: UpdateRejection }
  | {
      readonly kind: 'update-not-downloaded';
      readonly version: string;
      readonly reason: UpdateDownloadProblem;
    }
  | {
      readonly kind: 'update-not-installed';
      readonly version: string;
      readonly reason: UpdateInstallProblem;
    }
  /** The new version didn't start: the previous one runs again. */
  | { readonly kind: 'update-rolled-back'; readonly version: string }
  | { readonly kind: 'internal' };

export type SpecialFile = 'pipe' | 'socket' | 'device' | 'system-folder' | 'disk';

/** `no-file`: the manifest names none for this installation. */
export type UpdateRejection = 'unsigned' | 'unreadable' | 'older' | 'no-file';

/** `different`: the server's file isn't the one that the manifest names. */
export type UpdateDownloadProblem = 'interrupted' | 'different' | 'disk-full';

/** `folder`: files in the app's folder can't be replaced. */
export type UpdateInstallProblem = 'folder' | 'does-not-start' | 'other';

export type ShortcutUse = 'share' | 'shareLast' | 'openWindow' | 'revokeLast' | 'restoreClipboard';

export const SERVICE_START_REASONS = [
  'port-taken',
  'folder-not-writable',
  'unsafe-token-file',
  'other',
] as const;
export type ServiceStartReason = (typeof SERVICE_START_REASONS)[number];

export type Fault = LinkifyFault | SharingFault;

/** @param backupName absent where no copy of the file was kept */
export function storeSetAside(file: string, backupName?: string): SharingFault {
  return {
    kind: 'store-set-aside',
    file,
    ...(backupName === undefined ? {} : { backupName }),
  };
}

/** Carries a sharing fault where one has to be thrown. */
export class SharingError extends Error {
  override readonly name = 'SharingError';
  readonly fault: SharingFault;
  constructor(fault: SharingFault, options?: ErrorOptions) {
    super(fault.kind, options);
    this.fault = fault;
  }
}

/** The fault that an error carries; one that carries none is our own bug. */
export function faultOf(error: unknown): Fault {
  if (error instanceof LinkifyError || error instanceof SharingError) return error.fault;
  if (error instanceof Error && error.name === 'ClipboardBusyError')
    return { kind: 'clipboard-busy' };
  if (error instanceof Error && error.name === 'ClipboardNeedsFocusError')
    return { kind: 'clipboard-needs-focus' };
  return { kind: 'internal' };
}

/** What kept the built-in service from starting. */
export function serviceStartFault(error: unknown): SharingError {
  if (error instanceof SharingError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reason: ServiceStartReason =
    code === 'EADDRINUSE'
      ? 'port-taken'
      : code === 'EACCES' || code === 'EROFS' || code === 'ENOSPC'
        ? 'folder-not-writable'
        : code === 'UNSAFE_TOKEN_FILE'
          ? 'unsafe-token-file'
          : 'other';
  return new SharingError({ kind: 'service-did-not-start', reason }, { cause: error });
}

/** The fault that a problem is told as. */
export function settingsFault(problem: SettingsProblem): SharingFault {
  switch (problem.kind) {
    case 'invalid':
      return { ...problem, kind: 'settings-invalid' };
    case 'newer':
      return { kind: 'settings-newer' };
    case 'not-saved':
      return { kind: 'store-not-saved', what: 'settings' };
    case 'token-lost':
      return { kind: 'token-lost' };
  }
}
