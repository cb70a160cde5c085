import type { LinkView } from '../../preload/contract.ts';
import type { TextKey } from '../i18n/messages.ts';
import type { LinkCommand } from '../view/link-command.ts';
import { isOpen, type ShownState } from '../view/shown-state.ts';
import type { IconName } from './icon.tsx';

/** A button of a link, in its row and in its panel. */
export interface LinkButton {
  readonly command: LinkCommand;
  readonly label: Extract<
    TextKey,
    'copy' | 'open' | 'revoke' | 'undo' | 'tryAgain' | 'removeFromList'
  >;
  readonly icon: IconName;
}

/** The buttons that a link's state allows, most used first. Undo and Revoke are never both there. */
export function linkButtons(link: LinkView, state: ShownState): readonly LinkButton[] {
  if (link.restorableUntilMs !== undefined) {
    return [{ command: 'restore', label: 'undo', icon: 'undo' }];
  }
  if (isOpen(state)) {
    const end: LinkButton =
      state !== 'active'
        ? { command: 'revoke', label: 'tryAgain', icon: 'revoke' }
        : link.canUndo
          ? { command: 'undo', label: 'undo', icon: 'undo' }
          : { command: 'revoke', label: 'revoke', icon: 'revoke' };
    return [
      { command: 'activate', label: 'copy', icon: 'copy' },
      { command: 'open', label: 'open', icon: 'open' },
      end,
    ];
  }
  return state === 'revoking'
    ? []
    : [{ command: 'remove', label: 'removeFromList', icon: 'trash' }];
}
