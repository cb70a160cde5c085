import { useMessages } from '../../i18n/use-messages.ts';

const NEARLY_FULL = 0.9;

/** How much of a storage limit is used. */
export function StorageMeter({ used, limit }: { readonly used: number; readonly limit: number }) {
  const messages = useMessages();
  return (
    <div class="storage-use">
      <meter
        aria-label={messages.t('storage')}
        min={0}
        max={limit}
        high={limit * NEARLY_FULL}
        value={Math.min(used, limit)}
      />
      <span class="setting-help">
        {messages.t('storageUsed', { used: messages.size(used), total: messages.size(limit) })}
      </span>
    </div>
  );
}
