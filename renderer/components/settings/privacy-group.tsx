import { useWords } from '../../i18n/use-words.ts';
import { Select } from '../select.tsx';
import type { GroupProps } from './group-props.ts';

/** Location data, and the kinds of secret that are shared without asking; each can be asked about again. */
export function PrivacyGroup({
  state: { settings },
  apply,
  onAskAgain,
}: GroupProps & { readonly onAskAgain: (kind: string) => void }) {
  const { say } = useWords();
  const { allowedSecrets = [], locationData } = settings;
  return (
    <section class="group">
      <h2>{say('secrets')}</h2>
      <Select
        label={say('locationData')}
        value={locationData}
        choices={[
          ['ask', say('locationAsk')],
          ['remove', say('locationRemove')],
          ['share', say('locationShare')],
        ]}
        onChange={(chosen) => void apply({ locationData: chosen })}
      />
      {allowedSecrets.length > 0 && <p class="setting-help">{say('secretsHelp')}</p>}
      {allowedSecrets.map(({ kind, name }) => (
        <div key={kind} class="setting">
          <span class="setting-label">{name}</span>
          <button
            type="button"
            class="button"
            aria-label={say('askAgainAbout', { name })}
            onClick={() => onAskAgain(kind)}
          >
            {say('askAgain')}
          </button>
        </div>
      ))}
    </section>
  );
}
