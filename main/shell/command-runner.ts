import type { FailureView, LinkView, Outcome, RecoveryId } from '../../preload/contract.ts';
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
    show(route: 'links' | 'settings', asWindow?: boolean): void;
    toggle(): void;
  };
  readonly clips: Pick<Clips, 'pause' | 'resume' | 'find' | 'last'>;
  readonly findOwnLink: FindOwnLink;
  readonly settingsActions: Pick<SettingsActions, 'setWatching'>;
  readonly pendingShares: Pick<PendingShares, 'lastFailed'>;
  readonly quit: () => void;
}

/** How many clips "share recent" shares as one collection. */
const SHARE_RECENT_COUNT = 3;

/** Runs what a menu entry, a click on a notification, or a command line asks for. */
export interface CommandRunner {
  (command: Command): void;
  /** Does what a command line asks for, and answers what came of it. Never rejects. */
  action(action: CommandLineAction): Promise<CommandAnswer>;
}

export function createCommandRunner(deps: CommandRunnerDeps): CommandRunner {
  const { actions, clips, window } = deps;
  const contents = (kept: readonly HistoryEntry[]): readonly Content[] =>
    kept.map(({ content }) => content);

  const perform = async (command: Command): Promise<unknown> => {
    switch (command.kind) {
      case 'share':
        return actions.share({ from: 'clipboard' });
      case 'share-clip':
        return actions.share({ from: 'clips', contents: contents(clips.find([command.id])) });
      case 'share-last': {
        // Links that were copied again are no content of their own.
        const last = contents(clips.last(Number.POSITIVE_INFINITY))
          .filter((content) => deps.findOwnLink(content) === undefined)
          .slice(-SHARE_RECENT_COUNT);
        // Nothing is kept: then the clipboard itself is the last one.
        if (last.length === 0) return actions.share({ from: 'clipboard' });
        return actions.share({ from: 'clips', contents: last });
      }
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
        deps.windowState.focus(command.linkId ?? null);
        return window.show('links', command.asWindow);
      case 'toggle':
        return window.toggle();
      case 'show-settings':
        return window.show('settings');
      case 'pause-clipboard-history':
        if (command.forMs === undefined) return deps.settingsActions.setWatching(false);
        return clips.pause(command.forMs);
      case 'resume-clipboard-history':
        clips.resume();
        return deps.settingsActions.setWatching(true);
      case 'recover':
        return deps.recover(command.id);
      case 'share-from-this-computer':
        return actions.sendPending(command.id, true);
      case 'cancel-share':
        return actions.cancelShare();
      case 'quit':
        return deps.quit();
    }
  };

  const run = (command: Command): void => {
    perform(command).catch((error: unknown) => actions.fail(faultOf(error)));
  };

  const shareForCommand = async (
    source: ShareSource,
    options: ShareOptions | undefined,
  ): Promise<CommandAnswer> => {
    const pendingBefore = deps.pendingShares.lastFailed();
    const outcome = await actions.share(source, options);
    if (outcome.ok) return { code: 0, out: `${outcome.value.link}\n` };
    const pending = deps.pendingShares.lastFailed();
    const isPending = pending !== undefined && pending !== pendingBefore;
    return failed(outcome.failure, isPending);
  };

  const performAction = async (asked: CommandLineAction): Promise<CommandAnswer> => {
    switch (asked.kind) {
      case 'share-clipboard':
        return shareForCommand({ from: 'clipboard' }, asked.options);
      case 'share-files':
        return shareForCommand({ from: 'files', paths: asked.paths }, asked.options);
      case 'copy': {
        const link = deps.links.get(asked.id);
        if (link?.state === 'revoked' || (link && isExpired(link, deps.now()))) {
          // As the command line's own messages, in English.
          return { code: 1, error: "This link no longer works, so it wasn't copied." };
        }
        return answerOf(await actions.copy(asked.id));
      }
      case 'revoke':
        // A script has nobody who would press Undo.
        return answerOf(await actions.revoke(asked.id, true));
      case 'quit':
        // The answer goes first.
        setImmediate(deps.quit);
        return { code: 0 };
      case 'start':
      case 'list':
      case 'help':
      case 'version':
        // Done by the process that was started, without the running app.
        return { code: 0 };
    }
  };

  const action: CommandRunner['action'] = (asked) =>
    performAction(asked).catch((error: unknown) => failed(actions.fail(faultOf(error))));

  return Object.assign(run, { action });
}

/** A failure for a script. Exit code 3: the share has a question, or is sent later. */
function failed({ title, sentence, action }: FailureView, isPending = false): CommandAnswer {
  return {
    code: isPending || action?.id === 'decide' ? 3 : 1,
    error: `${title}. ${sentence}`,
  };
}

function answerOf(outcome: Outcome<LinkView | null>): CommandAnswer {
  return outcome.ok ? { code: 0 } : failed(outcome.failure);
}
