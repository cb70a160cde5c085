import { useMessages } from '../i18n/use-messages.ts';
import { expiryChoices } from '../view/choices.ts';
import { hoursOf, maxOpensIn, secondsOf } from '../view/share-options.ts';
import { PasswordField, type PasswordFieldProps } from './password-field.tsx';
import { Select } from './select.tsx';
import { Switch } from './switch.tsx';
import { Field } from './text-field.tsx';

interface OptionFieldsProps {
  /** What applies without a choice: "Default (7 days)". */
  readonly usualExpiry: string;
  /** In seconds, or `null` for never; absent: nothing was chosen. */
  readonly expiresInSeconds: number | null | undefined;
  /** Absent: it can't be a one-time link. */
  readonly once: boolean | undefined;
  readonly maxOpens: number | undefined;
  readonly password: PasswordFieldProps;
  readonly onExpiry: (seconds: number | null | undefined) => void;
  readonly onOnce: (once: boolean) => void;
  readonly onMaxOpens: (maxOpens: number | undefined) => void;
}

/** How long, with which password and how often a link opens; of the next link, or of one that exists. */
export function OptionFields(props: OptionFieldsProps) {
  const messages = useMessages();
  const { t } = messages;
  const { expiresInSeconds: seconds, once, maxOpens } = props;
  return (
    <>
      <Select
        label={t('expiry')}
        value={seconds === undefined ? 'usual' : hoursOf(seconds)}
        choices={[['usual', props.usualExpiry], ...expiryChoices(messages)]}
        onChange={(hours) => props.onExpiry(hours === 'usual' ? undefined : secondsOf(hours))}
      />
      <PasswordField {...props.password} />
      {once !== undefined && (
        <Switch
          label={t('oneTimeLink')}
          help={t('oneTimeLinkHelp')}
          checked={once}
          onChange={props.onOnce}
        />
      )}
      <Field label={t('maxOpens')} help={t('maxOpensHelp')}>
        {(connected) => (
          <input
            {...connected}
            type="text"
            class="max-opens"
            inputMode="numeric"
            maxLength={4}
            autocomplete="off"
            // A one-time link has its maximum.
            disabled={once === true}
            value={String((once !== true && maxOpens) || '')}
            onInput={({ currentTarget: field }) => {
              const typed = maxOpensIn(field.value);
              // What isn't a number disappears, also where the value doesn't change by it.
              field.value = String(typed ?? '');
              props.onMaxOpens(typed);
            }}
          />
        )}
      </Field>
    </>
  );
}
