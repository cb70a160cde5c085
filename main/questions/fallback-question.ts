import type { Question } from './questions.ts';

/** Answers to a service that can't share while this computer could: `wait` leaves it pending. */
export type FallbackAnswer = 'now' | 'wait';

/** Asks whether this computer shares it instead. */
export function fallbackQuestion(service: string): Question<FallbackAnswer> {
  return {
    text: (words) => ({
      title: words.say('fallbackTitle'),
      sentence: words.say('fallbackAsk', { service }),
      choices: [
        { id: 'now', label: words.say('fallbackNow') },
        { id: 'wait', label: words.say('fallbackWait') },
      ],
      cancelId: 'wait',
      rememberLabel: words.say('fallbackRemember'),
    }),
    unanswered: 'wait',
  };
}
