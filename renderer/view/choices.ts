import type { SettingsView } from '../../preload/contract.ts';
import type { Words } from '../i18n/words.ts';

type Language = Exclude<NonNullable<SettingsView['language']>, 'system'>;

/** How many clips can be kept; the app keeps 20 at most. */
export const KEPT_CLIPS: readonly number[] = [0, 5, 10, 20];

/** After how many hours a link ends; 0: only when it is revoked. */
export function expiryChoices({ say }: Words): readonly (readonly [number, string])[] {
  const words = (hours: number): string =>
    hours < 24 ? say('hours', { count: hours }) : say('days', { count: hours / 24 });
  return [1, 24, 7 * 24, 30 * 24, 0].map((hours) => [
    hours,
    hours === 0 ? say('expiryNever') : words(hours),
  ]);
}

/** How many seconds a new link stays closed; 0: it opens at once. */
export function graceChoices({ say }: Words): readonly (readonly [number, string])[] {
  return [0, 5, 10, 30, 60].map((seconds) => [
    seconds,
    seconds === 0 ? say('graceNone') : say('seconds', { count: seconds }),
  ]);
}

/** How much this computer keeps at most, in GB, with the value in use. */
export function quotaChoices(
  { size }: Words,
  inUse: number,
): readonly (readonly [number, string])[] {
  const all = new Set([0.5, 1, 2, 5, 10, 50, 100, inUse]);
  return [...all]
    .sort((a, b) => a - b)
    .map((gigabytes) => [gigabytes, size(gigabytes * 1000 ** 3)]);
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
