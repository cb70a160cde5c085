import { useId, useState } from 'preact/hooks';
import { useMessages } from '../i18n/use-messages.ts';
import { expiryChoices } from '../view/choices.ts';
import type { ChosenTerms } from '../view/share-terms.ts';
import { Select } from './select.tsx';
import { Switch } from './switch.tsx';

interface ShareOptionsProps {
  readonly terms: ChosenTerms;
  readonly onChange: (terms: ChosenTerms) => void;
}

/** What shall hold for the next share, out of the way until someone wants it. */
export function ShareOptions({ terms, onChange }: ShareOptionsProps) {
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
      <div id={id} class="share-terms" hidden={!open}>
        <Select
          label={t('expiry')}
          value={terms.expiryHours}
          choices={[['usual', t('termsUsual')], ...expiryChoices(messages)]}
          onChange={(expiryHours) => onChange({ ...terms, expiryHours })}
        />
        <Switch
          label={t('opensOnce')}
          help={t('opensOnceHelp')}
          checked={terms.once}
          onChange={(once) => onChange({ ...terms, once })}
        />
        <label class="setting">
          <span class="setting-words">
            <span class="setting-label">{t('password')}</span>
            <span class="setting-help">{t('passwordHelp')}</span>
          </span>
          <input
            type="text"
            class="secret"
            value={terms.password}
            maxLength={200}
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => onChange({ ...terms, password: event.currentTarget.value })}
          />
        </label>
      </div>
    </div>
  );

  /** What holds, while the form is closed. */
  function summary(): string {
    const hours = terms.expiryHours;
    const expiry = expiryChoices(messages).find(([value]) => value === hours)?.[1];
    return [expiry, terms.once && t('opensOnce'), terms.password !== '' && t('password')]
      .filter((part) => typeof part === 'string')
      .join(', ');
  }
}
