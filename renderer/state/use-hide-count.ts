import { useEffect, useState } from 'preact/hooks';

/** Counts how often the window was hidden; used as a key to reset drafts and open panels. */
export function useHideCount(): number {
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
