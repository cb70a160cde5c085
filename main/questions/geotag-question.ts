import type { Fault } from '../failures/faults.ts';
import { geotagSentence } from '../failures/sentences.ts';
import type { Question } from './questions.ts';

export type GeotagFault = Extract<Fault, { readonly kind: 'has-location' }>;

/** Answers to a share that has location data. */
export type GeotagAnswer = 'discard' | 'remove' | 'share';

/** Names what has location data, and never shows it. */
export function geotagQuestion(fault: GeotagFault): Question<GeotagAnswer> {
  return {
    text: (words) => ({
      title: words.say('locationTitle'),
      sentence: geotagSentence(fault, words),
      choices: [
        ...(fault.canRemove ? [{ id: 'remove' as const, label: words.say('locationRemove') }] : []),
        { id: 'share', label: words.say('locationShare') },
        { id: 'discard', label: words.say('secretDiscard') },
      ],
      cancelId: 'discard',
      rememberLabel: words.say('locationRemember'),
    }),
    unanswered: 'discard',
    confirmed: ['share'],
    fault,
  };
}
