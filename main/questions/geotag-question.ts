import type { Fault } from '../failures/faults.ts';
import { geotagSentence } from '../failures/sentences.ts';
import type { Question } from './questions.ts';

export type GeotagFault = Extract<Fault, { readonly kind: 'has-location' }>;

/** Answers to a share that has location data. */
export type GeotagAnswer = 'discard' | 'remove' | 'share';

/** Names what has location data, and never shows it. */
export function geotagQuestion(fault: GeotagFault): Question<GeotagAnswer> {
  return {
    text: (messages) => ({
      title: messages.t('locationTitle'),
      sentence: geotagSentence(fault, messages),
      choices: [
        ...(fault.canRemove
          ? [{ id: 'remove' as const, label: messages.t('locationRemove') }]
          : []),
        { id: 'discard', label: messages.t('secretDiscard') },
        { id: 'share', label: messages.t('locationShare') },
      ],
      cancelId: 'discard',
      rememberLabel: messages.t('locationRemember'),
    }),
    unanswered: 'discard',
    confirmed: ['share'],
    fault,
  };
}
