import type { ShareOptions } from '../../preload/contract.ts';

/** What someone chose for the next share, as the form has it. */
export interface ChosenOptions {
  /** In hours; 0: until it is revoked; `usual`: as the settings say. */
  readonly expiryHours: number | 'usual';
  readonly once: boolean;
  /** Empty: none. */
  readonly password: string;
}

export const DEFAULT_OPTIONS: ChosenOptions = { expiryHours: 'usual', once: false, password: '' };

/** What goes with the share; nothing where nothing was chosen. */
export function shareOptionsOf({
  expiryHours,
  once,
  password,
}: ChosenOptions): ShareOptions | undefined {
  const shareOptions: ShareOptions = {
    ...(expiryHours === 'usual' ? {} : { expiresInSeconds: secondsOf(expiryHours) }),
    ...(once ? { once } : {}),
    ...(password === '' ? {} : { password }),
  };
  return Object.keys(shareOptions).length === 0 ? undefined : shareOptions;
}

/** Hours as a service counts them; 0 is no end. */
export function secondsOf(hours: number): number | null {
  return hours === 0 ? null : hours * 3_600;
}
