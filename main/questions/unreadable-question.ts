import type { QuestionView } from '../../preload/contract.ts';
import { shown } from '../failures/failure-table.ts';
import type { Fault } from '../failures/faults.ts';
import type { Words } from '../i18n/messages.ts';

export type UnreadableFault = Extract<Fault, { readonly kind: 'some-unreadable' }>;

/** What the person can answer when a part of a share can't be read. */
export type UnreadableAnswer = 'discard' | 'without';

export function isUnreadableAnswer(choice: string): choice is UnreadableAnswer {
  return choice === 'discard' || choice === 'without';
}

/** Asks whether to share the rest; names what can't be read. */
export function unreadableQuestion(
  id: string,
  { names }: UnreadableFault,
  words: Words,
): QuestionView {
  return {
    id,
    title: words.say('someUnreadableTitle'),
    sentence: words.say('someUnreadable', { names: nameList(names, words) }),
    choices: [
      { id: 'without', label: words.say('unreadableWithout') },
      { id: 'discard', label: words.say('secretDiscard') },
    ],
    cancelId: 'discard',
  };
}

/** Longest list of names in a sentence. */
const MOST_NAMES = 3;

/** “a.txt”, “b.txt” and 4 more. */
export function nameList(names: readonly string[], words: Words): string {
  const several = names.length > MOST_NAMES;
  const named = names
    .slice(0, several ? MOST_NAMES - 1 : MOST_NAMES)
    .map((name) => words.say('quoted', { name: shown(name) }));
  const more = names.length - named.length;
  return words.list(more > 0 ? [...named, words.say('moreFiles', { count: more })] : named);
}
