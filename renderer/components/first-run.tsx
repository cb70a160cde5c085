import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { AppState, LinkifyBridge } from '../../preload/contract.ts';
import { spokenAccelerator } from '../../preload/key-names.ts';
import type { TextKey } from '../i18n/messages.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { LinkActions } from '../state/link-actions.ts';
import { useShortcutTest } from '../state/use-shortcut-test.ts';
import type { Platform } from '../view/platform.ts';
import { shortcutNote } from '../view/shortcut-note.ts';
import { Icon } from './icon.tsx';
import { ClipboardNote } from './settings/clipboard-note.tsx';
import type { GroupProps } from './settings/group-props.ts';
import { ShortcutRecorder } from './settings/shortcut-recorder.tsx';
import { ShortcutSetUp } from './settings/shortcut-set-up.tsx';
import { ShortcutTestButton } from './settings/shortcut-test.tsx';
import { TrayPicture } from './tray-picture.tsx';

interface FirstRunProps {
  readonly state: AppState;
  readonly bridge: LinkifyBridge;
  readonly actions: LinkActions;
  readonly platform: Platform;
  readonly apply: GroupProps['apply'];
  readonly onDone: () => void;
}

const WHERE = {
  mac: 'welcomeIconMac',
  windows: 'welcomeIconWindows',
  linux: 'welcomeIconLinux',
} as const satisfies Record<Platform, TextKey>;

/** Two steps, the shortcut and a first link; below them some choices, and where the icon is. */
export function FirstRun(props: FirstRunProps) {
  const { t } = useMessages();
  const { state, platform, apply } = props;
  const { checkForUpdates, launchAtLogin, reach } = state.settings;
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => title.current?.focus(), []);
  return (
    <main class="settings first-run">
      <div class="groups">
        <h1 ref={title} tabIndex={-1}>
          {t('welcome')}
        </h1>
        <ShortcutStep {...props} />
        <ClipboardNote state={state} />
        <SampleStep actions={props.actions} />
        <div class="welcome-choices">
          <Choice
            label={t('launchAtLogin')}
            checked={launchAtLogin}
            onChange={(on) => void apply({ launchAtLogin: on })}
          />
          <Choice
            label={t('welcomeReach')}
            checked={reach === 'network'}
            onChange={(on) => void apply({ reach: on ? 'network' : 'this-computer' })}
          />
          {state.update && (
            <Choice
              label={t('welcomeUpdates')}
              checked={checkForUpdates}
              onChange={(on) => void apply({ checkForUpdates: on })}
            />
          )}
        </div>
        <div class="welcome-icon">
          <TrayPicture platform={platform} />
          <p class="welcome-where">{t(WHERE[platform])}</p>
        </div>
      </div>
      <footer class="first-run-foot">
        <button type="button" class="button primary" onClick={props.onDone}>
          {t('welcomeDone')}
        </button>
      </footer>
    </main>
  );
}

/** The number of a step, or that it is done. */
function StepMark({ number, isDone }: { readonly number: number; readonly isDone: boolean }) {
  return (
    <span class="step-mark" data-done={isDone} aria-hidden="true">
      {isDone ? <Icon name="check" /> : number}
    </span>
  );
}

/** The shortcut: recorded by pressing it, and proven by another press. */
function ShortcutStep({ state, bridge, platform, apply }: FirstRunProps) {
  const { t } = useMessages();
  const { state: test, listen, reset } = useShortcutTest(bridge.testShortcut);
  const { accelerator, keys } = state.shortcut;
  const shortcut = keys ?? spokenAccelerator(accelerator, platform, t);
  const isActive = state.shortcut.state === 'active';
  // The press is awaited at once, and again after other keys were recorded.
  useEffect(() => {
    if (isActive) listen();
  }, [isActive, accelerator]);

  const note = ((): { readonly text: string; readonly problem: boolean } | null => {
    if (typeof test === 'object') return { text: test.problem, problem: false };
    if (test === 'listening') return { text: t('welcomeListening', { shortcut }), problem: false };
    if (test === 'heard') return { text: t('welcomeHeard'), problem: false };
    // The way to set it up says the same.
    return state.shortcut.state === 'unavailable'
      ? null
      : shortcutNote(state.shortcut, shortcut, t);
  })();
  return (
    <section class="group step-group">
      <StepMark number={1} isDone={test === 'heard'} />
      <div>
        <ShortcutRecorder
          label={t('welcomeShortcut')}
          accelerator={accelerator}
          note={note}
          removable={false}
          onListening={(listening) => void bridge.holdShortcuts(listening)}
          platform={platform}
          onRecord={(next) => {
            reset();
            void apply({ shareShortcut: next });
          }}
        />
        <ShortcutSetUp state={state} setUp={bridge.setUpShortcut} />
        {test !== 'listening' && test !== 'heard' && (
          <ShortcutTestButton state={test} onListen={listen} />
        )}
      </div>
    </section>
  );
}

/** A link to one harmless line, which opens at once: the delay is for others. */
function SampleStep({ actions }: { readonly actions: LinkActions }) {
  const { t } = useMessages();
  const label = useId();
  const [isOpened, setOpened] = useState(false);
  const made = useRef<string | null>(null);
  const open = async (): Promise<void> => {
    made.current ??= (await actions.share({ from: 'text', text: t('welcomeSample') }))?.id ?? null;
    if (made.current !== null && (await actions.open(made.current))) setOpened(true);
  };
  return (
    <section class="group step-group">
      <StepMark number={2} isDone={isOpened} />
      <div class="setting">
        <span class="setting-label" id={label}>
          {t('welcomeTry')}
        </span>
        <button type="button" class="button" aria-describedby={label} onClick={() => void open()}>
          <Icon name="open" />
          {t('welcomeTryNow')}
        </button>
      </div>
    </section>
  );
}

function Choice(props: {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <label class="welcome-choice" for={id}>
      <input
        id={id}
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      {props.label}
    </label>
  );
}
