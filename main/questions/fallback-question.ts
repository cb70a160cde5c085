import type { Question } from './questions.ts';

/** Answers to a service that can't share while this computer could: `wait` leaves it pending. */
export type FallbackAnswer = 'now' | 'always' | 'never' | 'wait';

/** Asks whether this computer shares it instead: this time, always, or never. */
export function fallbackQuestion(service: string): Question<FallbackAnswer> {
  return {
    text: (words) => ({
      title: words.say('fallbackTitle'),
      sentence: words.say('fallbackAsk', { service }),
      choices: [
        { id: 'now', label: words.say('fallbackNow') },
        { id: 'always', label: words.say('fallbackAlways', { service }) },
        { id: 'wait', label: words.say('fallbackNotYet') },
        { id: 'never', label: words.say('fallbackNever') },
      ],
      cancelId: 'wait',
    }),
    unanswered: 'wait',
  };
}
