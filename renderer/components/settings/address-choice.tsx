import type { AppState, SettingsChange, SettingsView } from '../../../preload/contract.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { Select } from '../select.tsx';
import { TextField } from '../text-field.tsx';

interface AddressChoiceProps {
  readonly settings: SettingsView;
  readonly addresses: NonNullable<AppState['addresses']>;
  readonly apply: (change: SettingsChange) => Promise<boolean>;
}

/** Which address links of this computer carry, and the names it may be asked for by. */
export function AddressChoice({ settings, addresses, apply }: AddressChoiceProps) {
  const { t } = useMessages();
  const { networkInterface: chosen } = settings;
  const isAway = chosen !== '' && !addresses.some(({ name }) => name === chosen);
  return (
    <section class="group">
      <h2>{t('network')}</h2>
      {(addresses.length > 1 || chosen !== '') && (
        <Select
          label={t('address')}
          {...(isAway ? { help: t('addressAway', { name: chosen }) } : {})}
          value={chosen}
          choices={[
            ['', t('addressAutomatic')],
            ...addresses.map(({ name, address }) => [name, `${name} (${address})`] as const),
            ...(isAway ? ([[chosen, chosen]] as const) : []),
          ]}
          onChange={(networkInterface) => void apply({ networkInterface })}
        />
      )}
      <TextField
        label={t('hostNames')}
        help={t('hostNamesHelp')}
        value={settings.hostNames}
        maxLength={1000}
        onChange={(hostNames) => void apply({ hostNames })}
      />
    </section>
  );
}
