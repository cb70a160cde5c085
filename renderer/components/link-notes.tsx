import type { LinkView } from '../../preload/contract.ts';
import type { Messages } from '../i18n/messages.ts';
import { useMessages } from '../i18n/use-messages.ts';

/** The time of day within a day, else how long ago. */
export function whenOf(messages: Messages, atMs: number, nowMs: number): string {
  return nowMs - atMs < 86_400_000 ? messages.clock(atMs) : messages.ago(atMs, nowMs);
}

/** What holds for a link, and what became of it so far. */
export function LinkNotes({ link, nowMs }: { readonly link: LinkView; readonly nowMs: number }) {
  const messages = useMessages();
  const { t } = messages;
  const { opens = 0, lastOpenedAtMs } = link;
  const count = { count: opens };
  return (
    <>
      {link.serviceNote !== undefined && (
        <p class="panel-note">
          {link.serviceName} · {link.serviceNote}
        </p>
      )}
      {link.expiresAtMs !== undefined && (
        <p class="panel-note" title={messages.moment(link.expiresAtMs)}>
          {t('expires', { when: messages.until(link.expiresAtMs, nowMs) })}
        </p>
      )}
      {link.once && <p class="panel-note">{t('oneTimeNotOpened')}</p>}
      {link.password && <p class="panel-note">{t('passwordProtected')}</p>}
      {opens > 0 && (
        <p
          class="panel-note"
          title={lastOpenedAtMs === undefined ? undefined : messages.moment(lastOpenedAtMs)}
        >
          {lastOpenedAtMs === undefined
            ? t('opened', count)
            : t('openedLast', { ...count, when: whenOf(messages, lastOpenedAtMs, nowMs) })}
        </p>
      )}
    </>
  );
}
