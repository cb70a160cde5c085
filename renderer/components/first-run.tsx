import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { AppState, LinkifyBridge, LinkView } from '../../preload/contract.ts';
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
import { ReachChoice } from './settings/reach-choice.tsx';
import { ShortcutRecorder } from './settings/shortcut-recorder.tsx';
import { ShortcutSetUp } from './settings/shortcut-set-up.tsx';
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
  const { t } = useMessages();
  const { state, apply } = props;
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => title.current?.focus(), []);
  return (
    <main class="settings first-run">
      <div class="groups">
        <h1 ref={title} tabIndex={-1}>
          {t('welcome')}
        </h1>
        <p>{t(WHAT_IT_DOES[props.platform])}</p>
        <ShortcutStep {...props} />
        <ClipboardNote state={state} />
        <section class="group">
          <ReachChoice reach={state.settings.reach} apply={apply} />
        </section>
        <TryStep actions={props.actions} />
        <p class="setting-help">{t('welcomePrivacy')}</p>
      </div>
      <footer class="first-run-foot">
        <button type="button" class="button primary" onClick={props.onDone}>
          {t('welcomeDone')}
        </button>
      </footer>
    </main>
  );
}

/** The shortcut: recorded, and proven by a press. */
function ShortcutStep({ state, bridge, platform, apply }: FirstRunProps) {
  const { t } = useMessages();
  const { state: test, listen, reset } = useShortcutTest(bridge.testShortcut);
  const { accelerator, keys } = state.shortcut;
  const shortcut = spokenAccelerator(accelerator, platform);

  const record = (next: string): void => {
    reset();
    void apply({ shareShortcut: next });
  };

  const note =
    typeof test === 'object'
      ? { text: test.problem, problem: true }
      : test === 'listening'
        ? { text: t('welcomeListening', { shortcut: keys ?? shortcut }), problem: false }
        : test === 'heard'
          ? { text: t('welcomeHeard'), problem: false }
          : (shortcutNote(state.shortcut, shortcut, t) ?? {
              text: t('shortcutHelp'),
              problem: false,
            });
  // The way to set it up says the same.
  const isSaid = test === 'not-yet' && state.shortcut.state === 'unavailable';
  return (
    <section class="group">
      <ShortcutRecorder
        label={t('welcomeShortcut')}
        accelerator={accelerator}
        note={isSaid ? null : note}
        removable={false}
        onListening={(listening) => void bridge.holdShortcuts(listening)}
        platform={platform}
        onRecord={record}
      />
      <ShortcutSetUp state={state} setUp={bridge.setUpShortcut} />
      <ShortcutTestButton state={test} onListen={listen} />
    </section>
  );
}

/** Makes a real link to one harmless line. */
function TryStep({ actions }: { readonly actions: LinkActions }) {
  const { t } = useMessages();
  const [made, setMade] = useState<LinkView | null>(null);
  const makeOne = async (): Promise<void> => {
    setMade(await actions.share({ from: 'text', text: t('welcomeSample') }));
  };
  return (
    <section class="group" aria-labelledby="try-it">
      <p class="setting-label" id="try-it">
        {t('welcomeTry')}
      </p>
      {made === null ? (
        <>
          <p class="setting-help">{t('welcomeTryHelp')}</p>
          <button type="button" class="button step" onClick={() => void makeOne()}>
            <Icon name="share" />
            {t('welcomeTryNow')}
          </button>
        </>
      ) : (
        <>
          <p class="panel-link">{made.link}</p>
          <div class="buttons">
            <button type="button" class="button" onClick={() => void actions.open(made.id)}>
              <Icon name="open" />
              {t('open')}
            </button>
            <button
              type="button"
              class="button"
              onClick={() => void actions.revoke(made.id).then((gone) => gone && setMade(null))}
            >
              <Icon name="revoke" />
              {t('revoke')}
            </button>
          </div>
        </>
      )}
    </section>
  );
}
