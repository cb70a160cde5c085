import type { QuestionView } from '../../preload/contract.ts';
import type { Words } from '../words/words.ts';
import type { Fault } from './faults.ts';
import { nameFinds } from './name-finds.ts';

export type SecretFault = Extract<Fault, { readonly kind: 'looks-like-secret' }>;

/** What someone can answer when a share looks like a secret. */
export type SecretAnswer = 'discard' | 'masked' | 'anyway';

export function isSecretAnswer(choice: string): choice is SecretAnswer {
  return choice === 'discard' || choice === 'masked' || choice === 'anyway';
}

/** The question, safest answer first; it names what was found and never shows it. */
export function secretQuestion(
  id: string,
  { labels, kinds, canMask }: SecretFault,
  words: Words,
): QuestionView {
  return {
    id,
    title: words.say('secretTitle'),
    sentence: words.say('secretFound', { finds: nameFinds(labels, words) }),
    choices: [
      ...(canMask ? [{ id: 'masked', label: words.say('secretMasked') }] : []),
      { id: 'discard', label: words.say('secretDiscard') },
      { id: 'anyway', label: words.say('secretAnyway') },
    ],
    cancelId: 'discard',
    ...(kinds.length === 0 ? {} : { rememberLabel: words.say('secretRemember') }),
  };
}
