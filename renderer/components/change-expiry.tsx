import { useId } from 'preact/hooks';
import { useMessages } from '../i18n/use-messages.ts';
import { expiryChoices } from '../view/choices.ts';
import { secondsOf } from '../view/share-options.ts';

/** Gives a link another end, counted from now. */
export function ChangeExpiry(props: { readonly onChange: (seconds: number | null) => void }) {
  const messages = useMessages();
  const { t } = messages;
  const id = useId();
  const choices = expiryChoices(messages);
  return (
    <p class="change-expiry">
      <label for={id}>{t('changeExpiry')}</label>
      <select
        id={id}
        value=""
        onChange={({ currentTarget }) => {
          const chosen = choices[currentTarget.selectedIndex - 1];
          currentTarget.selectedIndex = 0;
          if (chosen) props.onChange(secondsOf(chosen[0]));
        }}
      >
        <option value="">{t('choose')}</option>
        {choices.map(([hours, label]) => (
          <option key={hours} value={String(hours)}>
            {label}
          </option>
        ))}
      </select>
    </p>
  );
}
