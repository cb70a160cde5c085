import type {
  FailureView,
  LinkView,
  Outcome,
  RecoveryId,
  SettingsTab,
} from '../../preload/contract.ts';
import type { CommandAnswer, CommandLineAction } from '../cli/command-line.ts';
import type { HistoryEntry } from '../clipboard/clip-history.ts';
import type { Clips } from '../clipboard/clips.ts';
import type { Content } from '../clipboard/content.ts';
import { faultOf } from '../failures/faults.ts';
import type { FindOwnLink } from '../links/find-own-link.ts';
import { isExpired } from '../links/link-state.ts';
import type { RecentLinks } from '../links/recent-links.ts';
import type { PendingShares } from '../outbox/pending-shares.ts';
import type { ShareOptions } from '../share-options.ts';
import type { ShareSource } from '../sharing/read-source.ts';
import type { WindowState } from '../state/window-state.ts';
import type { Actions } from './actions.ts';
import type { Command } from './commands.ts';
import type { SettingsActions } from './settings-actions.ts';

export interface CommandRunnerDeps {
  readonly actions: Actions;
  readonly recover: (id: RecoveryId) => Promise<Outcome<null>>;
  readonly links: Pick<RecentLinks, 'get'>;
  readonly windowState: Pick<WindowState, 'focus'>;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
  readonly window: {
    show(route: 'links', asWindow?: boolean): void;
    toggle(): void;
  };
  readonly showSettings: (tab: SettingsTab) => void;
  readonly clips: Pick<Clips, 'pause' | 'resume' | 'find' | 'last'>;
  readonly findOwnLink: FindOwnLink;
  readonly settingsActions: Pick<SettingsActions, 'setWatching'>;
  readonly pendingShares: Pick<PendingShares, 'lastFailed'>;
  readonly quit: () => void;
}

/** How many clips "share recent" shares as one collection. */
const SHARE_RECENT_COUNT = 3;

/** Runs what a menu entry, a shortcut, a click on a notification, or a command line asks for. */
export class CommandRunner {
  readonly #deps: CommandRunnerDeps;

  constructor(deps: CommandRunnerDeps) {
    this.#deps = deps;
  }

  readonly run = (command: Command): void => {
    const { actions } = this.#deps;
    this.#perform(command).catch((error: unknown) => actions.fail(faultOf(error)));
  };

  /** Does what a command line asks for, and answers what came of it. Never rejects. */
  action(asked: CommandLineAction): Promise<CommandAnswer> {
    const { actions } = this.#deps;
    return this.#performAction(asked).catch((error: unknown) =>
      failed(actions.fail(faultOf(error))),
    );
  }

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

  async #performAction(asked: CommandLineAction): Promise<CommandAnswer> {
    const { actions, quit } = this.#deps;
    switch (asked.kind) {
      case 'share-clipboard':
        return this.#share({ from: 'clipboard' }, asked.options);
      case 'share-files':
        return this.#share({ from: 'files', paths: asked.paths }, asked.options);
      case 'copy':
        return this.#copy(asked.id);
      case 'revoke':
        // A script has nobody who would press Undo.
        return answerOf(await actions.revoke(asked.id, true));
      case 'settings':
        this.#deps.showSettings('general');
        return { code: 0 };
      case 'quit':
        // The answer goes first.
        setImmediate(quit);
        return { code: 0 };
      case 'start':
      case 'list':
      case 'help':
      case 'version':
        // Done by the process that was started, without the running app.
        return { code: 0 };
    }
  }

  async #share(source: ShareSource, options: ShareOptions | undefined): Promise<CommandAnswer> {
    const { actions, pendingShares } = this.#deps;
    const pendingBefore = pendingShares.lastFailed();
    const outcome = await actions.share(source, options);
    if (outcome.ok) return { code: 0, out: `${outcome.value.link}\n` };
    const pending = pendingShares.lastFailed();
    const isPending = pending !== undefined && pending !== pendingBefore;
    return failed(outcome.failure, isPending);
  }

  async #copy(id: string): Promise<CommandAnswer> {
    const { actions, links, now } = this.#deps;
    const link = links.get(id);
    if (link?.state === 'revoked' || (link && isExpired(link, now()))) {
      // As the command line's own messages, in English.
      return { code: 1, error: "This link no longer works, so it wasn't copied." };
    }
    return answerOf(await actions.copy(id));
  }
}

function contentsOf(entries: readonly HistoryEntry[]): readonly Content[] {
  return entries.map(({ content }) => content);
}

/** A failure for a script. Exit code 3: the share has a question, or is sent later. */
function failed({ cause, title, sentence, action }: FailureView, isPending = false): CommandAnswer {
  const isAsked = action?.id === 'decide' || cause === 'clipboard-needs-focus';
  return {
    code: isPending || isAsked ? 3 : 1,
    error: `${title}. ${sentence}`,
  };
}

function answerOf(outcome: Outcome<LinkView | null>): CommandAnswer {
  return outcome.ok ? { code: 0 } : failed(outcome.failure);
}
