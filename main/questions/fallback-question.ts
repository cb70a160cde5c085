import type { QuestionView } from '../../preload/contract.ts';
import type { Words } from '../i18n/messages.ts';

/** What someone can answer when a service cannot make a link and this computer could. */
export type FallbackAnswer = 'now' | 'always' | 'never' | 'wait';

export function isFallbackAnswer(choice: string): choice is FallbackAnswer {
  return choice === 'now' || choice === 'always' || choice === 'never' || choice === 'wait';
}

/** Whether this computer makes the link instead: this time, always, or never. */
export function fallbackQuestion(id: string, service: string, words: Words): QuestionView {
  return {
    id,
    title: words.say('fallbackTitle'),
    sentence: words.say('fallbackAsk', { service }),
    choices: [
      { id: 'now', label: words.say('fallbackNow') },
      { id: 'always', label: words.say('fallbackAlways', { service }) },
      { id: 'wait', label: words.say('fallbackNotYet') },
      { id: 'never', label: words.say('fallbackNever') },
    ],
    cancelId: 'wait',
  };
}
