import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ReachStep, RecoveryId } from '../../preload/contract.ts';
import { useWords } from '../i18n/use-words.ts';
import { Icon } from './icon.tsx';
import {
  AppGroup,
  ClipboardGroup,
  type GroupProps,
  NewLinksGroup,
  SecretsGroup,
  ShortcutGroup,
} from './preference-groups.tsx';
import { ServiceChoice } from './service-choice.tsx';
import { SettingsFile, type SettingsFileProps } from './settings-file.tsx';
import { StorageGroup } from './storage-group.tsx';

interface PreferencesProps extends GroupProps {
  readonly onRecover: (id: RecoveryId) => void;
  readonly onReach: ((step: ReachStep) => void) | null;
  readonly settingsFile: SettingsFileProps;
  readonly onRevoke: (id: string) => void;
  readonly onBack: () => void;
}

/** Every change applies at once. */
export function Preferences({
  settingsFile,
  onRecover,
  onReach,
  onRevoke,
  onBack,
  ...group
}: PreferencesProps) {
  const { say } = useWords();
  const back = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => back.current?.focus(), []);
  return (
    <main class="preferences">
      <header class="header">
        <button
          type="button"
          ref={back}
          class="icon-button"
          aria-label={say('back')}
          title={say('back')}
          onClick={onBack}
        >
          <Icon name="back" />
        </button>
        <h1>{say('preferences')}</h1>
      </header>
      <div class="groups">
        <ShortcutGroup {...group} bridge={settingsFile.bridge} />
        <ClipboardGroup {...group} />
        <SecretsGroup {...group} />
        <NewLinksGroup {...group} />
        <ServiceChoice
          settings={group.state.settings}
          pieces={group.state.pieces ?? null}
          reachCheck={group.state.reachCheck}
          onReach={onReach}
          addresses={group.state.addresses ?? []}
          apply={group.apply}
          onRecover={onRecover}
        />
        <StorageGroup
          storage={group.state.storage ?? null}
          quotaGigabytes={group.state.settings.quotaGigabytes}
          links={group.state.links}
          apply={group.apply}
          onRevoke={onRevoke}
        />
        <AppGroup {...group} />
        <SettingsFile {...settingsFile} />
      </div>
    </main>
  );
}
