import type { Outcome, RecoveryId, SettingsTab } from '../../preload/contract.ts';
import type { Clips } from '../clipboard/clips.ts';
import type { Failures } from '../failures/failures.ts';
import type { Messages } from '../i18n/messages.ts';
import type { FindOwnLink } from '../links/find-own-link.ts';
import type { RecentLinks } from '../links/recent-links.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Questions } from '../questions/questions.ts';
import type { Settings } from '../settings/settings.ts';
import type { Sharing } from '../sharing/share.ts';
import type { Shortcuts } from '../shortcuts/shortcuts.ts';
import type { AppModel } from '../state/app-state.ts';
import type { WindowState } from '../state/window-state.ts';
import type { Recovery } from '../targets/recovery-progress.ts';
import type { Targets } from '../targets/targets.ts';
import type { Updates } from '../updates/updates.ts';
import type { Actions } from './actions.ts';
import { ClientCommands } from './client-commands.ts';
import { CommandRunner, type CommandRunnerDeps } from './command-runner.ts';
import { type Confirm, oneAtATime } from './confirmation.ts';
import { type Confirmed, type ConfirmedDeps, createConfirmed } from './confirmed-calls.ts';
import { RecoveryActions } from './recovery-actions.ts';
import { SettingsActions } from './settings-actions.ts';
import { createSettingsFile, type SettingsFile, type SettingsFileDeps } from './settings-file.ts';
import { createUpdateActions, type UpdateActions } from './update-actions.ts';

export interface ShellDeps {
  readonly actions: Actions;
  readonly links: RecentLinks;
  readonly findOwnLink: FindOwnLink;
  readonly sharing: Sharing;
  readonly outbox: Outbox;
  readonly questions: Questions;
  readonly failures: Failures;
  readonly settings: Settings;
  readonly shortcuts: Shortcuts;
  readonly targets: Targets;
  readonly recovery: Recovery;
  readonly clips: Clips;
  readonly model: AppModel;
  readonly updates: Updates;
  readonly windowState: WindowState;
  readonly window: CommandRunnerDeps['window'];
  readonly showSettings: (tab: SettingsTab) => void;
  readonly confirm: Confirm;
  readonly askForSettingsFile: SettingsFileDeps['askWhere'];
  readonly settingsFiles: Pick<SettingsFileDeps, 'read' | 'write'>;
  readonly fileProofs: ConfirmedDeps['files'];
  /** Asks again whether another user's program may be used, if that is open. */
  readonly askOwner: () => void;
  readonly dismissMissed: () => void;
  readonly openWebPage: (url: string) => Promise<void>;
  /** Opens a URL of another program. */
  readonly openAsInherited: (url: string) => Promise<void>;
  readonly quit: () => void;
  readonly appVersion: string;
  readonly messages: Messages;
}

export interface Shell {
  readonly settingsActions: SettingsActions;
  readonly recover: (id: RecoveryId) => Promise<Outcome<null>>;
  readonly runner: CommandRunner;
  readonly clientCommands: ClientCommands;
  readonly confirmed: Confirmed;
  readonly settingsFile: SettingsFile;
  readonly updateActions: UpdateActions;
}

/** Creates what menu, window, command line and notifications call. */
export function createShell(deps: ShellDeps): Shell {
  const { actions, clips, failures, links, messages, model, questions, settings } = deps;
  const { shortcuts, targets, window, windowState } = deps;
  const { pendingShares } = deps.outbox;
  const settingsActions = new SettingsActions({ settings, shortcuts, targets, actions });
  const { openWebPage, updates } = deps;
  const updateActions = createUpdateActions({ updates, actions, openWebPage });
  const { recover } = new RecoveryActions({
    actions,
    failures,
    sharing: deps.sharing,
    dismissMissed: deps.dismissMissed,
    targets,
    recovery: deps.recovery,
    pendingShares,
    settingsActions,
    showSettings: deps.showSettings,
    showWindow: () => window.show('links'),
    showQuestion() {
      // A share in between may have withdrawn the question.
      deps.askOwner();
      window.show('links');
    },
    async startPieces(signal) {
      await deps.openAsInherited('pieces://launch');
      await targets.pieces.awaitStart(signal);
    },
    getPieces: () => deps.openWebPage('https://pieces.app/'),
    checkForUpdates: updateActions.check,
    getUpdate: updateActions.openPage,
  });
  const runner = new CommandRunner({
    actions,
    recover,
    windowState,
    window,
    showSettings: deps.showSettings,
    clips,
    findOwnLink: deps.findOwnLink,
    settingsActions,
    installUpdate: updateActions.install,
    quit: deps.quit,
  });
  const confirm = oneAtATime(deps.confirm);
  const confirmed = createConfirmed({
    model,
    actions,
    questions,
    settingsActions,
    settings,
    files: deps.fileProofs,
    confirm,
    messages,
  });
  const settingsFile = createSettingsFile({
    settings,
    confirm,
    messages,
    askWhere: deps.askForSettingsFile,
    read: deps.settingsFiles.read,
    write: deps.settingsFiles.write,
    failed: (fault) => ({ ok: false, failure: actions.describe(fault) }),
  });
  const clientCommands = new ClientCommands({
    actions,
    links,
    pendingShares,
    sharing: deps.sharing,
    model,
    settings,
    confirmed,
    showSettings: deps.showSettings,
    quit: deps.quit,
    appVersion: deps.appVersion,
    now: Date.now,
  });
  return {
    settingsActions,
    recover,
    runner,
    clientCommands,
    confirmed,
    settingsFile,
    updateActions,
  };
}
