import { useMessages } from '../../i18n/use-messages.ts';
import { copiedChoices, graceChoices } from '../../view/choices.ts';
import { Select } from '../select.tsx';
import { AddressChoice } from './address-choice.tsx';
import type { GroupProps } from './group-props.ts';
import { PrivacyGroup } from './privacy-group.tsx';
import { SettingsFile, type SettingsFileProps } from './settings-file.tsx';
import { StorageGroup } from './storage-group.tsx';

interface AdvancedProps extends GroupProps {
  readonly settingsFile: SettingsFileProps;
  readonly onOpenFolder: () => void;
  readonly onRevoke: (id: string) => void;
  readonly onAskAgain: (kind: string) => void;
}

/** What few change. */
export function Advanced(props: AdvancedProps) {
  const { state, apply } = props;
  const { settings } = state;
  const { t } = useMessages();
  return (
    <>
      <SharingGroup state={state} apply={apply} />
      {settings.reach === 'network' && (
        <AddressChoice settings={settings} addresses={state.addresses ?? []} apply={apply} />
      )}
      <StorageGroup
        storage={state.storage ?? null}
        quotaGigabytes={settings.quotaGigabytes}
        links={state.links}
        apply={apply}
        onRevoke={props.onRevoke}
      />
      <PrivacyGroup state={state} apply={apply} onAskAgain={props.onAskAgain} />
      <SettingsFile {...props.settingsFile} />
      <div class="buttons">
        <button type="button" class="button" onClick={props.onOpenFolder}>
          {t('openDataFolder')}
        </button>
      </div>
    </>
  );
}

/** How links are created besides what each share asks for. */
function SharingGroup({ state: { settings, canWatchClipboard }, apply }: GroupProps) {
  const messages = useMessages();
  const { t } = messages;
  const { shareAutomatically, fallback } = settings;
  return (
    <section class="group">
      <h2>{t('sharingTab')}</h2>
      {canWatchClipboard && (
        <Select
          label={t('shareAutomatically')}
          help={t('shareAutomaticallyWarning')}
          value={shareAutomatically}
          choices={copiedChoices(messages)}
          onChange={(kinds) => void apply({ shareAutomatically: kinds })}
        />
      )}
      <Select
        label={t('grace')}
        help={t('graceHelp')}
        value={settings.graceSeconds}
        choices={graceChoices(messages)}
        onChange={(graceSeconds) => void apply({ graceSeconds })}
      />
      {settings.service !== 'built-in' && (
        <Select
          label={t('fallback')}
          help={t('fallbackHelp')}
          value={fallback}
          choices={[
            ['ask', t('fallbackAsk')],
            ['never', t('fallbackNever')],
            // Chosen in the question itself.
            ...(fallback === 'always' ? ([['always', t('fallbackAlways')]] as const) : []),
          ]}
          onChange={(chosen) => void apply({ fallback: chosen })}
        />
      )}
    </section>
  );
}
