import { useEffect, useState } from 'preact/hooks';

/** Counts how often the window was put away: what someone typed or opened is gone the next time. */
export function usePutAway(): number {
  const [times, setTimes] = useState(0);
  useEffect(() => {
    const onChange = (): void => {
      if (document.hidden) setTimes((count) => count + 1);
    };
    document.addEventListener('visibilitychange', onChange);
    return () => document.removeEventListener('visibilitychange', onChange);
  }, []);
  return times;
}
