import type { SettingsChange, SettingsView } from '../../preload/contract.ts';
import { useMessages } from '../i18n/use-messages.ts';

/** Where the next link is created, to be switched; for those who have servers of their own. */
export function ServiceSwitch(props: {
  readonly settings: SettingsView;
  readonly onSwitch: (change: SettingsChange) => void;
}) {
  const { service, serviceUrl, servers } = props.settings;
  const { t } = useMessages();
  const choices: readonly (readonly [string, string, SettingsChange])[] = [
    ['automatic', t('serviceAutomatic'), { service: 'automatic' }],
    ['pieces', 'Pieces OS', { service: 'pieces' }],
    ['built-in', t('serviceBuiltIn'), { service: 'built-in' }],
    ...servers.map(({ url, name }) => [url, name, { service: 'custom', serviceUrl: url }] as const),
  ];
  return (
    <select
      class="service-switch"
      aria-label={t('service')}
      value={service === 'custom' ? serviceUrl : service}
      onChange={(event) => {
        const chosen = choices[event.currentTarget.selectedIndex];
        if (chosen !== undefined) props.onSwitch(chosen[2]);
      }}
    >
      {choices.map(([value, words]) => (
        <option key={value} value={value}>
          {words}
        </option>
      ))}
    </select>
  );
}
