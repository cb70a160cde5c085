import type { Messages } from '../i18n/messages.ts';
import { type SettingValues, settingEntries } from '../settings/table.ts';
import { destinationOf } from '../targets/choice.ts';
import type { Confirmation } from './confirmation.ts';

export interface ConsentChange {
  readonly text: string;
  /** More leaves the computer, or less is said about it. */
  readonly isRisky: boolean;
}

/**
 * What a change means for where content goes and what the user is asked and told. Where links are
 * created depends on two settings and is described here; the rest stands in the table of settings.
 */
export function consentChanges(
  before: SettingValues,
  after: SettingValues,
  messages: Messages,
  isTokenNew = false,
): readonly ConsentChange[] {
  const changes: ConsentChange[] = [];
  const { id, name, isRisky } = destinationOf(after);
  const isSame = id === destinationOf(before).id;
  if (!isSame) {
    const text = 'text' in name ? messages.t(name.text) : messages.t('consentCustom', name);
    // A server that was confirmed before can be switched to.
    const isConfirmed = before.servers.some(({ url }) => url === id) && !isTokenNew;
    changes.push({ text, isRisky: isRisky && !isConfirmed });
  } else if (isTokenNew && 'url' in name) {
    // On a server with several accounts another token is another account.
    changes.push({ text: messages.t('consentToken', name), isRisky: true });
  }
  for (const [setting, { consent }] of settingEntries) {
    const value = after[setting];
    const change = value === before[setting] ? undefined : consent?.(value);
    if (change !== undefined) {
      changes.push({ text: messages.t(change.text), isRisky: change.isRisky });
    }
  }
  return changes;
}

/** What to ask before these changes take effect; `undefined`: nothing. */
export function changeConfirmation(
  changes: readonly ConsentChange[],
  why: 'change' | 'import',
  messages: Messages,
): Confirmation | undefined {
  const isAsked = why === 'import' ? changes.length > 0 : changes.some(({ isRisky }) => isRisky);
  if (!isAsked) return undefined;
  return {
    title: messages.t(why === 'import' ? 'confirmImport' : 'confirmChange'),
    detail: changes.map(({ text }) => text).join('\n'),
    yes: messages.t(why === 'import' ? 'confirmImportYes' : 'confirmChangeYes'),
    no: messages.t('confirmNo'),
  };
}
