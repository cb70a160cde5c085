import { useState } from 'preact/hooks';
import { useMessages } from '../i18n/use-messages.ts';
import { generatePassword } from '../view/generate-password.ts';
import { Icon } from './icon.tsx';
import { Field } from './text-field.tsx';

export interface PasswordFieldProps {
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
  const [isShown, setIsShown] = useState(false);
  const generate = (): void => {
    setIsShown(true);
    onInput(generatePassword());
  };
  return (
    <Field label={t('password')} help={help}>
      {(connected) => (
        <>
          <span class="password">
            <input
              {...connected}
              class="password-input"
              // The types of Preact allow no change of it.
              type={(isShown ? 'text' : 'password') as 'password'}
              value={value}
              maxLength={200}
              autocomplete="off"
              spellcheck={false}
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
        </>
      )}
    </Field>
  );
}
