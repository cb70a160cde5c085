import type { LinkifyBridge } from '../../../preload/contract.ts';
import { useWords } from '../../i18n/use-words.ts';
import { type ShortcutTestState, useShortcutTest } from '../../state/use-shortcut-test.ts';
import { Icon } from '../icon.tsx';

/** Proves the shortcut by a press, and says what came of it. */
export function ShortcutTest(props: {
  readonly test: LinkifyBridge['testShortcut'];
  /** As a person reads it. */
  readonly shortcut: string;
}) {
  const { say } = useWords();
  const { state, listen } = useShortcutTest(props.test);
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
      <ShortcutTestButton state={state} onListen={listen} />
      <p class="setting-note" role="status" data-problem={typeof state === 'object'}>
        {note}
      </p>
    </>
  );
}

export function ShortcutTestButton(props: {
  readonly state: ShortcutTestState;
  readonly onListen: () => void;
}) {
  const { say } = useWords();
  return (
    <div class="step">
      <button
        type="button"
        class="button"
        aria-disabled={props.state === 'listening'}
        onClick={props.onListen}
      >
        {props.state === 'heard' && <Icon name="check" />}
        {say('welcomeTest')}
      </button>
      <span class="setting-help">{say('welcomePress')}</span>
    </div>
  );
}
