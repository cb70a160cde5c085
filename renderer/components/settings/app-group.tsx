import { useMessages } from '../../i18n/use-messages.ts';
import { languageChoices } from '../../view/choices.ts';
import { Select } from '../select.tsx';
import { Switch } from '../switch.tsx';
import type { GroupProps } from './group-props.ts';

/** How the app starts, looks and notifies. */
export function AppGroup({ state: { settings }, apply }: GroupProps) {
  const { t } = useMessages();
  return (
    <section class="group">
      <Switch
        label={t('launchAtLogin')}
        checked={settings.launchAtLogin}
        onChange={(launchAtLogin) => void apply({ launchAtLogin })}
      />
      <Select
        label={t('theme')}
        value={settings.theme}
        choices={[
          ['system', t('themeSystem')],
          ['light', t('themeLight')],
          ['dark', t('themeDark')],
        ]}
        onChange={(theme) => void apply({ theme })}
      />
      <Select
        label={t('language')}
        value={settings.language}
        choices={[['system', t('languageSystem')], ...languageChoices()]}
        onChange={(language) => void apply({ language })}
      />
      <Select
        label={t('notifications')}
        value={settings.notifications}
        choices={[
          ['on', t('notificationsOn')],
          ['silent', t('notificationsSilent')],
          ['off', t('off')],
        ]}
        onChange={(notifications) => void apply({ notifications })}
      />
    </section>
  );
}
