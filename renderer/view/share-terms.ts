import type { ShareTerms } from '../../preload/contract.ts';

/** What someone chose for the next share, as the form has it. */
export interface ChosenTerms {
  /** In hours; 0: until it is revoked; `usual`: as Preferences say. */
  readonly expiryHours: number | 'usual';
  readonly once: boolean;
  /** Empty: none. */
  readonly password: string;
}

export const USUAL_TERMS: ChosenTerms = { expiryHours: 'usual', once: false, password: '' };

/** What goes with the share; nothing where nothing was chosen. */
export function termsOf({ expiryHours, once, password }: ChosenTerms): ShareTerms | undefined {
  const terms: ShareTerms = {
    ...(expiryHours === 'usual' ? {} : { expiresInSeconds: secondsOf(expiryHours) }),
    ...(once ? { once } : {}),
    ...(password === '' ? {} : { password }),
  };
  return Object.keys(terms).length === 0 ? undefined : terms;
}

/** Hours as a service counts them; 0 is no end. */
export function secondsOf(hours: number): number | null {
  return hours === 0 ? null : hours * 3_600;
}
