import type { Fault } from '../failures/faults.ts';
import { nameList } from '../failures/sentences.ts';
import type { Question } from './questions.ts';

export type UnreadableFault = Extract<Fault, { readonly kind: 'some-unreadable' }>;

/** Answers to a share of which a part can't be read. */
export type UnreadableAnswer = 'discard' | 'without';

/** Asks whether to share the rest; names what can't be read. */
export function unreadableQuestion(fault: UnreadableFault): Question<UnreadableAnswer> {
  return {
    text: (messages) => ({
      title: messages.t('someUnreadableTitle'),
      sentence: messages.t('someUnreadable', { names: nameList(fault.names, messages) }),
      choices: [
        { id: 'without', label: messages.t('unreadableWithout') },
        { id: 'discard', label: messages.t('secretDiscard') },
      ],
      cancelId: 'discard',
    }),
    unanswered: 'discard',
    fault,
  };
}
