import type {
  FileChallenge,
  LinkView,
  Outcome,
  SettingsChange,
  SettingsView,
  ShareOptions,
} from '../../preload/contract.ts';
import type { Messages } from '../i18n/messages.ts';
import type { Questions } from '../questions/questions.ts';
import type { Settings } from '../settings/settings.ts';
import type { AppModel } from '../state/app-state.ts';
import type { Actions } from './actions.ts';
import {
  answerConfirmation,
  type Confirm,
  filesConfirmation,
  resetConfirmation,
  textConfirmation,
} from './confirmation.ts';
import { changeConfirmation, consentChanges } from './consent-changes.ts';
import type { SettingsActions } from './settings-actions.ts';

export interface ConfirmedDeps {
  readonly model: Pick<AppModel, 'invalidate'>;
  readonly actions: Pick<Actions, 'answer' | 'describe' | 'share'>;
  readonly questions: Questions;
  readonly settingsActions: Pick<SettingsActions, 'change' | 'reset'>;
  readonly settings: Pick<Settings, 'values'>;
  readonly files: {
    challenge(paths: readonly string[]): Promise<FileChallenge>;
    check(
      id: string,
      proofs: readonly string[],
    ): { readonly paths: readonly string[]; readonly unproven: readonly string[] } | undefined;
  };
  readonly confirm: Confirm;
  readonly messages: Messages;
}

/**
 * What the window's page can ask for and the user has to confirm outside it. Script that took
 * the page over could show anything and press every button in it.
 */
export interface Confirmed {
  /** Asks before content goes elsewhere, goes by itself, or goes without a notification. */
  changeSettings(change: SettingsChange): Promise<Outcome<SettingsView>>;
  /** Asks first: links may open for everyone on the network again, and it can't be undone. */
  resetSettings(): Promise<Outcome<SettingsView>>;
  /** Asks before a secret goes out, or a program of another user is trusted. */
  answer: Actions['answer'];
  /** Asks about a text that another app or a web page wants to share. */
  mayShareText(text: string): Promise<boolean>;
  nameFiles(paths: readonly string[]): Promise<FileChallenge>;
  /** Asks about each file that the page does not prove to have been given. */
  shareFiles(
    id: string,
    proofs: readonly string[],
    shareOptions?: ShareOptions,
  ): Promise<Outcome<LinkView>>;
}

export function createConfirmed(deps: ConfirmedDeps): Confirmed {
  const { model, actions, confirm, messages } = deps;

  const refused = (): Outcome<never> => {
    // Controls that show what was not done are drawn anew.
    model.invalidate('settings');
    return { ok: false, failure: actions.describe({ kind: 'cancelled' }) };
  };

  return {
    async changeSettings(change) {
      const before = deps.settings.values();
      const question = changeConfirmation(
        consentChanges(
          before,
          { ...before, ...change },
          messages,
          change.serviceToken !== undefined,
        ),
        'change',
        messages,
      );
      if (question !== undefined && !(await confirm(question))) return refused();
      return deps.settingsActions.change(change);
    },
    async resetSettings() {
      const isConfirmed = await confirm(resetConfirmation(messages));
      return isConfirmed ? deps.settingsActions.reset() : refused();
    },
    async answer(questionId, choice, remember) {
      const open = deps.questions.current();
      const asked = open?.view.id === questionId ? open : undefined;
      const question = answerConfirmation(asked, choice, remember, messages);
      if (question !== undefined && !(await confirm(question))) return refused();
      return actions.answer(questionId, choice, remember);
    },
    mayShareText: (text) => confirm(textConfirmation(text, messages)),
    nameFiles: deps.files.challenge,
    async shareFiles(id, proofs, shareOptions) {
      const named = deps.files.check(id, proofs);
      if (named === undefined) return refused();
      const { paths, unproven } = named;
      if (unproven.length > 0 && !(await confirm(filesConfirmation(unproven, messages)))) {
        return refused();
      }
      return actions.share({ from: 'files', paths }, shareOptions);
    },
  };
}
