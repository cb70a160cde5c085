import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { AppState, LinkifyBridge, LinkView } from '../../preload/contract.ts';
import { spokenAccelerator } from '../../preload/key-names.ts';
import type { TextKey } from '../i18n/messages.ts';
import { useWords } from '../i18n/use-words.ts';
import type { LinkActions } from '../state/link-actions.ts';
import { useShortcutTest } from '../state/use-shortcut-test.ts';
import type { Platform } from '../view/platform.ts';
import { Icon } from './icon.tsx';
import type { GroupProps } from './settings/group-props.ts';
import { ReachChoice } from './settings/reach-choice.tsx';
import { ShortcutRecorder } from './settings/shortcut-recorder.tsx';
import { ShortcutTestButton } from './settings/shortcut-test.tsx';

interface FirstRunProps {
  readonly state: AppState;
  readonly bridge: LinkifyBridge;
  readonly actions: LinkActions;
  readonly platform: Platform;
  readonly apply: GroupProps['apply'];
  readonly onDone: () => void;
}

const WHAT_IT_DOES = {
  mac: 'welcomeWhatMac',
  windows: 'welcomeWhatWindows',
  linux: 'welcomeWhatLinux',
} as const satisfies Record<Platform, TextKey>;

/** One small window: what it does, the shortcut, who can open links, try it. */
export function FirstRun(props: FirstRunProps) {
  const { say } = useWords();
  const { state, apply } = props;
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => title.current?.focus(), []);
  return (
    <main class="preferences first-run">
      <div class="groups">
        <h1 ref={title} tabIndex={-1}>
          {say('welcome')}
        </h1>
        <p>{say(WHAT_IT_DOES[props.platform])}</p>
        <ShortcutStep {...props} />
        <section class="group">
          <ReachChoice reach={state.settings.reach} apply={apply} />
        </section>
        <TryStep actions={props.actions} />
        <p class="setting-help">{say('welcomePrivacy')}</p>
      </div>
      <footer class="first-run-foot">
        <button type="button" class="button primary" onClick={props.onDone}>
          {say('welcomeDone')}
        </button>
      </footer>
    </main>
  );
}

/** The shortcut: recorded, and proven by a press. */
function ShortcutStep({ state, bridge, platform, apply }: FirstRunProps) {
  const { say } = useWords();
  const { state: test, listen, reset } = useShortcutTest(bridge.testShortcut);
  const { accelerator } = state.shortcut;
  const taken = state.shortcut.state === 'taken';
  const shortcut = spokenAccelerator(accelerator, platform);

  const record = (next: string): void => {
    reset();
    void apply({ shareShortcut: next });
  };

  const note =
    typeof test === 'object'
      ? { text: test.problem, problem: true }
      : taken
        ? { text: say('shortcutTaken', { shortcut }), problem: true }
        : test === 'listening'
          ? { text: say('welcomeListening', { shortcut }), problem: false }
          : test === 'heard'
            ? { text: say('welcomeHeard'), problem: false }
            : { text: say('shortcutHelp'), problem: false };
  return (
    <section class="group">
      <ShortcutRecorder
        label={say('welcomeShortcut')}
        accelerator={accelerator}
        note={note}
        removable={false}
        onListening={(listening) => void bridge.holdShortcuts(listening)}
        platform={platform}
        onRecord={record}
      />
      <ShortcutTestButton state={test} onListen={listen} />
    </section>
  );
}

/** Makes a real link to one harmless line. */
function TryStep({ actions }: { readonly actions: LinkActions }) {
  const { say } = useWords();
  const [made, setMade] = useState<LinkView | null>(null);
  const makeOne = async (): Promise<void> => {
    setMade(await actions.share({ from: 'text', text: say('welcomeSample') }));
  };
  return (
    <section class="group" aria-labelledby="try-it">
      <p class="setting-label" id="try-it">
        {say('welcomeTry')}
      </p>
      {made === null ? (
        <>
          <p class="setting-help">{say('welcomeTryHelp')}</p>
          <button type="button" class="button step" onClick={() => void makeOne()}>
            <Icon name="share" />
            {say('welcomeTryNow')}
          </button>
        </>
      ) : (
        <>
          <p class="panel-link">{made.link}</p>
          <div class="buttons">
            <button type="button" class="button" onClick={() => void actions.open(made.id)}>
              <Icon name="open" />
              {say('open')}
            </button>
            <button
              type="button"
              class="button"
              onClick={() => void actions.revoke(made.id).then((gone) => gone && setMade(null))}
            >
              <Icon name="revoke" />
              {say('revoke')}
            </button>
          </div>
        </>
      )}
    </section>
  );
}
