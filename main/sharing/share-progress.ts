import type { ActivityView } from '../../preload/contract.ts';
import { createMeasureRate } from './upload-rate.ts';

/** A share that is done sooner is not shown as under way, in ms: the icon would only flicker. */
const SHOWN_AFTER_MS = 150;

/**
 * Passes on what is being shared once it takes a while. Most shares are done in some 20 ms, and
 * a tray that is redrawn twice meanwhile would take as long as the share itself.
 * @param now a steady clock, in ms, from which the rate is told
 */
export function createLateActivity(
  show: (activity: ActivityView | null) => void,
  now: () => number,
): (activity: ActivityView | null) => void {
  const measure = createMeasureRate(now);
  const withRate = (activity: ActivityView): ActivityView => {
    const { progress } = activity;
    if (progress === undefined) return activity;
    const bytesPerSecond = measure(progress.sentBytes);
    return bytesPerSecond === undefined
      ? activity
      : { ...activity, progress: { ...progress, bytesPerSecond } };
  };
  let latest: ActivityView | null = null;
  let shown = false;
  let timer: NodeJS.Timeout | undefined;
  return (activity) => {
    latest = activity === null ? null : withRate(activity);
    if (activity === null) {
      clearTimeout(timer);
      timer = undefined;
      if (shown) show(null);
      shown = false;
    } else if (shown) {
      show(latest);
    } else {
      timer ??= setTimeout(() => {
        shown = true;
        show(latest);
      }, SHOWN_AFTER_MS);
    }
  };
}
