import type { QuestionView } from '../../preload/contract.ts';
import { displayText } from '../clipboard/display-text.ts';
import type { Fault } from '../failures/faults.ts';
import type { Words } from '../i18n/messages.ts';

/** A file's name is cut there, in characters. */
const SHOWN_CHARS = 80;

export type LocationFault = Extract<Fault, { readonly kind: 'has-location' }>;

/** What someone can answer when a share says where it was made. */
export type LocationAnswer = 'discard' | 'remove' | 'share';

export function isLocationAnswer(choice: string): choice is LocationAnswer {
  return ['discard', 'remove', 'share'].includes(choice);
}

/** The question, safest answer first; it names what holds the location and never shows it. */
export function locationQuestion(id: string, fault: LocationFault, words: Words): QuestionView {
  return {
    id,
    title: words.say('locationTitle'),
    sentence: locationSentence(fault, words),
    choices: [
      ...(fault.canRemove ? [{ id: 'remove', label: words.say('locationRemove') }] : []),
      { id: 'share', label: words.say('locationShare') },
      { id: 'discard', label: words.say('secretDiscard') },
    ],
    cancelId: 'discard',
    rememberLabel: words.say('locationRemember'),
  };
}

export function locationSentence({ name, count }: LocationFault, words: Words): string {
  return count === 1
    ? words.say('locationFound', { name: displayText(name, SHOWN_CHARS) })
    : words.say('locationFoundMany', { count });
}
