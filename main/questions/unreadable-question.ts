import type { Fault } from '../failures/faults.ts';
import { nameList } from '../failures/sentences.ts';
import type { Question } from './questions.ts';

export type UnreadableFault = Extract<Fault, { readonly kind: 'some-unreadable' }>;

/** Answers to a share of which a part can't be read. */
export type UnreadableAnswer = 'discard' | 'without';

/** Asks whether to share the rest; names what can't be read. */
export function unreadableQuestion(fault: UnreadableFault): Question<UnreadableAnswer> {
  return {
    text: (words) => ({
      title: words.say('someUnreadableTitle'),
      sentence: words.say('someUnreadable', { names: nameList(fault.names, words) }),
      choices: [
        { id: 'without', label: words.say('unreadableWithout') },
        { id: 'discard', label: words.say('secretDiscard') },
      ],
      cancelId: 'discard',
    }),
    unanswered: 'discard',
    fault,
  };
}
