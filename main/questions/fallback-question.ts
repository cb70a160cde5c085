import type { Question } from './questions.ts';

/** Answers to a service that can't share while this computer could: `wait` leaves it pending. */
export type FallbackAnswer = 'now' | 'wait';

/** Asks whether this computer shares it instead. */
export function fallbackQuestion(service: string): Question<FallbackAnswer> {
  return {
    text: (messages) => ({
      title: messages.t('fallbackTitle'),
      sentence: messages.t('fallbackAsk', { service }),
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
