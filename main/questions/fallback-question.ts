import type { Fault } from '../failures/faults.ts';
import type { Question } from './questions.ts';

/** Answers to a service that can't share while this computer could: `wait` leaves it pending. */
export type FallbackAnswer = 'now' | 'wait';

/** Asks whether this computer shares it instead. @param cause why the service can't */
export function fallbackQuestion(service: string, cause: Fault['kind']): Question<FallbackAnswer> {
  return {
    text: (messages) => ({
      title: messages.t('fallbackTitle'),
      sentence: messages.t('fallbackAsk', { service }),
      cause,
      choices: [
        { id: 'now', label: messages.t('fallbackNow') },
        { id: 'wait', label: messages.t('fallbackWait') },
      ],
      cancelId: 'wait',
      rememberLabel: messages.t('fallbackRemember'),
    }),
    unanswered: 'wait',
  };
}
