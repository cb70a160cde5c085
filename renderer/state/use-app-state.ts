import { useEffect, useState } from 'preact/hooks';
import type { AppState, LinkifyBridge } from '../../preload/contract.ts';
import { applyChange } from './apply-change.ts';

export interface KnownState {
  readonly state: AppState;
  /** Counts how often the window was shown: each time it starts anew, at the newest link. */
  readonly visit: number;
}

/**
 * The app's state as the main process tells it; null until the first answer.
 * It is asked for once; then changes are told, and what changed while the window was hidden is
 * told when it is shown. When one was missed, all is asked for again.
 */
export function useAppState(bridge: LinkifyBridge): KnownState | null {
  const [known, setKnown] = useState<KnownState | null>(null);
  useEffect(() => {
    let state: AppState | null = null;
    let visit = 0;
    let asking = false;
    let again = false;
    const show = (): void => {
      if (state !== null) setKnown({ state, visit });
    };
    const ask = async (): Promise<void> => {
      again = true;
      if (asking) return;
      asking = true;
      while (again) {
        again = false;
        state = await bridge.state();
      }
      asking = false;
      show();
    };
    const unsubscribe = bridge.subscribe((change) => {
      if (change.shown) visit += 1;
      const next = state === null ? null : applyChange(state, change);
      // An answer under way may be older than this change: then another one is asked for.
      if (next === null) return void ask();
      state = next;
      show();
    });
    void ask();
    return unsubscribe;
  }, [bridge]);
  return known;
}
