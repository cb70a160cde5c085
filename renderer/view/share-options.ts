import type { ShareOptions } from '../../preload/contract.ts';

/** New values of some options; `undefined` removes one. */
export type OptionsChange = {
  readonly [Name in keyof ShareOptions]?: ShareOptions[Name] | undefined;
};

/** The options after a change, without a member for those that aren't set. */
export function changedOptions(options: ShareOptions, change: OptionsChange): ShareOptions {
  const entries = Object.entries({ ...options, ...change });
  // Names and values are those of share options.
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as ShareOptions;
}

/** Hours in seconds; 0, which is never, is `null`. */
export function secondsOf(hours: number): number | null {
  return hours === 0 ? null : hours * 3_600;
}

/** A maximum of opens as it is typed: 1 to 1,000; `undefined`: none. */
export function maxOpensIn(text: string): number | undefined {
  return Math.min(Number(text.replace(/\D/g, '')), 1_000) || undefined;
}
