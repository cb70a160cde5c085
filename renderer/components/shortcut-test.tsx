import { useState } from 'preact/hooks';
import type { LinkifyBridge } from '../../preload/contract.ts';
import { useWords } from '../i18n/use-words.ts';
import { Icon } from './icon.tsx';

type Test = 'not-yet' | 'listening' | 'heard' | { readonly problem: string };

/** A press that is heard is the only proof that a shortcut works. */
export function ShortcutTest(props: {
  readonly test: NonNullable<LinkifyBridge['testShortcut']>;
  /** As a person reads it. */
  readonly shortcut: string;
}) {
  const { say } = useWords();
  const [state, setState] = useState<Test>('not-yet');
  const listen = async (): Promise<void> => {
    setState('listening');
    const outcome = await props.test();
    setState(outcome.ok ? 'heard' : { problem: outcome.failure.sentence });
  };
  const note =
    typeof state === 'object'
      ? state.problem
      : state === 'listening'
        ? say('welcomeListening', { shortcut: props.shortcut })
        : state === 'heard'
          ? say('welcomeHeard')
          : '';
  return (
    <>
      <div class="step">
        <button
          type="button"
          class="button"
          aria-disabled={state === 'listening'}
          onClick={() => state !== 'listening' && void listen()}
        >
          {state === 'heard' && <Icon name="check" />}
          {say('welcomeTest')}
        </button>
        <span class="setting-help">{say('welcomePress')}</span>
      </div>
      <p class="setting-note" role="status" data-problem={typeof state === 'object'}>
        {note}
      </p>
    </>
  );
}
