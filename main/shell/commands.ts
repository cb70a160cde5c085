import type { FocusPanel, RecoveryId, SettingsTab } from '../../preload/contract.ts';
import type { ShortcutUse as ShortcutName } from '../failures/faults.ts';

/** Everything that a menu entry or a click on a notification can ask for. */
export type Command =
  | { readonly kind: 'share' }
  /** Shares an entry of the clipboard history. */
  | { readonly kind: 'share-clip'; readonly id: string }
  /** Shares the last clips as one collection. */
  | { readonly kind: 'share-last' }
  | { readonly kind: 'revoke-last' }
  /** Restores the clipboard content that a link replaced. */
  | { readonly kind: 'restore-clipboard' }
  | { readonly kind: 'copy'; readonly id: string }
  | { readonly kind: 'open'; readonly id: string }
  /** With an undo where there is one, unless it is to be final. */
  | { readonly kind: 'revoke'; readonly id: string; readonly isFinal?: true }
  /** Takes a revoke back. */
  | { readonly kind: 'restore'; readonly id: string }
  /** Follows the link to see whether it opens. */
  | { readonly kind: 'test'; readonly id: string }
  | { readonly kind: 'undo'; readonly id: string }
  /** Opens the window, at a link when one is named, with its options when `panel` says so. */
  | {
      readonly kind: 'show';
      readonly linkId?: string;
      readonly panel?: FocusPanel;
      readonly asWindow?: boolean;
    }
  /** Opens the window, or hides it when it is there. */
  | { readonly kind: 'toggle' }
  | { readonly kind: 'show-settings'; readonly tab?: SettingsTab }
  /** Pauses clipboard history for this many ms; without a duration, until it is resumed. */
  | { readonly kind: 'pause-clipboard-history'; readonly forMs?: number }
  | { readonly kind: 'resume-clipboard-history' }
  | { readonly kind: 'recover'; readonly id: RecoveryId }
  /** Sends a pending share from this computer instead. */
  | { readonly kind: 'share-from-this-computer'; readonly id: string }
  /** Stops the share under way. */
  | { readonly kind: 'cancel-share' }
  /** Restarts the app to install a new version; where it installs none, opens its web page. */
  | { readonly kind: 'install-update' }
  | { readonly kind: 'quit' };

/** What each shortcut does, as a menu entry would. */
export const SHORTCUT_COMMANDS: Readonly<Record<ShortcutName, Command>> = {
  share: { kind: 'share' },
  shareLast: { kind: 'share-last' },
  openWindow: { kind: 'toggle' },
  revokeLast: { kind: 'revoke-last' },
  restoreClipboard: { kind: 'restore-clipboard' },
};
