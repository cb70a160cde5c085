import { useCallback, useEffect, useState } from 'preact/hooks';

export interface Notice {
  readonly text: string;
  /** Makes the same text, said again, a new notice. */
  readonly number: number;
}

/** How long a notice stays, in ms. */
const SHOWN_MS = 4000;

/** The latest short message about what was done. */
export function useNotice(): [notice: Notice | null, tell: (text: string) => void] {
  const [notice, setNotice] = useState<Notice | null>(null);
  useEffect(() => {
    if (notice === null) return;
    const timer = setTimeout(() => setNotice(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  const tell = useCallback((text: string) => {
    setNotice((last) => ({ text, number: (last?.number ?? 0) + 1 }));
  }, []);
  return [notice, tell];
}
