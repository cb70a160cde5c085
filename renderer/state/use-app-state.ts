import { useEffect, useState } from 'preact/hooks';
import type { AppState, LinkifyBridge } from '../../preload/contract.ts';

/** The app's state as the main process tells it; null until the first answer. */
export function useAppState(bridge: LinkifyBridge): AppState | null {
  const [state, setState] = useState<AppState | null>(null);
  useEffect(() => {
    let stopped = false;
    let told = false;
    const unsubscribe = bridge.subscribe((next) => {
      told = true;
      setState(next);
    });
    // A change that arrives before this answer is newer than it.
    void bridge.state().then((first) => {
      if (!stopped && !told) setState(first);
    });
    return () => {
      stopped = true;
      unsubscribe();
    };
  }, [bridge]);
  return state;
}
