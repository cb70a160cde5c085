import type { LinkifyBridge } from '../../../preload/contract.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { type ShortcutTestState, useShortcutTest } from '../../state/use-shortcut-test.ts';
import { Icon } from '../icon.tsx';

/** Proves the shortcut by a press, and says what came of it. */
export function ShortcutTest(props: {
  readonly test: LinkifyBridge['testShortcut'];
  /** As a person reads it. */
  readonly shortcut: string;
}) {
  const { t } = useMessages();
  const { state, listen } = useShortcutTest(props.test);
  const note =
    typeof state === 'object'
      ? state.problem
      : state === 'listening'
        ? t('welcomeListening', { shortcut: props.shortcut })
        : state === 'heard'
          ? t('welcomeHeard')
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
  const { t } = useMessages();
  return (
    <div class="step">
      <button
        type="button"
        class="button"
        aria-disabled={props.state === 'listening'}
        onClick={props.onListen}
      >
        {props.state === 'heard' && <Icon name="check" />}
        {t('welcomeTest')}
      </button>
      <span class="setting-help">{t('welcomePress')}</span>
    </div>
  );
}
