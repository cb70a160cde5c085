import type { LinkView } from '../../preload/contract.ts';
import type { Words } from '../i18n/messages.ts';
import { useWords } from '../i18n/use-words.ts';

/** The time of day within a day, else how long ago. */
export function whenOf(words: Words, atMs: number, nowMs: number): string {
  return nowMs - atMs < 86_400_000 ? words.clock(atMs) : words.ago(atMs, nowMs);
}

/** What holds for a link, and what became of it so far. */
export function LinkNotes({ link, nowMs }: { readonly link: LinkView; readonly nowMs: number }) {
  const words = useWords();
  const { say } = words;
  const { opens = 0, lastOpenedAtMs } = link;
  const count = { count: opens };
  return (
    <>
      {link.expiresAtMs !== undefined && (
        <p class="panel-note" title={words.moment(link.expiresAtMs)}>
          {say('expires', { when: words.until(link.expiresAtMs, nowMs) })}
        </p>
      )}
      {link.once && <p class="panel-note">{say('oneTimeNotOpened')}</p>}
      {link.password && <p class="panel-note">{say('asksPassword')}</p>}
      {opens > 0 && (
        <p
          class="panel-note"
          title={lastOpenedAtMs === undefined ? undefined : words.moment(lastOpenedAtMs)}
        >
          {lastOpenedAtMs === undefined
            ? say('opened', count)
            : say('openedLast', { ...count, when: whenOf(words, lastOpenedAtMs, nowMs) })}
        </p>
      )}
    </>
  );
}
