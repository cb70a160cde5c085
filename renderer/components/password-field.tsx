import { useId, useState } from 'preact/hooks';
import { useMessages } from '../i18n/use-messages.ts';
import { generatePassword } from '../view/generate-password.ts';
import { Icon } from './icon.tsx';

interface PasswordFieldProps {
  readonly help: string;
  /** Empty: none. */
  readonly value: string;
  readonly onInput: (password: string) => void;
  readonly onCopy: (password: string) => void;
  /** Shown as the last button below the field. */
  readonly remove?: { readonly label: string; readonly onClick: () => void } | undefined;
}

/** A password for a link: typed or generated, and copied to be sent to the recipient. */
export function PasswordField({ help, value, onInput, onCopy, remove }: PasswordFieldProps) {
  const { t } = useMessages();
  const id = useId();
  const [isShown, setIsShown] = useState(false);
  const generate = (): void => {
    setIsShown(true);
    onInput(generatePassword());
  };
  return (
    <div class="setting">
      <span class="setting-words">
        <label class="setting-label" for={id}>
          {t('password')}
        </label>
        <span class="setting-help" id={`${id}-help`}>
          {help}
        </span>
      </span>
      <span class="password">
        <input
          id={id}
          class="password-input"
          // The types of Preact allow no change of it.
          type={(isShown ? 'text' : 'password') as 'password'}
          value={value}
          maxLength={200}
          autocomplete="off"
          spellcheck={false}
          aria-describedby={`${id}-help`}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
        <button
          type="button"
          class="icon-button"
          aria-label={t('showPassword')}
          title={t('showPassword')}
          aria-pressed={isShown}
          onClick={() => setIsShown(!isShown)}
        >
          <Icon name="eye" />
        </button>
      </span>
      <span class="password-buttons">
        <button type="button" class="text-button" onClick={generate}>
          {t('generatePassword')}
        </button>
        {value !== '' && (
          <button type="button" class="text-button" onClick={() => onCopy(value)}>
            {t('copyPassword')}
          </button>
        )}
        {remove !== undefined && (
          <button type="button" class="text-button" onClick={remove.onClick}>
            {remove.label}
          </button>
        )}
      </span>
    </div>
  );
}
