import type { Outcome, RecoveryId, SettingsTab } from '../../preload/contract.ts';
import type { HistoryEntry } from '../clipboard/clip-history.ts';
import type { Clips } from '../clipboard/clips.ts';
import type { Content } from '../clipboard/content.ts';
import { faultOf } from '../failures/faults.ts';
import type { FindOwnLink } from '../links/find-own-link.ts';
import type { ShareSource } from '../sharing/read-source.ts';
import type { WindowState } from '../state/window-state.ts';
import type { Actions } from './actions.ts';
import type { Command } from './commands.ts';
import type { SettingsActions } from './settings-actions.ts';

export interface CommandRunnerDeps {
  readonly actions: Actions;
  readonly recover: (id: RecoveryId) => Promise<Outcome<null>>;
  readonly windowState: Pick<WindowState, 'focus'>;
  readonly window: {
    show(route: 'links', asWindow?: boolean): void;
    toggle(): void;
  };
  readonly showSettings: (tab: SettingsTab) => void;
  readonly clips: Pick<Clips, 'pause' | 'resume' | 'find' | 'last'>;
  readonly findOwnLink: FindOwnLink;
  readonly settingsActions: Pick<SettingsActions, 'setWatching'>;
  readonly installUpdate: () => Promise<void>;
  readonly quit: () => void;
}

/** How many clips "share recent" shares as one collection. */
const SHARE_RECENT_COUNT = 3;

/** Runs what a menu entry, a shortcut, or a click on a notification asks for. */
export class CommandRunner {
  readonly #deps: CommandRunnerDeps;

  constructor(deps: CommandRunnerDeps) {
    this.#deps = deps;
  }

  readonly run = (command: Command): void => {
    const { actions } = this.#deps;
    this.#perform(command).catch((error: unknown) => actions.fail(faultOf(error)));
  };

  async #perform(command: Command): Promise<unknown> {
    const { actions, clips, settingsActions, window, windowState } = this.#deps;
    switch (command.kind) {
      case 'share':
        return actions.share({ from: 'clipboard' });
      case 'share-clip':
        return actions.share({ from: 'clips', contents: contentsOf(clips.find([command.id])) });
      case 'share-last':
        return actions.share(this.#recentClips());
      case 'revoke-last':
        return actions.revokeLast();
      case 'restore-clipboard':
        return actions.restoreClipboard();
      case 'copy':
        return actions.copy(command.id);
      case 'open':
        return actions.open(command.id);
      case 'revoke':
        return actions.revoke(command.id, command.isFinal);
      case 'restore':
        return actions.restore(command.id);
      case 'test':
        return actions.test(command.id);
      case 'undo':
        return actions.undo(command.id);
      case 'show':
        windowState.focus(command.linkId ?? null, command.panel);
        return window.show('links', command.asWindow);
      case 'toggle':
        return window.toggle();
      case 'show-settings':
        return this.#deps.showSettings(command.tab ?? 'general');
      case 'pause-clipboard-history':
        if (command.forMs === undefined) return settingsActions.setWatching(false);
        return clips.pause(command.forMs);
      case 'resume-clipboard-history':
        clips.resume();
        return settingsActions.setWatching(true);
      case 'recover':
        return this.#deps.recover(command.id);
      case 'share-from-this-computer':
        return actions.sendPending(command.id, true);
      case 'cancel-share':
        return actions.cancelShare();
      case 'install-update':
        return this.#deps.installUpdate();
      case 'quit':
        return this.#deps.quit();
    }
  }

  /** The last clips without links that were copied again; the clipboard where there are none. */
  #recentClips(): ShareSource {
    const { clips, findOwnLink } = this.#deps;
    const contents = contentsOf(clips.last(Number.POSITIVE_INFINITY))
      .filter((content) => findOwnLink(content) === undefined)
      .slice(-SHARE_RECENT_COUNT);
    return contents.length === 0 ? { from: 'clipboard' } : { from: 'clips', contents };
  }
}

function contentsOf(entries: readonly HistoryEntry[]): readonly Content[] {
  return entries.map(({ content }) => content);
}
