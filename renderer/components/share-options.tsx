import { useId, useState } from 'preact/hooks';
import { useWords } from '../i18n/use-words.ts';
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
  const words = useWords();
  const { say } = words;
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
        {say('options')}
      </button>
      <span class="setting-help">{open ? '' : summary()}</span>
      <div id={id} class="share-terms" hidden={!open}>
        <Select
          label={say('expiry')}
          value={terms.expiryHours}
          choices={[['usual', say('termsUsual')], ...expiryChoices(words)]}
          onChange={(expiryHours) => onChange({ ...terms, expiryHours })}
        />
        <Switch
          label={say('opensOnce')}
          help={say('opensOnceHelp')}
          checked={terms.once}
          onChange={(once) => onChange({ ...terms, once })}
        />
        <label class="setting">
          <span class="setting-words">
            <span class="setting-label">{say('password')}</span>
            <span class="setting-help">{say('passwordHelp')}</span>
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
    const expiry = expiryChoices(words).find(([value]) => value === hours)?.[1];
    return [expiry, terms.once && say('opensOnce'), terms.password !== '' && say('password')]
      .filter((part) => typeof part === 'string')
      .join(', ');
  }
}
