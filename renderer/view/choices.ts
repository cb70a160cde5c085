import type { SettingsView } from '../../preload/contract.ts';
import type { Messages } from '../i18n/messages.ts';

type Language = Exclude<SettingsView['language'], 'system'>;
type Copied = SettingsView['offerToShare'];

/** How many items the clipboard history keeps, with the number in use; 0: none. */
export function historyChoices(
  { t }: Messages,
  inUse: number,
): readonly (readonly [number, string])[] {
  return withValue([0, 5, 10, 20], inUse).map((count) => [
    count,
    count === 0 ? t('off') : `${count}`,
  ]);
}

/** What is offered, or shared automatically, after a copy. */
export function copiedChoices({ t }: Messages): readonly (readonly [Copied, string])[] {
  return [
    ['off', t('off')],
    ['images', t('copiedImages')],
    ['images-and-files', t('copiedImagesAndFiles')],
    ['everything', t('copiedEverything')],
  ];
}

/** A file of settings may hold a number that the list does not have: it is not hidden. */
function withValue(usual: readonly number[], inUse: number): readonly number[] {
  return [...new Set([...usual, inUse])].sort((a, b) => a - b);
}

/** After how many hours a link ends; 0: only when it is revoked. */
export function expiryChoices({ t }: Messages): readonly (readonly [number, string])[] {
  const words = (hours: number): string =>
    hours < 24 ? t('hours', { count: hours }) : t('days', { count: hours / 24 });
  return [1, 24, 7 * 24, 30 * 24, 0].map((hours) => [
    hours,
    hours === 0 ? t('expiryNever') : words(hours),
  ]);
}

/** How long a link lives: "7 days", "12 hours"; 0: "Never expires". */
export function lifeText({ t }: Messages, hours: number): string {
  if (hours === 0) return t('neverExpires');
  return hours % 24 === 0 ? t('lifeDays', { count: hours / 24 }) : t('lifeHours', { count: hours });
}

/** How many seconds a new link stays closed; 0: it opens at once. */
export function graceChoices({ t }: Messages): readonly (readonly [number, string])[] {
  return [0, 3, 10, 30, 60].map((seconds) => [
    seconds,
    seconds === 0 ? t('graceNone') : t('seconds', { count: seconds }),
  ]);
}

/** How much this computer keeps at most, in GB, with the value in use. */
export function quotaChoices(
  { size }: Messages,
  inUse: number,
): readonly (readonly [number, string])[] {
  return withValue([0.5, 1, 2, 5, 10, 50, 100], inUse).map((gigabytes) => [
    gigabytes,
    size(gigabytes * 1000 ** 3),
  ]);
}

/** Each language by its own name, so that people find theirs. */
export function languageChoices(): readonly (readonly [Language, string])[] {
  return [
    ['de', 'Deutsch'],
    ['en', 'English'],
    ['es', 'Español'],
    ['ja', '日本語'],
    ['zh', '中文（简体）'],
  ];
}
