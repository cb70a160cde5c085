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
  /** A look into it found what seems to be a credential: only the person can decide. */
  | {
      readonly kind: 'looks-like-secret';
      /** In words, each once: "GitHub token". */
      readonly labels: readonly string[];
      readonly kinds: readonly string[];
      readonly canMask: boolean;
      /** How many things the share holds. */
      readonly count: number;
    }
  /** Images or videos say where they were made: only the person can decide. */
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
  /** Some of what was to be shared can't be read: only the person can decide to leave it out. */
  | { readonly kind: 'some-unreadable'; readonly names: readonly string[] }
  /** More than 10,000 files or 2 GiB. */
  | { readonly kind: 'folder-too-large'; readonly name: string }
  | { readonly kind: 'folder-empty'; readonly name: string }
  | { readonly kind: 'too-many-items'; readonly count: number; readonly limit: number }
  /** The service in use cannot end a link by time, open it once, or ask for a password. */
  | { readonly kind: 'options-not-applied' }
  /** A collection cannot be opened once: its items are looked at one by one. */
  | { readonly kind: 'once-needs-one' }
  /** What answers as Pieces OS may be someone else's: only the person can tell. */
  | { readonly kind: 'unproven-service' }
  /** What came of looking for an update of the service. */
  | { readonly kind: 'service-update'; readonly status: UpdateState['status'] }
  /** A file that waited, and is not what it was when it was shared. */
  | { readonly kind: 'file-changed'; readonly name: string }
  /** A share that waited for so long that only the person can say whether it is still meant. */
  | { readonly kind: 'waited-long'; readonly what: string }
  /** The app ended before a share was done, or its question answered, and nothing of it is kept. */
  | {
      readonly kind: 'share-interrupted';
      readonly what: string;
      readonly why: 'quit' | 'asked';
    }
  /** An entry of the outbox that is there no more. */
  | { readonly kind: 'not-pending' }
  /** What waits could not be read, or not be written. */
  | { readonly kind: 'outbox-unreadable'; readonly entries: number }
  | { readonly kind: 'already-sharing' }
  | { readonly kind: 'unknown-link' }
  /** What was copied earlier is kept no longer. */
  | { readonly kind: 'clip-gone' }
  /** An answer to a question that nobody asks any more. */
  | { readonly kind: 'unknown-question' }
  /** A live link is not forgotten: it would stay open with no way left to revoke it here. */
  | { readonly kind: 'link-is-live' }
  | { readonly kind: 'clipboard-busy' }
  | { readonly kind: 'shortcut-taken'; readonly accelerator: string }
  /** The same keys for two things. */
  | { readonly kind: 'shortcut-double'; readonly accelerator: string; readonly use: ShortcutUse }
  /** Nothing was heard of a press; `command` is what a desktop's own settings can bind instead. */
  | { readonly kind: 'shortcut-silent'; readonly accelerator: string; readonly command?: string }
  /** These keys cannot be a shortcut: they would be missed elsewhere, or never arrive. */
  | { readonly kind: 'shortcut-unusable'; readonly accelerator: string }
  | { readonly kind: 'nothing-to-revoke' }
  /** A share is undone too late. */
  | { readonly kind: 'undo-expired' }
  /** What is to be shared is one of our own links, which works. */
  | { readonly kind: 'already-a-link'; readonly linkId: string; readonly title: string }
  /** A revoke is taken back too late. */
  | { readonly kind: 'revoked-for-good' }
  /** A revoke could not be taken back, this time. */
  | { readonly kind: 'not-restored' }
  /** Another program has the port that links of this computer carry; pages are at another one. */
  | { readonly kind: 'links-port-taken'; readonly port: number }
  | { readonly kind: 'service-did-not-start'; readonly reason: ServiceStartReason }
  /** A file of ours could not be read, and was put aside, not erased. */
  | { readonly kind: 'store-set-aside'; readonly file: string; readonly keptAs?: string }
  /** Values in settings.json that were not understood; the file as it was is in `keptAs`. */
  | {
      readonly kind: 'settings-invalid';
      readonly names: readonly string[];
      readonly keptAs?: string;
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
  | { readonly kind: 'internal' };

export type SpecialFile = 'pipe' | 'socket' | 'device' | 'system-folder' | 'disk';

export type ShortcutUse = 'share' | 'shareLast' | 'openWindow' | 'revokeLast' | 'restoreClipboard';

export type ServiceStartReason =
  | 'port-taken'
  | 'folder-not-writable'
  | 'unsafe-token-file'
  | 'other';

export type Fault = LinkifyFault | SharingFault;

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
