import { useEffect, useMemo, useState } from 'preact/hooks';
import type { AppState, FailureView, LinkifyBridge, RecoveryId } from '../preload/contract.ts';
import { FailureBanner } from './components/failure-banner.tsx';
import { Header } from './components/header.tsx';
import { LinksView } from './components/links-view.tsx';
import { Preferences } from './components/preferences.tsx';
import { Toast } from './components/toast.tsx';
import { useWords } from './i18n/use-words.ts';
import { useAppState } from './state/use-app-state.ts';
import { createLinkActions } from './state/use-link-actions.ts';
import { useNotice } from './state/use-notice.ts';
import { useRoute } from './state/use-route.ts';
import { useVisit } from './state/use-visit.ts';
import type { Platform } from './view/platform.ts';

interface AppProps {
  readonly bridge: LinkifyBridge;
  readonly platform: Platform;
}

/** Nothing is drawn before the first state is known, so that nothing flashes. */
export function App({ bridge, platform }: AppProps) {
  const state = useAppState(bridge);
  return state === null ? null : <Popover bridge={bridge} platform={platform} state={state} />;
}

function Popover({ bridge, platform, state }: AppProps & { readonly state: AppState }) {
  const words = useWords();
  const visit = useVisit();
  const [route, go] = useRoute();
  const [notice, tell] = useNotice();
  const [ownFailure, setOwnFailure] = useState<FailureView | null>(null);
  const failure = state.failure ?? ownFailure;
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

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      if (route === 'links') void bridge.hide();
      else go('links');
    }
    if (event.key === ',' && (event.ctrlKey || event.metaKey)) go('preferences');
  };

  const banner = failure !== null && (
    <FailureBanner
      failure={failure}
      onRecover={(id) => void recover(id)}
      onDismiss={() => void recover('dismiss')}
    />
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys that work everywhere.
    <div class="popover" onKeyDown={onKeyDown}>
      {route === 'preferences' ? (
        <>
          {banner}
          <Preferences
            state={state}
            platform={platform}
            change={bridge.changeSettings}
            tell={tell}
            onFailure={setOwnFailure}
            onBack={() => go('links')}
          />
        </>
      ) : (
        <>
          <Header service={state.service} onPreferences={() => go('preferences')} />
          {banner}
          <LinksView key={visit} state={state} actions={actions} platform={platform} />
        </>
      )}
      <Toast notice={notice} />
    </div>
  );
}
