import type { Outcome, QuestionView } from '../../preload/contract.ts';
import type { PiecesSession } from '../linkify/pieces-session.ts';
import { UNKNOWN_UID } from '../linkify/pieces-state.ts';
import type { Words } from '../words/words.ts';
import type { AppModel } from './app-model.ts';

export interface OwnerQuestionNeeds {
  readonly model: AppModel;
  readonly session: Pick<PiecesSession, 'state' | 'look'>;
  readonly words: Words;
  /** Remembers the answer for this user id. */
  readonly trust: (uid: number, trusted: boolean) => void;
}

/** Asks, once for each user of the computer, whether what answers as Pieces OS may be used. */
export interface OwnerQuestion {
  /** Puts the question, or takes it away once there is nothing to ask. */
  refresh(wanted: boolean): void;
  /** `undefined` when this is not a question of ours. */
  answer(questionId: string, choice: string): Outcome<null> | undefined;
}

const PREFIX = 'owner-';

export function createOwnerQuestion(needs: OwnerQuestionNeeds): OwnerQuestion {
  const { model, session, words } = needs;

  const question = (): QuestionView | undefined => {
    const state = session.state();
    if (state.kind !== 'unproven') return undefined;
    const { port, uid } = state;
    // As text: ports and user ids are no amounts.
    const at = { port: String(port) };
    return {
      id: `${PREFIX}${uid}`,
      title: words.say('unprovenTitle'),
      sentence:
        uid === UNKNOWN_UID
          ? words.say('unprovenAskUnknown', at)
          : words.say('unprovenAsk', { ...at, uid: String(uid) }),
      choices: [
        { id: 'no', label: words.say('unprovenNo') },
        { id: 'yes', label: words.say('unprovenYes') },
      ],
      cancelId: 'no',
    };
  };

  return {
    refresh(wanted) {
      const shown = model.get().question;
      const ours = shown?.id.startsWith(PREFIX) === true;
      const next = wanted ? question() : undefined;
      // Another question goes first; ours comes at the next change.
      if (shown !== undefined && shown !== null && !ours) return;
      if (next !== undefined) model.update({ question: next });
      else if (ours) model.update({ question: null });
    },
    answer(questionId, choice) {
      if (!questionId.startsWith(PREFIX)) return undefined;
      const state = session.state();
      const known = state.kind === 'unproven' && questionId === `${PREFIX}${state.uid}`;
      if (known && (choice === 'yes' || choice === 'no')) {
        needs.trust(state.uid, choice === 'yes');
        void session.look();
      }
      if (model.get().question?.id === questionId) model.update({ question: null });
      return { ok: true, value: null };
    },
  };
}
