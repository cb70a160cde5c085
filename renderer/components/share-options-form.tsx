import { useId, useState } from 'preact/hooks';
import { useMessages } from '../i18n/use-messages.ts';
import { expiryChoices } from '../view/choices.ts';
import type { ChosenOptions } from '../view/share-options.ts';
import { Select } from './select.tsx';
import { Switch } from './switch.tsx';

interface ShareOptionsFormProps {
  readonly shareOptions: ChosenOptions;
  readonly onChange: (shareOptions: ChosenOptions) => void;
}

/** What shall hold for the next share, out of the way until someone wants it. */
export function ShareOptionsForm({ shareOptions, onChange }: ShareOptionsFormProps) {
  const messages = useMessages();
  const { t } = messages;
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <div class="share-options">
      <button
        type="button"
        class="text-button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {t('options')}
      </button>
      <span class="setting-help">{open ? '' : summary()}</span>
      <div id={id} class="share-options-fields" hidden={!open}>
        <Select
          label={t('expiry')}
          value={shareOptions.expiryHours}
          choices={[['usual', t('optionDefault')], ...expiryChoices(messages)]}
          onChange={(expiryHours) => onChange({ ...shareOptions, expiryHours })}
        />
        <Switch
          label={t('opensOnce')}
          help={t('opensOnceHelp')}
          checked={shareOptions.once}
          onChange={(once) => onChange({ ...shareOptions, once })}
        />
        <label class="setting">
          <span class="setting-words">
            <span class="setting-label">{t('password')}</span>
            <span class="setting-help">{t('passwordHelp')}</span>
          </span>
          <input
            type="text"
            class="secret"
            value={shareOptions.password}
            maxLength={200}
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => onChange({ ...shareOptions, password: event.currentTarget.value })}
          />
        </label>
      </div>
    </div>
  );

  /** What holds, while the form is closed. */
  function summary(): string {
    const hours = shareOptions.expiryHours;
    const expiry = expiryChoices(messages).find(([value]) => value === hours)?.[1];
    return [
      expiry,
      shareOptions.once && t('opensOnce'),
      shareOptions.password !== '' && t('password'),
    ]
      .filter((part) => typeof part === 'string')
      .join(', ');
  }
}
