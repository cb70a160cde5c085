import type { LinkifyBridge } from '../preload/contract.ts';
import { Banners } from './components/banners.tsx';
import { FirstRun } from './components/first-run.tsx';
import { MainView } from './components/main-view.tsx';
import { SettingsWindow } from './components/settings/settings-window.tsx';
import { Toast } from './components/toast.tsx';
import { useLanguage } from './i18n/use-language.ts';
import { MessagesContext, useMessages } from './i18n/use-messages.ts';
import { type KnownState, useAppState } from './state/use-app-state.ts';
import { useHideCount } from './state/use-hide-count.ts';
import { useNotice } from './state/use-notice.ts';
import { type Route, useRoute } from './state/use-route.ts';
import { isSettingsPage } from './state/use-settings-tab.ts';
import { useTheme } from './state/use-theme.ts';
import { useWindowCalls, type WindowCalls } from './state/use-window-calls.ts';
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
  const isEmpty = known === null || words === null;
  // Who opened the window by mistake may press Escape before anything is drawn.
  useWindowKeys((event) => {
    if (isEmpty && event.key === 'Escape') void bridge.hide();
  });
  if (isEmpty) return null;
  return (
    <MessagesContext.Provider value={words}>
      {isSettingsPage(location.hash) ? (
        <SettingsWindow bridge={bridge} platform={platform} state={known.state} />
      ) : (
        <AppWindow bridge={bridge} platform={platform} {...known} />
      )}
    </MessagesContext.Provider>
  );
}

function AppWindow({ bridge, platform, state, visit }: AppProps & KnownState) {
  const messages = useMessages();
  const [route, go] = useRoute();
  const [notice, tell] = useNotice();
  const calls = useWindowCalls({ bridge, appFailure: state.failure, tell });
  const { actions } = calls;

  const leaveFirstRun = (): void => {
    void bridge.keepOpen(false);
    go('links');
  };

  // On the window, not on an element: the focused element may just have been removed.
  useWindowKeys((event) => {
    // The main view takes Escape itself; during composition it is for the input method.
    if (event.key === 'Escape' && !event.isComposing && route === 'first-run') {
      event.preventDefault();
      leaveFirstRun();
    }
    if (event.key === ',' && (event.ctrlKey || event.metaKey)) void bridge.openSettings('general');
  });

  return (
    <div class="window">
      <RouteView {...{ bridge, platform, state, visit, route, leaveFirstRun, calls }} />
      <Toast
        notice={notice}
        undo={state.undo ?? null}
        platform={platform}
        onUndo={({ action, linkId }) => {
          void (action === 'share' ? actions.undo(linkId) : actions.restore(linkId));
        }}
        onNothing={() => tell(messages.t('nothingToUndo'))}
      />
    </div>
  );
}

interface RouteViewProps extends AppProps, KnownState {
  readonly route: Route;
  readonly leaveFirstRun: () => void;
  readonly calls: WindowCalls;
}

function RouteView(props: RouteViewProps) {
  const { bridge, platform, state, visit, route, leaveFirstRun, calls } = props;
  const putAway = useHideCount();
  const { actions, apply } = calls;
  const banners = <Banners state={state} calls={calls} route={route} />;
  switch (route) {
    case 'links':
      return (
        <MainView
          key={`${visit} ${putAway}`}
          state={state}
          actions={actions}
          platform={platform}
          header={{
            service: state.service,
            onSettings: () => void bridge.openSettings('general'),
            keptOpen: state.keptOpen === true,
            onKeepOpen: (on) => void bridge.keepOpen(on),
            onClose: () => void bridge.hide(),
          }}
          onSettings={(change) => void apply(change)}
          banners={banners}
        />
      );
    case 'first-run':
      return (
        <>
          {banners}
          <FirstRun
            state={state}
            bridge={bridge}
            actions={actions}
            platform={platform}
            apply={apply}
            onDone={leaveFirstRun}
          />
        </>
      );
  }
}
