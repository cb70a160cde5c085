import type { QuestionView } from '../../preload/contract.ts';
import { nameFinds } from '../clipboard/secrets.ts';
import type { Fault } from './faults.ts';

export type SecretFault = Extract<Fault, { readonly kind: 'looks-like-secret' }>;

/** What someone can answer when a share looks like a secret. */
export type SecretAnswer = 'discard' | 'masked' | 'anyway';

export function isSecretAnswer(choice: string): choice is SecretAnswer {
  return choice === 'discard' || choice === 'masked' || choice === 'anyway';
}

/** The question, safest answer first; it names what was found and never shows it. */
export function secretQuestion(id: string, { labels, kinds, canMask }: SecretFault): QuestionView {
  return {
    id,
    title: 'This looks like a secret',
    sentence: `It seems to hold ${nameFinds(labels)}. Nothing was shared yet.`,
    choices: [
      ...(canMask ? [{ id: 'masked', label: 'Share with it hidden' }] : []),
      { id: 'discard', label: 'Don’t share' },
      { id: 'anyway', label: 'Share anyway' },
    ],
    cancelId: 'discard',
    ...(kinds.length === 0 ? {} : { rememberLabel: 'Don’t ask again for this kind' }),
  };
}
