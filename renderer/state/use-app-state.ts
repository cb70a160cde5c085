import { useEffect, useState } from 'preact/hooks';
import type { AppState, LinkifyBridge } from '../../preload/contract.ts';

export interface KnownState {
  readonly state: AppState;
  /** Counts how often the window was shown: each time it starts anew, at the newest link. */
  readonly visit: number;
}

/**
 * The app's state as the main process tells it; null until the first answer.
 * A hidden window is told nothing, so it asks when it is shown again.
 */
export function useAppState(bridge: LinkifyBridge): KnownState | null {
  const [known, setKnown] = useState<KnownState | null>(null);
  useEffect(() => {
    let news = 0;
    let asking = false;
    const ask = async (): Promise<void> => {
      if (asking) return;
      asking = true;
      const before = news;
      const answer = await bridge.state();
      asking = false;
      setKnown((last) => ({
        // What was told meanwhile is newer than this answer.
        state: news === before || last === null ? answer : last.state,
        visit: (last?.visit ?? 0) + 1,
      }));
    };
    const unsubscribe = bridge.subscribe((state) => {
      news += 1;
      setKnown((last) => ({ state, visit: last?.visit ?? 0 }));
    });
    const onVisibility = (): void => {
      if (!document.hidden) void ask();
    };
    const onShown = (): void => void ask();
    document.addEventListener('visibilitychange', onVisibility);
    // The main process changes the address each time that it shows the window.
    addEventListener('hashchange', onShown);
    void ask();
    return () => {
      unsubscribe();
      document.removeEventListener('visibilitychange', onVisibility);
      removeEventListener('hashchange', onShown);
    };
  }, [bridge]);
  return known;
}
