import type { ActivityView } from '../../preload/contract.ts';

/** A share that is done sooner is not shown as under way, in ms: the icon would only flicker. */
const SHOWN_AFTER_MS = 150;

/**
 * Passes on what is being shared once it takes a while. Most shares are done in some 20 ms, and
 * a tray that is redrawn twice meanwhile would take as long as the share itself.
 */
export function createLateActivity(
  show: (activity: ActivityView | null) => void,
): (activity: ActivityView | null) => void {
  let latest: ActivityView | null = null;
  let shown = false;
  let timer: NodeJS.Timeout | undefined;
  return (activity) => {
    latest = activity;
    if (activity === null) {
      clearTimeout(timer);
      timer = undefined;
      if (shown) show(null);
      shown = false;
    } else if (shown) {
      show(activity);
    } else {
      timer ??= setTimeout(() => {
        shown = true;
        show(latest);
      }, SHOWN_AFTER_MS);
    }
  };
}
