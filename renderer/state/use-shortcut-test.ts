import { useEffect, useRef, useState } from 'preact/hooks';
import type { LinkifyBridge } from '../../preload/contract.ts';

export type ShortcutTestState = 'not-yet' | 'listening' | 'heard' | { readonly problem: string };

/** A press that is heard is the only proof that a shortcut works. */
export function useShortcutTest(test: LinkifyBridge['testShortcut']): {
  readonly state: ShortcutTestState;
  /** Waits for the press; while it waits, it does nothing else. */
  readonly listen: () => void;
  /** Other keys are not proven yet. */
  readonly reset: () => void;
} {
  const [state, setState] = useState<ShortcutTestState>('not-yet');
  /** Counts the tests: only the newest one counts. */
  const latest = useRef(0);
  const isWaiting = useRef(false);
  const wait = async (): Promise<void> => {
    latest.current += 1;
    const own = latest.current;
    isWaiting.current = true;
    setState('listening');
    const outcome = await test(true);
    if (own !== latest.current) return;
    isWaiting.current = false;
    setState(outcome.ok ? 'heard' : { problem: outcome.failure.sentence });
  };
  const reset = (): void => {
    latest.current += 1;
    setState('not-yet');
    if (isWaiting.current) void test(false);
    isWaiting.current = false;
  };
  // Without the page that shows the result, a press shares again.
  useEffect(() => reset, []);
  return { state, listen: () => void wait(), reset };
}
