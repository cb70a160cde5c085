import type { LinkView, SettingsChange } from '../../../preload/contract.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { quotaChoices } from '../../view/choices.ts';
import { largestLinks } from '../../view/largest-links.ts';
import { Select } from '../select.tsx';
import { StorageMeter } from './storage-meter.tsx';

interface StorageGroupProps {
  readonly storage: { readonly usedBytes: number; readonly quotaBytes: number } | null;
  readonly quotaGigabytes: number;
  readonly links: readonly LinkView[];
  readonly apply: (change: SettingsChange) => Promise<boolean>;
  readonly onRevoke: (id: string) => void;
}

/** Storage use of the built-in server, its largest links, and buttons to revoke them. */
export function StorageGroup(props: StorageGroupProps) {
  const messages = useMessages();
  const { t } = messages;
  const { storage, quotaGigabytes, links, apply, onRevoke } = props;
  return (
    <section class="group">
      <h2>{t('storage')}</h2>
      <Select
        label={t('quota')}
        help={t('quotaHelp')}
        value={quotaGigabytes}
        choices={quotaChoices(messages, quotaGigabytes)}
        onChange={(chosen) => void apply({ quotaGigabytes: chosen })}
      />
      {storage !== null && <StorageMeter used={storage.usedBytes} limit={storage.quotaBytes} />}
      {storage !== null &&
        largestLinks(links, Date.now()).map(({ id, title, sizeBytes }) => (
          <div key={id} class="setting">
            <span class="setting-words">
              <span class="setting-label storage-title">{title}</span>
              <span class="setting-help">{messages.size(sizeBytes)}</span>
            </span>
            <button
              type="button"
              class="button"
              aria-label={t('revokeToMakeRoom', { title })}
              onClick={() => onRevoke(id)}
            >
              {t('revoke')}
            </button>
          </div>
        ))}
    </section>
  );
}
