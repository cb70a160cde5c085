import type { QuestionView } from '../../preload/contract.ts';
import type { Fault } from '../failures/faults.ts';
import type { Words } from '../i18n/messages.ts';
import type { HeldAnswer } from '../sharing/share.ts';
import { isLocationAnswer, locationQuestion } from './geotag-question.ts';
import { isSecretAnswer, secretQuestion } from './secret-question.ts';
import { isUnreadableAnswer, unreadableQuestion } from './unreadable-question.ts';

/** Faults that are questions. */
const SHARE_QUESTIONS = ['looks-like-secret', 'some-unreadable', 'has-location'] as const;

/** What holds a share back until the person decides. */
export type ShareQuestion = Extract<Fault, { readonly kind: (typeof SHARE_QUESTIONS)[number] }>;

export function isShareQuestion(fault: { readonly kind: string }): fault is ShareQuestion {
  return SHARE_QUESTIONS.some((kind) => kind === fault.kind);
}

/** @param keepsTerms whether the service that it would go to can let a link open once */
export function questionOf(
  id: string,
  fault: ShareQuestion,
  words: Words,
  keepsTerms: boolean,
): QuestionView {
  switch (fault.kind) {
    case 'some-unreadable':
      return unreadableQuestion(id, fault, words);
    case 'has-location':
      return locationQuestion(id, fault, words);
    case 'looks-like-secret':
      return secretQuestion(id, fault, words, keepsTerms);
  }
}

/** What a choice means for the share that is held back; `undefined` for one that was not offered. */
export function answerOf(
  { kind }: ShareQuestion,
  choice: string,
): HeldAnswer | 'once' | 'discard' | undefined {
  switch (kind) {
    case 'some-unreadable':
      return isUnreadableAnswer(choice) ? choice : undefined;
    case 'looks-like-secret':
      return isSecretAnswer(choice) ? choice : undefined;
    case 'has-location':
      if (!isLocationAnswer(choice)) return undefined;
      return choice === 'discard' ? choice : choice === 'remove' ? 'masked' : 'anyway';
  }
}
