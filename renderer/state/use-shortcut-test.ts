import { useState } from 'preact/hooks';
import type { LinkifyBridge } from '../../preload/contract.ts';

export type ShortcutTestState = 'not-yet' | 'listening' | 'heard' | { readonly problem: string };

/** A press that is heard is the only proof that a shortcut works. */
export function useShortcutTest(test: LinkifyBridge['testShortcut']): {
  readonly state: ShortcutTestState;
  /** Waits for the press; while it waits, it does nothing. */
  readonly listen: () => void;
  /** Other keys are not proven yet. */
  readonly reset: () => void;
} {
  const [state, setState] = useState<ShortcutTestState>('not-yet');
  const wait = async (): Promise<void> => {
    if (state === 'listening') return;
    setState('listening');
    const outcome = await test();
    setState(outcome.ok ? 'heard' : { problem: outcome.failure.sentence });
  };
  return { state, listen: () => void wait(), reset: () => setState('not-yet') };
}
