import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { AppState, SettingsChange } from '../../preload/contract.ts';
import type { Messages } from '../i18n/messages.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { NextOptions } from '../state/use-share-options.ts';
import { useWindowKeys } from '../state/use-window-keys.ts';
import { lifeText } from '../view/choices.ts';
import { isOptionsKey } from '../view/list-keys.ts';
import type { Platform } from '../view/platform.ts';
import { hoursOf } from '../view/share-options.ts';
import { Icon } from './icon.tsx';
import { OptionFields } from './option-fields.tsx';
import { ServiceSwitch } from './service-switch.tsx';
import { ShareButton, ShareProgress } from './share-button.tsx';

interface ShareCardProps {
  readonly state: AppState;
  readonly platform: Platform;
  readonly next: NextOptions;
  readonly onShare: () => void;
  readonly onCancel: () => void;
  readonly onCopyPassword: (password: string) => void;
  readonly onSwitch: (change: SettingsChange) => void;
}

/** Shares the clipboard, and says who can open the link and for how long; Enter in a field shares. */
export function ShareCard(props: ShareCardProps) {
  const { state, platform, next, onShare, onCancel, onCopyPassword, onSwitch } = props;
  const { t } = useMessages();
  const id = useId();
  const fields = useRef<HTMLDivElement>(null);
  const summary = useRef<HTMLButtonElement>(null);
  const { activity, clipboard, service, settings } = state;
  const hasOptions = service.shareOptions === true;
  const focusFirstField = (): void => fields.current?.querySelector('select')?.focus();
  useLayoutEffect(() => {
    if (next.isOpen) focusFirstField();
  }, [next.isOpen]);
  useWindowKeys((event) => {
    // In a list the key is for the link that has the focus.
    if (!hasOptions || event.defaultPrevented || !isOptionsKey(event)) return;
    event.preventDefault();
    if (next.isOpen) focusFirstField();
    else next.toggle();
  });
  if (activity) return <ShareProgress activity={activity} onCancel={onCancel} />;
  return (
    <form
      class="share-card"
      onSubmit={(event) => {
        event.preventDefault();
        if (clipboard.shareable) onShare();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.isComposing || !next.isOpen) return;
        event.preventDefault();
        event.stopPropagation();
        next.toggle();
        // The field that has the focus is hidden.
        summary.current?.focus();
      }}
    >
      <ShareButton state={state} platform={platform} />
      {settings.servers.length > 0 && <ServiceSwitch settings={settings} onSwitch={onSwitch} />}
      {hasOptions ? (
        <button
          type="button"
          ref={summary}
          class="share-summary"
          aria-expanded={next.isOpen}
          aria-controls={id}
          onClick={next.toggle}
        >
          <span class="sr-only">{t('options')} </span>
          <Summary state={state} next={next} />
          <Icon name="chevron" />
        </button>
      ) : (
        <p class="share-summary">
          <Summary state={state} next={next} />
        </p>
      )}
      {next.lastPassword !== undefined && (
        <p class="share-password">
          {t('passwordProtected')}
          <button
            type="button"
            class="text-button"
            onClick={() => onCopyPassword(next.lastPassword ?? '')}
          >
            {t('copyPassword')}
          </button>
        </p>
      )}
      {hasOptions && (
        <div id={id} ref={fields} class="share-options" hidden={!next.isOpen}>
          <NextLinkFields
            expiryHours={settings.expiryHours}
            next={next}
            onCopyPassword={onCopyPassword}
          />
        </div>
      )}
    </form>
  );
}

function NextLinkFields(props: {
  readonly expiryHours: number;
  readonly next: NextOptions;
  readonly onCopyPassword: (password: string) => void;
}) {
  const { expiryHours, next, onCopyPassword } = props;
  const messages = useMessages();
  const { t } = messages;
  const { expiresInSeconds, once = false, maxOpens, password = '' } = next.options;
  return (
    <OptionFields
      usualExpiry={t('optionDefault', { value: lifeText(messages, expiryHours) })}
      expiresInSeconds={expiresInSeconds}
      once={once}
      maxOpens={maxOpens}
      password={{
        help: t('passwordHelp'),
        value: password,
        onInput: (typed) => next.set({ password: typed || undefined }),
        onCopy: onCopyPassword,
      }}
      onExpiry={(seconds) => next.set({ expiresInSeconds: seconds })}
      onOnce={(wanted) => next.set({ once: wanted || undefined })}
      onMaxOpens={(typed) => next.set({ maxOpens: typed })}
    />
  );
}

interface SummaryProps {
  readonly state: AppState;
  readonly next: NextOptions;
}

/** "Anyone on your network · 7 days · password": who can open the next link, how long, and how. */
function Summary({ state, next }: SummaryProps) {
  const messages = useMessages();
  return (
    <span class="share-summary-text">{summaryOf(messages, state, next.options).join(' · ')}</span>
  );
}

function summaryOf(
  messages: Messages,
  { service, settings }: AppState,
  options: NextOptions['options'],
): readonly string[] {
  const { t } = messages;
  const audience = audienceOf(messages, service, settings.reach);
  // When a link of another service expires is not known.
  if (service.shareOptions !== true) return [audience];
  const { expiresInSeconds: seconds, once = false, maxOpens, password } = options;
  const hours = seconds === undefined ? settings.expiryHours : hoursOf(seconds);
  return [
    audience,
    lifeText(messages, hours),
    password === undefined ? '' : t('summaryPassword'),
    once ? t('summaryOneTime') : '',
    maxOpens === undefined || once ? '' : t('opensAtMost', { count: maxOpens }),
  ].filter((part) => part !== '');
}

/** Who can open links of the service. */
function audienceOf(
  { t }: Messages,
  { localLinks = false }: AppState['service'],
  reach: AppState['settings']['reach'],
): string {
  if (!localLinks) return t('audienceLink');
  return t(reach === 'network' ? 'audienceNetwork' : 'reachThisComputer');
}
