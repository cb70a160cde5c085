import type { ShareOptions } from '../../preload/contract.ts';
import type { Fault } from '../failures/faults.ts';
import type { Excerpt } from '../secrets/excerpt.ts';
import { nameFindings } from '../secrets/name-findings.ts';
import type { Question } from './questions.ts';

export type SecretFault = Extract<Fault, { readonly kind: 'looks-like-secret' }>;

/** Answers to a share that looks like a secret. */
export type SecretAnswer = 'discard' | 'masked' | 'once' | 'anyway';

/** The share options that the answer "once, for ten minutes" stands for. */
export const ONCE_OPTIONS = { once: true, expiresInSeconds: 600 } as const satisfies ShareOptions;

/**
 * Names what was found, and never shows it: of its line, only the rest.
 * @param canOpenOnce whether the service that it would go to can limit a link to one open
 */
export function secretQuestion(
  fault: SecretFault,
  canOpenOnce: boolean,
  excerpt?: Excerpt,
): Question<SecretAnswer> {
  const { labels, kinds, canMask, count } = fault;
  return {
    text: (messages) => ({
      title: messages.t('secretTitle'),
      sentence: messages.t('secretFound', { finds: nameFindings(labels, messages) }),
      ...(excerpt === undefined ? {} : { excerpt }),
      choices: [
        ...(canMask ? [{ id: 'masked' as const, label: messages.t('secretMasked') }] : []),
        { id: 'discard', label: messages.t('secretDiscard') },
        ...(canOpenOnce && count === 1
          ? [{ id: 'once' as const, label: messages.t('secretOnce') }]
          : []),
        { id: 'anyway', label: messages.t('secretAnyway') },
      ],
      cancelId: 'discard',
      ...(kinds.length === 0 ? {} : { rememberLabel: messages.t('secretRemember') }),
    }),
    unanswered: 'discard',
    confirmed: ['anyway', 'once'],
    fault,
  };
}
