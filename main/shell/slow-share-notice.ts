import type { ActivityView } from '../../preload/contract.ts';
import type { Words } from '../i18n/messages.ts';
import { type Notice, stillWorkingNotice } from './notices.ts';

/** A share that takes longer than this is told of, with a way to stop it, in ms. */
export const SLOW_AFTER_MS = 10_000;

export interface StillWorkingNeeds {
  /** Shown what goes on; from some time on it is marked as slow. */
  readonly show: (activity: ActivityView | null) => void;
  readonly notify: (notice: Notice) => void;
  readonly withdraw: (cause: string) => void;
  readonly words: Words;
}

/**
 * Tells once of a share that takes long: without a word people take it for lost and press again.
 * The notification goes when the share is over, whichever way.
 */
export function createStillWorking({
  show,
  notify,
  withdraw,
  words,
}: StillWorkingNeeds): (activity: ActivityView | null) => void {
  let latest: ActivityView | null = null;
  let timer: NodeJS.Timeout | undefined;
  let slow = false;

  const onSlow = (): void => {
    slow = true;
    if (latest === null) return;
    tell(latest);
    notify(stillWorkingNotice(latest.what, latest.slow === 'uploading', words));
  };
  const tell = (activity: ActivityView): void =>
    show(slow && activity.slow === undefined ? { ...activity, slow: 'working' } : activity);

  return (activity) => {
    latest = activity;
    if (activity !== null) {
      timer ??= setTimeout(onSlow, SLOW_AFTER_MS);
      tell(activity);
      return;
    }
    clearTimeout(timer);
    timer = undefined;
    if (slow) withdraw('still-working');
    slow = false;
    show(null);
  };
}
