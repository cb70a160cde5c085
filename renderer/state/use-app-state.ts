import { useEffect, useState } from 'preact/hooks';
import type { AppState, LinkifyBridge } from '../../preload/contract.ts';

/**
 * The app's state as the main process tells it; null until the first answer.
 * A hidden window is told nothing, so it asks when it is shown again.
 */
export function useAppState(bridge: LinkifyBridge): AppState | null {
  const [state, setState] = useState<AppState | null>(null);
  useEffect(() => {
    let news = 0;
    const ask = async (): Promise<void> => {
      const before = news;
      const answer = await bridge.state();
      // What was told meanwhile is newer than this answer.
      if (news === before) setState(answer);
    };
    const unsubscribe = bridge.subscribe((next) => {
      news += 1;
      setState(next);
    });
    const onVisibility = (): void => {
      if (!document.hidden) void ask();
    };
    document.addEventListener('visibilitychange', onVisibility);
    void ask();
    return () => {
      news = Number.NaN;
      unsubscribe();
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, [bridge]);
  return state;
}
