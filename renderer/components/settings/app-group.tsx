import { useWords } from '../../i18n/use-words.ts';
import { languageChoices } from '../../view/choices.ts';
import { Select } from '../select.tsx';
import { Switch } from '../switch.tsx';
import type { GroupProps } from './group-props.ts';

/** How the app starts, looks and notifies. */
export function AppGroup({ state: { settings }, apply }: GroupProps) {
  const { say } = useWords();
  return (
    <section class="group">
      <h2>{say('application')}</h2>
      <Switch
        label={say('launchAtLogin')}
        checked={settings.launchAtLogin}
        onChange={(launchAtLogin) => void apply({ launchAtLogin })}
      />
      <Select
        label={say('theme')}
        value={settings.theme}
        choices={[
          ['system', say('themeSystem')],
          ['light', say('themeLight')],
          ['dark', say('themeDark')],
        ]}
        onChange={(theme) => void apply({ theme })}
      />
      <Select
        label={say('language')}
        value={settings.language}
        choices={[['system', say('languageSystem')], ...languageChoices()]}
        onChange={(language) => void apply({ language })}
      />
      <Select
        label={say('notifications')}
        value={settings.notifications}
        choices={[
          ['on', say('notificationsOn')],
          ['silent', say('notificationsSilent')],
          ['off', say('off')],
        ]}
        onChange={(notifications) => void apply({ notifications })}
      />
    </section>
  );
}
