import type { Outcome, QuestionView } from '../../preload/contract.ts';
import type { Words } from '../i18n/messages.ts';
import { UNKNOWN_UID } from '../linkify/peer/verified-agent.ts';
import type { AppModel } from '../state/app-state.ts';
import type { Targets } from '../targets/targets.ts';

export interface OwnerQuestionNeeds {
  readonly model: AppModel;
  readonly targets: Pick<Targets, 'stranger' | 'decide'>;
  readonly words: Words;
}

/** Asks, once for each user of the computer, whether that user's service may be used. */
export interface OwnerQuestion {
  /** Puts the question, or takes it away once there is nothing to ask. */
  refresh(): void;
  /** `undefined` when this is not a question of ours. */
  answer(questionId: string, choice: string): Outcome<null> | undefined;
}

const PREFIX = 'owner-';

export function createOwnerQuestion({ model, targets, words }: OwnerQuestionNeeds): OwnerQuestion {
  const question = (): QuestionView | undefined => {
    const found = targets.stranger();
    if (found === undefined) return undefined;
    const { port, uid, isServer } = found;
    // As text: ports and user ids are no amounts.
    const at = { port: String(port) };
    const by = { ...at, uid: String(uid) };
    const isKnown = uid !== UNKNOWN_UID;
    const pieces = () =>
      isKnown ? words.say('unprovenAsk', by) : words.say('unprovenAskUnknown', at);
    const server = () =>
      isKnown ? words.say('foreignAsk', by) : words.say('foreignAskUnknown', at);
    return {
      id: `${PREFIX}${uid}`,
      title: words.say(isServer ? 'foreignTitle' : 'unprovenTitle'),
      sentence: isServer ? server() : pieces(),
      choices: [
        { id: 'no', label: words.say('unprovenNo') },
        { id: 'yes', label: words.say('unprovenYes') },
      ],
      cancelId: 'no',
    };
  };

  return {
    refresh() {
      const shown = model.get().question;
      const ours = shown?.id.startsWith(PREFIX) === true;
      const next = question();
      // Another question goes first; ours comes at the next change.
      if (shown !== undefined && shown !== null && !ours) return;
      if (next !== undefined) model.update({ question: next });
      else if (ours) model.update({ question: null });
    },
    answer(questionId, answered) {
      if (!questionId.startsWith(PREFIX)) return undefined;
      const found = targets.stranger();
      const isKnown = found !== undefined && questionId === `${PREFIX}${found.uid}`;
      if (isKnown && (answered === 'yes' || answered === 'no')) {
        targets.decide(found.uid, answered === 'yes');
      }
      if (model.get().question?.id === questionId) model.update({ question: null });
      return { ok: true, value: null };
    },
  };
}
