import { useMessages } from '../../i18n/use-messages.ts';
import { copiedChoices, historyChoices } from '../../view/choices.ts';
import { Select } from '../select.tsx';
import { ClipboardNote } from './clipboard-note.tsx';
import type { GroupProps } from './group-props.ts';

/** What the app does with each copy; where the system doesn't let it see them, when it reads. */
export function ClipboardGroup({
  state,
  apply,
  onClear,
}: GroupProps & { readonly onClear: () => void }) {
  const messages = useMessages();
  const { t } = messages;
  const { settings } = state;
  return (
    <section class="group">
      <ClipboardNote state={state} />
      {state.canWatchClipboard && (
        <>
          <Select
            label={t('keepClips')}
            value={settings.keepClips}
            choices={historyChoices(messages, settings.keepClips)}
            onChange={(keepClips) => void apply({ keepClips })}
          />
          {(state.clips?.length ?? 0) > 0 && (
            <div class="buttons">
              <button type="button" class="button" onClick={onClear}>
                {t('clearHistory')}
              </button>
            </div>
          )}
          <Select
            label={t('offerToShare')}
            value={settings.offerToShare}
            choices={copiedChoices(messages)}
            onChange={(offerToShare) => void apply({ offerToShare })}
          />
        </>
      )}
    </section>
  );
}
