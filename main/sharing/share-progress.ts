import { EventEmitter } from 'node:events';
import type { ActivityView } from '../../preload/contract.ts';
import type { Sharing } from './share.ts';
import { createMeasureRate } from './upload-rate.ts';

/** A share that is done sooner is not shown as under way, in ms: the icon would only flicker. */
const SHOWN_AFTER_MS = 150;

/** A share that takes longer than this, once it is shown, is slow, in ms. */
export const SLOW_AFTER_MS = 10_000;

interface ShareProgressEvents {
  changed: [];
  /** A share takes long. */
  slow: [activity: ActivityView];
  /** A slow share has ended, whichever way. */
  'slow-ended': [];
}

/**
 * The share under way as it is shown: once it takes a while, with the upload rate, and marked when it
 * is slow. Most shares are done in some 20 ms, and a tray that is redrawn twice meanwhile would take
 * as long as the share itself.
 */
export class ShareProgress extends EventEmitter<ShareProgressEvents> {
  readonly #withRate: (activity: ActivityView) => ActivityView;
  /** Also what is not shown yet. */
  #latest: ActivityView | null = null;
  #isShown = false;
  #isSlow = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param now a monotonic clock, in ms, that rates are computed with */
  constructor(sharing: Pick<Sharing, 'on'>, now: () => number) {
    super();
    const measure = createMeasureRate(now);
    this.#withRate = (activity) => {
      const { progress } = activity;
      if (progress === undefined) return activity;
      const bytesPerSecond = measure(progress.sentBytes);
      return bytesPerSecond === undefined
        ? activity
        : { ...activity, progress: { ...progress, bytesPerSecond } };
    };
    sharing.on('activity', (activity) => this.#update(activity));
  }

  current(): ActivityView | null {
    if (!this.#isShown || this.#latest === null) return null;
    return this.#isSlow && this.#latest.slow === undefined
      ? { ...this.#latest, slow: 'working' }
      : this.#latest;
  }

  #update(activity: ActivityView | null): void {
    if (activity === null) {
      this.#end();
      return;
    }
    this.#latest = this.#withRate(activity);
    if (this.#isShown) this.emit('changed');
    else this.#timer ??= setTimeout(() => this.#show(), SHOWN_AFTER_MS);
  }

  #show(): void {
    this.#isShown = true;
    this.#timer = setTimeout(() => {
      this.#isSlow = true;
      this.emit('changed');
      if (this.#latest !== null) this.emit('slow', this.#latest);
    }, SLOW_AFTER_MS);
    this.emit('changed');
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#latest = null;
    if (this.#isSlow) this.emit('slow-ended');
    this.#isSlow = false;
    if (!this.#isShown) return;
    this.#isShown = false;
    this.emit('changed');
  }
}
