import type { QuestionView, ShareTerms } from '../../preload/contract.ts';
import type { Fault } from '../failures/faults.ts';
import type { Words } from '../i18n/messages.ts';
import { nameFinds } from '../secrets/name-findings.ts';

export type SecretFault = Extract<Fault, { readonly kind: 'looks-like-secret' }>;

/** What someone can answer when a share looks like a secret. */
export type SecretAnswer = 'discard' | 'masked' | 'once' | 'anyway';

/** What "once, for ten minutes" asks the service for. */
export const ONCE_TERMS = { once: true, expiresInSeconds: 600 } as const satisfies ShareTerms;

export function isSecretAnswer(choice: string): choice is SecretAnswer {
  return ['discard', 'masked', 'once', 'anyway'].includes(choice);
}

/**
 * The question, safest answer first; it names what was found and never shows it.
 * @param keepsTerms whether the service that it would go to can let a link open once
 */
export function secretQuestion(
  id: string,
  { labels, kinds, canMask, count }: SecretFault,
  words: Words,
  keepsTerms: boolean,
): QuestionView {
  return {
    id,
    title: words.say('secretTitle'),
    sentence: words.say('secretFound', { finds: nameFinds(labels, words) }),
    choices: [
      ...(canMask ? [{ id: 'masked', label: words.say('secretMasked') }] : []),
      ...(keepsTerms && count === 1 ? [{ id: 'once', label: words.say('secretOnce') }] : []),
      { id: 'discard', label: words.say('secretDiscard') },
      { id: 'anyway', label: words.say('secretAnyway') },
    ],
    cancelId: 'discard',
    ...(kinds.length === 0 ? {} : { rememberLabel: words.say('secretRemember') }),
  };
}
