import type { ShareEnd } from '../store/model.ts';
import { html, type SafeHtml } from './html.ts';
import type { Page } from './send.ts';
import { messageView } from './views.ts';

/** Pages that say something in place of a share. */

export function goneMessage(how: ShareEnd | 'deleted'): Page {
  const sentences: Readonly<Record<ShareEnd | 'deleted', string>> = {
    revoked: 'Whoever shared it has taken it back. Its content was deleted.',
    deleted: 'Whoever shared it has taken it back. Its content was deleted.',
    expired: 'Its time is over. Its content was deleted.',
    spent: 'It could be opened once, and was. Its content was deleted.',
  };
  return message(410, '🔒', 'This link is gone', sentences[how]);
}

export const UNKNOWN: Page = message(
  404,
  '🔍',
  'Nothing is here',
  'The address may be incomplete. Ask for the link again.',
);

export const BROKEN: Page = message(
  500,
  '⚠️',
  'This did not work',
  'The page could not be made. Please try again.',
);

export const WRONG_METHOD: Page = {
  ...message(405, '⚠️', 'Not like this', 'This page can only be opened.'),
  headers: { Allow: 'GET, HEAD' },
};

export function refusedForm(status: number): Page {
  return message(status, '⚠️', 'This did not work', 'Open the link again, and try once more.');
}

export function tooManyMessage(retryAfterS: number): Page {
  const minutes = Math.ceil(retryAfterS / 60);
  return {
    ...message(
      429,
      '⏳',
      'Too many tries',
      `Please wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, then try again.`,
    ),
    headers: { 'Retry-After': String(retryAfterS) },
  };
}

/** Within the grace period: the page comes again by itself. */
export function soonMessage(opensAtMs: number, nowMs: number): Page {
  const seconds = Math.max(1, Math.ceil((opensAtMs - nowMs) / 1_000));
  return {
    ...message(503, '⏳', 'Ready in a moment', 'This link was just made. It opens by itself.'),
    headers: { 'Retry-After': String(seconds), Refresh: String(seconds) },
  };
}

/** Asks before it reveals: programs that only look at links never send a form. */
export function onceForm(path: string, key: string, password: boolean, wrong: boolean): Page {
  return form(path, wrong ? 403 : 200, {
    glyph: '✉️',
    title: 'This can be opened once',
    sentence: 'After that its content is deleted. Open it when you have time to read it.',
    fields: html`<input type="hidden" name="key" value="${key}">${password ? passwordField(wrong) : undefined}`,
    button: 'Open it now',
  });
}

export function passwordForm(path: string, wrong: boolean): Page {
  return form(path, wrong ? 403 : 200, {
    glyph: '🔑',
    title: 'A password is needed',
    sentence: 'Whoever sent you this link can tell you the password.',
    fields: passwordField(wrong),
    button: 'Open',
  });
}

function passwordField(wrong: boolean): SafeHtml {
  const label = html`<label for="password">Password</label>`;
  return wrong
    ? html`${label}<input id="password" name="password" type="password" autocomplete="off" maxlength="200" required autofocus aria-invalid="true" aria-describedby="wrong"><p id="wrong" class="wrong" role="alert">That is not the password.</p>`
    : html`${label}<input id="password" name="password" type="password" autocomplete="off" maxlength="200" required autofocus>`;
}

interface FormParts {
  readonly glyph: string;
  readonly title: string;
  readonly sentence: string;
  readonly fields: SafeHtml;
  readonly button: string;
}

function form(path: string, status: number, parts: FormParts): Page {
  const inside = html`<form method="post" action="${path}/open">${parts.fields}<button class="first">${parts.button}</button></form>`;
  return {
    status,
    title: 'A shared link',
    body: messageView(parts.glyph, parts.title, parts.sentence, inside),
    form: true,
    plain: `${parts.title}. ${parts.sentence} Open it in a browser.`,
  };
}

function message(status: number, glyph: string, title: string, sentence: string): Page {
  return {
    status,
    title,
    body: messageView(glyph, title, sentence),
    plain: `${title}. ${sentence}`,
  };
}
