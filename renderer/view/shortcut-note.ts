import type { ShortcutStatus } from '../../preload/contract.ts';
import type { Messages } from '../i18n/messages.ts';

/**
 * What is said of a shortcut beside its keys.
 * @param shortcut its keys, as people read them
 */
export function shortcutNote(
  { state, keys }: ShortcutStatus,
  shortcut: string,
  t: Messages['t'],
): { readonly text: string; readonly problem: boolean } | null {
  switch (state) {
    case 'taken':
      return { text: t('shortcutTaken', { shortcut }), problem: true };
    case 'denied':
      return { text: t('shortcutDenied'), problem: true };
    case 'unavailable':
      return { text: t('shortcutUnavailable'), problem: false };
    case 'pending':
      return { text: t('shortcutPending'), problem: false };
    case 'active':
      return keys === undefined ? null : { text: t('shortcutAssigned', { keys }), problem: false };
  }
}
