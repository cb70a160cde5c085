import { AS_BROWSER } from '../../support/as-browser.ts';
import { SHORTCUT } from '../../support/default-shortcut.ts';
import { waitFor } from '../../support/desktop/wait-for.ts';
import type { Desktop } from '../../support/desktop.ts';
import { text as message } from '../../support/text.ts';

export { SHORTCUT };

const COPIED: readonly string[] = [message('linkCopied'), message('fallbackSharedTitle')];

/**
 * Presses the app's shortcut and answers the link that then is on the clipboard, once the app has
 * told of it too: its notification must not reach into what comes next.
 */
export async function pressForLink(desktop: Desktop): Promise<string> {
  const before = desktop.notifications.all().length;
  await desktop.key(SHORTCUT);
  const link = await waitForLink(desktop);
  await waitFor('the notification', () =>
    desktop.notifications
      .all()
      .slice(before)
      .some(({ summary }) => COPIED.includes(summary)),
  );
  return link;
}

export function waitForLink(desktop: Desktop): Promise<string> {
  return desktop.clipboard.waitForText((text) => /^https?:\/\/\S+$/.test(text));
}

/** What the link serves without its page: a text, or a file's or image's own bytes. */
export async function fetchRaw(link: string): Promise<Uint8Array> {
  const page = await fetch(link, AS_BROWSER);
  const html = await page.text();
  const found = /href="([^"]*\/(?:raw|download)[^"]*)"/.exec(html)?.[1];
  if (found === undefined) throw new Error(`${link} answered ${page.status} without a raw view`);
  const raw = await fetch(new URL(found.replaceAll('&amp;', '&'), link));
  if (!raw.ok) throw new Error(`the raw view answered ${raw.status}`);
  return raw.bytes();
}

/** The page behind a link, once it shows such a text: a new link may still be "ready in a moment". */
export async function openPage(link: string, text: string): Promise<string> {
  return waitFor(`a page with "${text}"`, async () => {
    const page = await (await fetch(link, AS_BROWSER)).text();
    return page.includes(text) && page;
  });
}
