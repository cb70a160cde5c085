import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { LinkView, OptionsChange } from '../../preload/contract.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { type Changed, changedOptions } from '../view/share-options.ts';
import { OptionFields } from './option-fields.tsx';

interface LinkOptionsProps {
  readonly link: LinkView;
  readonly nowMs: number;
  /** @returns whether the options were changed */
  readonly onApply: (change: OptionsChange) => Promise<boolean>;
  readonly onCopyPassword: (password: string) => void;
  readonly onCancel: () => void;
}

/** The options of a link that exists. What was changed is applied together, by Save or Enter. */
export function LinkOptions({ link, nowMs, onApply, onCopyPassword, onCancel }: LinkOptionsProps) {
  const messages = useMessages();
  const { t } = messages;
  const form = useRef<HTMLFormElement>(null);
  const [change, setChange] = useState<OptionsChange>({});
  // Stays in the field once it was applied, so that it can still be copied.
  const [password, setPassword] = useState('');
  const isChanged = Object.keys(change).length > 0;
  const set = (more: Changed<OptionsChange>): void => setChange(changedOptions(change, more));
  const { once = false, maxOpens } = link;
  useLayoutEffect(() => form.current?.querySelector('select')?.focus(), []);

  const apply = async (): Promise<void> => {
    if (isChanged && (await onApply(change))) setChange({});
  };
  const isRemoved = change.password === null;
  const setTyped = (typed: string): void => {
    setPassword(typed);
    set({ password: typed === '' ? undefined : typed });
  };
  return (
    <form
      ref={form}
      class="link-options"
      aria-label={t('options')}
      onSubmit={(event) => {
        event.preventDefault();
        void apply();
      }}
      // Letters, arrows and Enter belong to the fields.
      onKeyDown={(event) => {
        if (event.key !== 'Escape') event.stopPropagation();
        // On Linux Enter only opens the list; in a form with changes it saves, as in other fields.
        if (event.key === 'Enter' && isChanged && event.target instanceof HTMLSelectElement) {
          event.preventDefault();
          void apply();
        }
      }}
    >
      <OptionFields
        usualExpiry={
          link.expiresAtMs === undefined
            ? t('neverExpires')
            : asChoice(t('expires', { when: messages.until(link.expiresAtMs, nowMs) }))
        }
        expiresInSeconds={change.expiresInSeconds}
        once={link.kind === 'collection' ? undefined : (change.once ?? once)}
        maxOpens={change.maxOpens === undefined ? maxOpens : (change.maxOpens ?? undefined)}
        password={{
          help: t(isRemoved ? 'passwordRemoved' : link.password ? 'passwordSet' : 'passwordHelp'),
          value: password,
          onInput: setTyped,
          onCopy: onCopyPassword,
          remove: link.password
            ? {
                label: t(isRemoved ? 'keepPassword' : 'removePassword'),
                onClick() {
                  setPassword('');
                  set({ password: isRemoved ? undefined : null });
                },
              }
            : undefined,
        }}
        onExpiry={(expiresInSeconds) => set({ expiresInSeconds })}
        onOnce={(wanted) => set({ once: wanted === once ? undefined : wanted })}
        onMaxOpens={(typed) => set({ maxOpens: typed === maxOpens ? undefined : (typed ?? null) })}
      />
      <div class="buttons">
        <button type="submit" class="button primary" aria-disabled={!isChanged}>
          {t('save')}
        </button>
        <button type="button" class="button" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

/** Words of a sentence as one of several choices, which begin with a capital. */
const asChoice = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
