import { useLayoutEffect, useRef } from 'preact/hooks';

/** Keys that nothing on the way took for itself, wherever the focus is. */
export function useWindowKeys(onKeyDown: (event: KeyboardEvent) => void): void {
  const latest = useRef(onKeyDown);
  latest.current = onKeyDown;
  // At once: a key may be pressed as soon as something is drawn.
  useLayoutEffect(() => {
    const listener = (event: KeyboardEvent): void => latest.current(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
