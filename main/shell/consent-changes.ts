import type { SettingsView } from '../../preload/contract.ts';
import type { TextKey } from '../i18n/catalog-types.ts';
import type { Words } from '../i18n/messages.ts';
import { destinationOf } from '../targets/choice.ts';
import type { Confirmation } from './confirmation.ts';

/** The settings that decide where content goes, who gets it, and what the person is asked and told. */
export type ConsentSettings = Required<
  Pick<
    SettingsView,
    | 'service'
    | 'serviceUrl'
    | 'mode'
    | 'modeKinds'
    | 'notifications'
    | 'reach'
    | 'fallback'
    | 'locationData'
    | 'watching'
  >
>;

export interface ConsentChange {
  readonly text: string;
  /** More leaves the computer, or less is said about it. */
  readonly isRisky: boolean;
}

const KIND_NAMES = {
  text: 'kindText',
  code: 'kindCode',
  url: 'kindUrl',
  html: 'kindHtml',
  colour: 'kindColour',
  image: 'kindImage',
  files: 'kindFiles',
} as const satisfies Record<ConsentSettings['modeKinds'][number], TextKey>;

/** What a change means for where content goes and what the person is asked and told. */
export function consentChanges(
  before: ConsentSettings,
  after: ConsentSettings,
  words: Words,
  isTokenNew = false,
): readonly ConsentChange[] {
  const changes: ConsentChange[] = [];
  const add = (text: string, isRisky: boolean): void => void changes.push({ text, isRisky });
  const destination = destinationOf(after);
  const isSame = destination.id === destinationOf(before).id;
  const { name, isRisky } = destination;
  if (!isSame)
    add('text' in name ? words.say(name.text) : words.say('consentCustom', name), isRisky);
  // On a server with several accounts another token is another account.
  if (isTokenNew && isSame && 'url' in name) add(words.say('consentToken', name), true);
  const added = after.modeKinds.filter((kind) => !before.modeKinds.includes(kind));
  if (after.mode !== before.mode || (after.mode === 'automatic' && added.length > 0)) {
    const kinds = words.list(after.modeKinds.map((kind) => words.say(KIND_NAMES[kind])));
    if (after.mode === 'automatic') add(words.say('consentShareAll', { kinds }), true);
    else add(words.say('consentShareAsked'), false);
  }
  if (after.notifications !== before.notifications) {
    add(words.say(after.notifications ? 'consentNotified' : 'consentSilent'), !after.notifications);
  }
  if (after.reach !== before.reach) {
    const isOpen = after.reach === 'network';
    add(words.say(isOpen ? 'consentNetwork' : 'consentThisComputer'), isOpen);
  }
  if (after.locationData !== before.locationData && after.locationData === 'share') {
    add(words.say('consentLocation'), true);
  }
  if (after.fallback !== before.fallback && after.fallback === 'always') {
    add(words.say('consentFallback'), false);
  }
  if (after.watching && !before.watching) add(words.say('consentWatching'), false);
  return changes;
}

/** What to ask before these changes take effect; `undefined`: nothing. */
export function changeConfirmation(
  changes: readonly ConsentChange[],
  why: 'change' | 'import',
  words: Words,
): Confirmation | undefined {
  const isAsked = why === 'import' ? changes.length > 0 : changes.some(({ isRisky }) => isRisky);
  if (!isAsked) return undefined;
  return {
    title: words.say(why === 'import' ? 'confirmImport' : 'confirmChange'),
    detail: changes.map(({ text }) => text).join('\n'),
    yes: words.say(why === 'import' ? 'confirmImportYes' : 'confirmChangeYes'),
    no: words.say('confirmNo'),
  };
}
