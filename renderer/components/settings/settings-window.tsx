import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { AppState, LinkifyBridge, SettingsTab } from '../../../preload/contract.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { useNotice } from '../../state/use-notice.ts';
import { useSettingsTab } from '../../state/use-settings-tab.ts';
import { useWindowCalls, type WindowCalls } from '../../state/use-window-calls.ts';
import { useWindowKeys } from '../../state/use-window-keys.ts';
import type { Platform } from '../../view/platform.ts';
import { FailureBanner } from '../failure-banner.tsx';
import { Toast } from '../toast.tsx';
import { AboutGroup } from './about-group.tsx';
import { Advanced } from './advanced.tsx';
import { AppGroup } from './app-group.tsx';
import { ClipboardGroup } from './clipboard-group.tsx';
import { LinksGroup } from './links-group.tsx';
import { ServiceChoice } from './service-choice.tsx';
import { SettingsTabs } from './settings-tabs.tsx';
import { MoreShortcuts, ShortcutGroup } from './shortcut-group.tsx';
import { UpdateGroup } from './update-group.tsx';

interface SettingsWindowProps {
  readonly bridge: LinkifyBridge;
  readonly platform: Platform;
  readonly state: AppState;
}

/** The settings, in a window of their own. Every change applies at once. */
export function SettingsWindow({ bridge, platform, state }: SettingsWindowProps) {
  const { t } = useMessages();
  const [tab, choose] = useSettingsTab();
  const [notice, tell] = useNotice();
  const calls = useWindowCalls({ bridge, appFailure: state.failure, tell });
  const root = useRef<HTMLDivElement>(null);
  const { failure, recover, dismissFailure } = calls;
  // Of everything that can be undone, only a revoke begins here.
  const undo = state.undo?.action === 'revoke' ? state.undo : null;

  useEffect(() => {
    document.title = t('settings');
  }, [t]);
  useLayoutEffect(() => {
    root.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
  }, []);
  useWindowKeys((event) => {
    const closes = event.key === 'w' && (event.ctrlKey || event.metaKey);
    // Escape during composition is for the input method.
    if ((event.key !== 'Escape' || event.isComposing) && !closes) return;
    event.preventDefault();
    void bridge.hide();
  });

  return (
    <div class="window settings-window" ref={root}>
      <main class="settings">
        <h1 class="sr-only">{t('settings')}</h1>
        <SettingsTabs chosen={tab} onChoose={choose} />
        {failure !== null && (
          <div class="banners" data-tone="error">
            <FailureBanner failure={failure} onRecover={recover} onDismiss={dismissFailure} />
          </div>
        )}
        <div
          key={tab}
          class="groups"
          role="tabpanel"
          id="settings-panel"
          aria-labelledby={`tab-${tab}`}
        >
          <Panel {...{ tab, bridge, platform, state, calls, tell }} />
        </div>
      </main>
      <Toast
        notice={notice}
        undo={undo}
        platform={platform}
        onUndo={({ linkId }) => void calls.actions.restore(linkId)}
        onNothing={() => tell(t('nothingToUndo'))}
      />
    </div>
  );
}

interface PanelProps extends SettingsWindowProps {
  readonly tab: SettingsTab;
  readonly calls: WindowCalls;
  readonly tell: (text: string) => void;
}

function Panel({ tab, bridge, platform, state, calls, tell }: PanelProps) {
  const { apply } = calls;
  switch (tab) {
    case 'general':
      return (
        <>
          <AppGroup state={state} apply={apply} />
          {state.update && (
            <UpdateGroup
              update={state.update}
              isOn={state.settings.checkForUpdates}
              apply={apply}
              bridge={bridge}
            />
          )}
          <AboutGroup bridge={bridge} onLicenses={() => calls.openOwnFile('licenses')} />
        </>
      );
    case 'sharing':
      return (
        <>
          <LinksGroup state={state} apply={apply} onReach={calls.reach} />
          <ServiceChoice
            state={state}
            apply={apply}
            onRecover={calls.recover}
            onRemoveServer={(url) => void calls.save(bridge.removeServer(url))}
          />
        </>
      );
    case 'shortcuts':
      return (
        <>
          <ShortcutGroup state={state} apply={apply} platform={platform} bridge={bridge} />
          <MoreShortcuts state={state} apply={apply} platform={platform} bridge={bridge} />
        </>
      );
    case 'clipboard':
      return (
        <ClipboardGroup
          state={state}
          apply={apply}
          onClear={() => void calls.actions.clearClips()}
        />
      );
    case 'advanced':
      return (
        <Advanced
          state={state}
          apply={apply}
          settingsFile={{ bridge, tell, onFailure: calls.setFailure }}
          onOpenFolder={() => calls.openOwnFile('data-folder')}
          onRevoke={(id) => void calls.actions.revoke(id)}
          onAskAgain={(kind) => void calls.save(bridge.askAboutSecret(kind))}
        />
      );
  }
}
