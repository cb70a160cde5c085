import { useEffect, useMemo, useState } from 'preact/hooks';
import type {
  FailureView,
  LinkifyBridge,
  Outcome,
  ReachStep,
  RecoveryId,
  SettingsChange,
  SettingsView,
} from '../preload/contract.ts';
import { FailureBanner } from './components/failure-banner.tsx';
import { FirstRun } from './components/first-run.tsx';
import { Header } from './components/header.tsx';
import { MainView } from './components/main-view.tsx';
import { MissedNotice } from './components/missed-notice.tsx';
import { Question } from './components/question.tsx';
import { isTroubling, ReachBanner } from './components/reach-note.tsx';
import { Preferences } from './components/settings/preferences.tsx';
import { Toast } from './components/toast.tsx';
import { UndoToast } from './components/undo-toast.tsx';
import { useLanguage } from './i18n/use-language.ts';
import { useWords, WordsContext } from './i18n/use-words.ts';
import { createLinkActions } from './state/link-actions.ts';
import { type KnownState, useAppState } from './state/use-app-state.ts';
import { useNotice } from './state/use-notice.ts';
import { usePutAway } from './state/use-put-away.ts';
import { useRoute } from './state/use-route.ts';
import { useTheme } from './state/use-theme.ts';
import { useWindowKeys } from './state/use-window-keys.ts';
import type { Platform } from './view/platform.ts';

interface AppProps {
  readonly bridge: LinkifyBridge;
  readonly platform: Platform;
}

/** Nothing is drawn before the state and the language are there, so that nothing flashes. */
export function App({ bridge, platform }: AppProps) {
  const known = useAppState(bridge);
  const words = useLanguage(known?.state.settings);
  useTheme(known?.state.settings.theme);
  if (known === null || words === null) return null;
  return (
    <WordsContext.Provider value={words}>
      <Popover bridge={bridge} platform={platform} {...known} />
    </WordsContext.Provider>
  );
}

function Popover({ bridge, platform, state, visit }: AppProps & KnownState) {
  const words = useWords();
  const putAway = usePutAway();
  const [route, go] = useRoute();
  const [notice, tell] = useNotice();
  const [ownFailure, setOwnFailure] = useState<FailureView | null>(null);
  const failure = state.failure ?? ownFailure;
  const { question } = state;
  const actions = useMemo(
    () => createLinkActions({ bridge, words, tell, onFailure: setOwnFailure }),
    [bridge, words, tell],
  );

  // What was solved or dismissed elsewhere is solved here too.
  useEffect(() => {
    if (state.failure === null) setOwnFailure(null);
  }, [state.failure]);

  const recover = async (id: RecoveryId): Promise<void> => {
    setOwnFailure(null);
    if (id === 'choose-service' || id === 'choose-shortcut') go('preferences');
    const outcome = await bridge.recover(id);
    if (!outcome.ok) setOwnFailure(outcome.failure);
  };

  const save = async (call: Promise<Outcome<SettingsView>>): Promise<boolean> => {
    const outcome = await call;
    setOwnFailure(outcome.ok || outcome.failure.cause === 'cancelled' ? null : outcome.failure);
    if (outcome.ok) tell(words.say('saved'));
    return outcome.ok;
  };
  const apply = (change: SettingsChange): Promise<boolean> => save(bridge.changeSettings(change));

  const reach = async (step: ReachStep): Promise<void> => {
    const outcome = await bridge.reach(step);
    if (!outcome.ok) return;
    if (step === 'look') tell(words.say('reachLooked'));
  };
  const onReach = (step: ReachStep): void => void reach(step);
  const { reachCheck } = state;
  // Only links of this computer can be changed, and only while they open.
  const hasOwnLinks = useMemo(() => state.links.some((link) => link.canChange), [state.links]);
  const isReachTold =
    route === 'links' &&
    failure === null &&
    state.settings.reach === 'network' &&
    reachCheck &&
    isTroubling(reachCheck, hasOwnLinks);

  const answer = async (id: string, choiceId: string, remember: boolean): Promise<void> => {
    const outcome = await bridge.answer({ questionId: id, choiceId, remember });
    const isDone = outcome.ok || outcome.failure.cause === 'cancelled';
    setOwnFailure(isDone ? null : outcome.failure);
  };

  // On the window, not on an element: what had the focus may just be gone.
  useWindowKeys((event) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      if (route === 'links') void bridge.hide();
      else go('links');
    }
    if (event.key === ',' && (event.ctrlKey || event.metaKey)) go('preferences');
  });

  return (
    <div class="popover">
      {route === 'links' && (
        <Header
          service={state.service}
          onRecover={(id) => void recover(id)}
          onPreferences={() => go('preferences')}
          keptOpen={state.keptOpen === true}
          onKeepOpen={(on) => void bridge.keepOpen(on)}
          onClose={() => void bridge.hide()}
        />
      )}
      {failure !== null && (
        <FailureBanner
          failure={failure}
          onRecover={(id) => void recover(id)}
          onDismiss={() => void recover('dismiss')}
        />
      )}
      {failure === null && state.missedNotice && (
        <MissedNotice notice={state.missedNotice} onDismiss={() => void recover('dismiss')} />
      )}
      {isReachTold && <ReachBanner key={reachCheck.kind} check={reachCheck} onStep={onReach} />}
      {question && (
        <Question
          key={question.id}
          question={question}
          onAnswer={(choiceId, remember) => void answer(question.id, choiceId, remember)}
        />
      )}
      {view()}
      <Toast notice={notice} />
      <UndoToast
        undo={state.undo ?? null}
        platform={platform}
        onUndo={({ action, linkId }) => {
          void (action === 'share' ? actions.undo(linkId) : actions.restore(linkId));
        }}
        onNothing={() => tell(words.say('nothingToUndo'))}
      />
    </div>
  );

  function view() {
    switch (route) {
      case 'links':
        return (
          <MainView
            key={`${visit} ${putAway}`}
            state={state}
            actions={actions}
            platform={platform}
            takesFocus={!question}
          />
        );
      case 'preferences':
        return (
          <Preferences
            state={state}
            platform={platform}
            apply={apply}
            onRecover={(id) => void recover(id)}
            onReach={onReach}
            onRevoke={(id) => void actions.revoke(id)}
            onAskAgain={(kind) => void save(bridge.askAboutSecret(kind))}
            onBack={() => go('links')}
            settingsFile={{ bridge, tell, onFailure: setOwnFailure }}
          />
        );
      case 'first-run':
        return (
          <FirstRun
            state={state}
            bridge={bridge}
            actions={actions}
            platform={platform}
            apply={apply}
            onDone={() => go('links')}
          />
        );
    }
  }
}
