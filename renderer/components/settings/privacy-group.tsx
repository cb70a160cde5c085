import { useMessages } from '../../i18n/use-messages.ts';
import { Select } from '../select.tsx';
import type { GroupProps } from './group-props.ts';

/** Location data, and the kinds of secret that are shared without asking; each can be asked about again. */
export function PrivacyGroup({
  state: { settings },
  apply,
  onAskAgain,
}: GroupProps & { readonly onAskAgain: (kind: string) => void }) {
  const { t } = useMessages();
  const { allowedSecrets = [], locationData } = settings;
  return (
    <section class="group">
      <h2>{t('secrets')}</h2>
      <Select
        label={t('locationData')}
        value={locationData}
        choices={[
          ['ask', t('locationAsk')],
          ['remove', t('locationRemove')],
          ['share', t('locationShare')],
        ]}
        onChange={(chosen) => void apply({ locationData: chosen })}
      />
      {allowedSecrets.length > 0 && <p class="setting-help">{t('secretsHelp')}</p>}
      {allowedSecrets.map(({ kind, name }) => (
        <div key={kind} class="setting">
          <span class="setting-label">{name}</span>
          <button
            type="button"
            class="button"
            aria-label={t('askAgainAbout', { name })}
            onClick={() => onAskAgain(kind)}
          >
            {t('askAgain')}
          </button>
        </div>
      ))}
    </section>
  );
}
