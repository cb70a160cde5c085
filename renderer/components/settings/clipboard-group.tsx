import { useMessages } from '../../i18n/use-messages.ts';
import { copiedChoices, historyChoices } from '../../view/choices.ts';
import { Select } from '../select.tsx';
import type { GroupProps } from './group-props.ts';

/** What the app does with each copy; nothing where the system doesn't let it see them. */
export function ClipboardGroup({ state: { settings, canWatchClipboard }, apply }: GroupProps) {
  const messages = useMessages();
  const { t } = messages;
  if (!canWatchClipboard) return null;
  return (
    <section class="group">
      <h2>{t('clipboard')}</h2>
      <Select
        label={t('keepClips')}
        value={settings.keepClips}
        choices={historyChoices(messages, settings.keepClips)}
        onChange={(keepClips) => void apply({ keepClips })}
      />
      <Select
        label={t('offerToShare')}
        value={settings.offerToShare}
        choices={copiedChoices(messages)}
        onChange={(offerToShare) => void apply({ offerToShare })}
      />
    </section>
  );
}
