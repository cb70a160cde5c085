import type { Outcome, QuestionView } from '../../preload/contract.ts';
import type { Words } from '../i18n/messages.ts';
import type { LinkifyFault } from '../linkify/errors.ts';
import { UNKNOWN_UID } from '../linkify/peer/verified-agent.ts';
import type { PiecesSession } from '../pieces/session.ts';
import type { AppModel } from '../state/app-state.ts';
import type { ServiceChoice } from '../targets/services.ts';

export interface OwnerQuestionNeeds {
  readonly model: AppModel;
  readonly session: Pick<PiecesSession, 'state' | 'look'>;
  readonly words: Words;
  /** Remembers the answer for this user id. */
  readonly trust: (uid: number, trusted: boolean) => void;
  /** What was answered for it; `undefined`: never asked. */
  readonly isTrusted: (uid: number) => boolean | undefined;
  /** It was decided about a custom server: what waits for it may go on. */
  readonly onDecided: () => void;
}

/** Asks, once for each user of the computer, whether what answers as Pieces OS may be used. */
export interface OwnerQuestion {
  /** Puts the question, or takes it away once there is nothing to ask. */
  refresh(choice: ServiceChoice['kind']): void;
  /** A call to a custom server failed: it may be that of another user. */
  customFailed(fault: LinkifyFault): void;
  /** `undefined` when this is not a question of ours. */
  answer(questionId: string, choice: string): Outcome<null> | undefined;
}

const PREFIX = 'owner-';

export function createOwnerQuestion(needs: OwnerQuestionNeeds): OwnerQuestion {
  const { model, session, words } = needs;

  /** Whose program was last found at the address of the custom server. */
  let custom: { readonly port: number; readonly uid: number } | undefined;
  let choice: ServiceChoice['kind'] = 'automatic';

  const asked = (): { readonly port: number; readonly uid: number } | undefined => {
    if (choice === 'custom') return custom;
    const state = session.state();
    return choice !== 'built-in' && state.kind === 'unproven' ? state : undefined;
  };

  const question = (): QuestionView | undefined => {
    const found = asked();
    if (found === undefined) return undefined;
    const { port, uid } = found;
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
      title: words.say(choice === 'custom' ? 'foreignTitle' : 'unprovenTitle'),
      sentence: choice === 'custom' ? server() : pieces(),
      choices: [
        { id: 'no', label: words.say('unprovenNo') },
        { id: 'yes', label: words.say('unprovenYes') },
      ],
      cancelId: 'no',
    };
  };

  const show = (): void => {
    const shown = model.get().question;
    const ours = shown?.id.startsWith(PREFIX) === true;
    const next = question();
    // Another question goes first; ours comes at the next change.
    if (shown !== undefined && shown !== null && !ours) return;
    if (next !== undefined) model.update({ question: next });
    else if (ours) model.update({ question: null });
  };

  return {
    refresh(chosen) {
      choice = chosen;
      show();
    },
    customFailed(fault) {
      if (fault.kind !== 'unverified-peer' || needs.isTrusted(fault.uid) !== undefined) return;
      custom = { port: fault.port, uid: fault.uid };
      show();
    },
    answer(questionId, answered) {
      if (!questionId.startsWith(PREFIX)) return undefined;
      const found = asked();
      const isKnown = found !== undefined && questionId === `${PREFIX}${found.uid}`;
      if (isKnown && (answered === 'yes' || answered === 'no')) {
        needs.trust(found.uid, answered === 'yes');
        custom = undefined;
        if (choice === 'custom') needs.onDecided();
        else void session.look();
      }
      if (model.get().question?.id === questionId) model.update({ question: null });
      return { ok: true, value: null };
    },
  };
}
