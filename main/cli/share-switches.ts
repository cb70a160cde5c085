import * as v from 'valibot';
import { type ShareOptions, shareOptionsSchema } from '../share-options.ts';
import type { Given } from './arguments.ts';

const UNIT_SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 } as const;

/** Seconds of a duration such as `1h`; `null` for `never`; `undefined` for anything else. */
export function secondsOf(text: string): number | null | undefined {
  if (text === 'never') return null;
  const [, count, unit] = /^(\d{1,9})([smhdw])$/.exec(text) ?? [];
  // Safe: the expression has these letters.
  return count === undefined ? undefined : Number(count) * UNIT_SECONDS[unit as 's'];
}

/** Options that set a share option, whose value its schema checks. */
const SHARE_SWITCHES: Readonly<
  Record<
    string,
    { readonly option: keyof ShareOptions; readonly expects: string; read(text: string): unknown }
  >
> = {
  'max-opens': {
    option: 'maxOpens',
    expects: 'a number from 1 to 1000',
    read: (text) => (/^\d{1,15}$/.test(text) ? Number(text) : text),
  },
  expires: {
    option: 'expiresInSeconds',
    expects: 'a time such as 30m, 1h, 7d or never, and at most 30 days',
    read: secondsOf,
  },
  once: { option: 'once', expects: 'no value', read: () => true },
};

/** The share options among these. @returns a sentence where one has a wrong value */
export function shareOptionsOf(given: readonly Given[]): ShareOptions | string {
  let options: ShareOptions = {};
  for (const { name, value = '' } of given) {
    const found = Object.hasOwn(SHARE_SWITCHES, name) ? SHARE_SWITCHES[name] : undefined;
    if (found === undefined) continue;
    const asked = { ...options, [found.option]: found.read(value) };
    const parsed = v.safeParse(shareOptionsSchema, asked);
    if (!parsed.success) return `--${name} requires ${found.expects}.`;
    options = parsed.output;
  }
  return options;
}
