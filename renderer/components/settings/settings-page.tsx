import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ReachStep, RecoveryId } from '../../../preload/contract.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import type { Platform } from '../../view/platform.ts';
import { Icon } from '../icon.tsx';
import { Advanced } from './advanced.tsx';
import { AppGroup } from './app-group.tsx';
import { ClipboardGroup } from './clipboard-group.tsx';
import type { GroupProps } from './group-props.ts';
import { LinksGroup } from './links-group.tsx';
import { ServiceChoice } from './service-choice.tsx';
import type { SettingsFileProps } from './settings-file.tsx';
import { ShortcutGroup } from './shortcut-group.tsx';

interface SettingsPageProps extends GroupProps {
  readonly platform: Platform;
  readonly onRecover: (id: RecoveryId) => void;
  readonly onReach: (step: ReachStep) => void;
  readonly settingsFile: SettingsFileProps;
  readonly onRevoke: (id: string) => void;
  readonly onAskAgain: (kind: string) => void;
  readonly onBack: () => void;
}

/** Every change applies at once. */
export function SettingsPage(props: SettingsPageProps) {
  const { state, apply, platform, settingsFile } = props;
  const { bridge } = settingsFile;
  const { t } = useMessages();
  const back = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => back.current?.focus(), []);
  return (
    <main class="settings">
      <header class="header">
        <button
          type="button"
          ref={back}
          class="icon-button"
          aria-label={t('back')}
          title={t('back')}
          onClick={props.onBack}
        >
          <Icon name="back" />
        </button>
        <h1>{t('settings')}</h1>
      </header>
      <div class="groups">
        <ShortcutGroup state={state} apply={apply} platform={platform} bridge={bridge} />
        <LinksGroup state={state} apply={apply} onReach={props.onReach} />
        <ServiceChoice state={state} apply={apply} onRecover={props.onRecover} />
        <ClipboardGroup state={state} apply={apply} />
        <AppGroup state={state} apply={apply} />
        <Advanced
          state={state}
          apply={apply}
          platform={platform}
          bridge={bridge}
          settingsFile={settingsFile}
          onRevoke={props.onRevoke}
          onAskAgain={props.onAskAgain}
        />
      </div>
    </main>
  );
}
