/** New values of some members; `undefined` removes one. */
export type Changed<Options> = {
  readonly [Name in keyof Options]?: Options[Name] | undefined;
};

/** The options after a change, without a member for those that aren't set. */
export function changedOptions<Options extends object>(
  options: Options,
  change: Changed<Options>,
): Options {
  const entries = Object.entries({ ...options, ...change });
  // Names and values are those of the options.
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Options;
}

/** Hours in seconds; 0, which is never, is `null`. */
export function secondsOf(hours: number): number | null {
  return hours === 0 ? null : hours * 3_600;
}

/** Seconds in hours; `null`, which is never, is 0. */
export function hoursOf(seconds: number | null): number {
  return (seconds ?? 0) / 3_600;
}

/** A maximum of opens as it is typed: 1 to 1,000; `undefined`: none. */
export function maxOpensIn(text: string): number | undefined {
  return Math.min(Number(text.replace(/\D/g, '')), 1_000) || undefined;
}
