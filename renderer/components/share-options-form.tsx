import type { ComponentProps } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { ShareOptions } from '../../preload/contract.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { expiryChoices } from '../view/choices.ts';
import {
  changedOptions,
  maxOpensIn,
  type OptionsChange,
  secondsOf,
} from '../view/share-options.ts';
import { Select } from './select.tsx';
import { Switch } from './switch.tsx';

interface ShareOptionsFormProps {
  readonly shareOptions: ShareOptions;
  readonly onChange: (shareOptions: ShareOptions) => void;
}

/** The options of the next share; closed at first. */
export function ShareOptionsForm({ shareOptions, onChange }: ShareOptionsFormProps) {
  const messages = useMessages();
  const { t } = messages;
  const [open, setOpen] = useState(false);
  const id = useId();
  const { expiresInSeconds: seconds, once = false, maxOpens, password = '' } = shareOptions;
  const expiryHours = seconds === undefined ? 'usual' : (seconds ?? 0) / 3_600;
  const set = (change: OptionsChange): void => onChange(changedOptions(shareOptions, change));
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
          value={expiryHours}
          choices={[['usual', t('optionDefault')], ...expiryChoices(messages)]}
          onChange={(hours) =>
            set({ expiresInSeconds: hours === 'usual' ? undefined : secondsOf(hours) })
          }
        />
        <Switch
          label={t('oneTimeLink')}
          help={t('oneTimeLinkHelp')}
          checked={once}
          onChange={(checked) => set({ once: checked || undefined })}
        />
        <TextOption
          label={t('maxOpens')}
          help={t('maxOpensHelp')}
          value={String(maxOpens ?? '')}
          inputMode="numeric"
          maxLength={4}
          onInput={({ currentTarget: field }) => {
            const typed = maxOpensIn(field.value);
            // What isn't a number disappears, also where the value doesn't change by it.
            field.value = String(typed ?? '');
            set({ maxOpens: typed });
          }}
        />
        <TextOption
          label={t('password')}
          help={t('passwordHelp')}
          value={password}
          maxLength={200}
          spellcheck={false}
          onInput={(event) => set({ password: event.currentTarget.value || undefined })}
        />
      </div>
    </div>
  );

  /** The options that were chosen, shown while the form is closed. */
  function summary(): string {
    const expiry = expiryChoices(messages).find(([hours]) => hours === expiryHours)?.[1];
    return [
      expiry,
      once && t('oneTimeLink'),
      maxOpens !== undefined && t('opensAtMost', { count: maxOpens }),
      password !== '' && t('password'),
    ]
      .filter((part) => typeof part === 'string')
      .join(', ');
  }
}

type TextOptionProps = ComponentProps<'input'> & {
  readonly label: string;
  readonly help: string;
};

function TextOption({ label, help, ...input }: TextOptionProps) {
  return (
    <label class="setting">
      <span class="setting-words">
        <span class="setting-label">{label}</span>
        <span class="setting-help">{help}</span>
      </span>
      <input type="text" class="secret" autocomplete="off" {...input} />
    </label>
  );
}
