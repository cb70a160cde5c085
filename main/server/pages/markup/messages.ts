import type { ShareEnd } from '../../store/model.ts';
import type { PageWords } from '../i18n.ts';
import type { Page } from '../send.ts';
import { html, type SafeHtml } from './html.ts';
import { ICONS, type IconName } from './icons.ts';

/** Pages that say something in place of a share. */

export function goneMessage(words: PageWords, how: ShareEnd | 'deleted' | 'closed'): Page {
  const sentence = words.say(how === 'deleted' ? 'revoked' : how);
  return message(words, 410, 'gone', words.say('gone'), sentence);
}

export const unknownMessage = (words: PageWords): Page =>
  message(words, 404, 'unknown', words.say('unknown'), words.say('unknownWhy'));

export const brokenMessage = (words: PageWords): Page =>
  message(words, 500, 'trouble', words.say('broken'), words.say('brokenWhy'));

export const wrongMethodMessage = (words: PageWords): Page => ({
  ...message(words, 405, 'trouble', words.say('wrongMethod'), words.say('wrongMethodWhy')),
  headers: { Allow: 'GET, HEAD' },
});

export const refusedForm = (words: PageWords, status: number): Page =>
  message(words, status, 'trouble', words.say('broken'), words.say('refusedWhy'));

export function tooManyMessage(words: PageWords, retryAfterS: number): Page {
  const sentence = words.say('tooManyWhy', { count: Math.ceil(retryAfterS / 60) });
  return {
    ...message(words, 429, 'wait', words.say('tooMany'), sentence),
    headers: { 'Retry-After': String(retryAfterS) },
  };
}

/** Within the grace period: the page comes again by itself, without a script. */
export function soonMessage(words: PageWords, opensAtMs: number, nowMs: number): Page {
  const seconds = Math.max(1, Math.ceil((opensAtMs - nowMs) / 1_000));
  return {
    ...message(
      words,
      503,
      'wait',
      words.say('soon'),
      words.say('soonWhy'),
      html`<div class="waiting"></div>`,
    ),
    headers: { 'Retry-After': String(seconds), Refresh: String(seconds) },
  };
}

interface OnceForm {
  readonly key: string;
  readonly password: boolean;
  readonly wrong: boolean;
  /** What is known of the content; `isShown`: on the page, else it is a download. */
  readonly content?: { readonly sizeBytes: number; readonly isShown: boolean } | undefined;
}

/** In double quotes, which shells of all systems know. */
const PASSWORD_ARGUMENT = ' --data-urlencode "password=PASSWORD"';

/** Asks before it reveals: programs that only look at links never send a form. */
export function onceForm(
  words: PageWords,
  path: string,
  { key, password, wrong, content }: OnceForm,
): Page {
  // What breaks off is lost: said before, for there is no second time.
  const about =
    content === undefined
      ? []
      : [words.size(content.sizeBytes), ...(content.isShown ? [] : [words.say('noResume')])];
  return form(words, path, wrong ? 403 : 200, {
    icon: 'once',
    title: words.say('once'),
    sentence: words.say('onceWhy'),
    about: password ? [words.say('noResumeOfFile')] : about,
    wrong,
    command: `curl -OJ -d confirm=once${password ? PASSWORD_ARGUMENT : ''}`,
    reason: password ? 'Password Required' : 'Confirmation Required',
    hint: password ? words.say('curlPassword') : words.say('curl'),
    fields: html`${keyField(key)}${password ? passwordField(words, wrong) : undefined}`,
    button: words.say('onceButton'),
  });
}

export function passwordForm(
  words: PageWords,
  path: string,
  { key, wrong, item }: { key: string; wrong: boolean; item?: string | undefined },
): Page {
  return form(words, path, wrong ? 403 : 200, {
    icon: 'locked',
    title: words.say('locked'),
    sentence: words.say('lockedWhy'),
    about: [],
    wrong,
    command: `curl -LOJ${PASSWORD_ARGUMENT}${item === undefined ? '' : ` -d item=${item}`}`,
    reason: 'Password Required',
    hint: words.say('curlPassword'),
    fields: html`${keyField(key)}${
      item === undefined ? undefined : html`<input type="hidden" name="item" value="${item}">`
    }${passwordField(words, wrong)}`,
    button: words.say('open'),
  });
}

function keyField(key: string): SafeHtml {
  return html`<input type="hidden" name="key" value="${key}">`;
}

function passwordField(words: PageWords, wrong: boolean): SafeHtml {
  const label = html`<label for="password">${words.say('password')}</label>`;
  return wrong
    ? html`${label}<input id="password" name="password" type="password" autocomplete="off" maxlength="200" required autofocus aria-invalid="true" aria-describedby="wrong"><p id="wrong" class="wrong" role="alert">${words.say('wrongPassword')}</p>`
    : html`${label}<input id="password" name="password" type="password" autocomplete="off" maxlength="200" required autofocus>`;
}

interface FormParts {
  readonly icon: IconName;
  readonly title: string;
  readonly sentence: string;
  /** What is known of the content. */
  readonly about: readonly string[];
  readonly wrong: boolean;
  /** Opens it from a terminal; the address follows. */
  readonly command: string;
  /** Reason phrase for programs (RFC 9112, section 4). */
  readonly reason: string;
  readonly hint: string;
  readonly fields: SafeHtml;
  readonly button: string;
}

function form(words: PageWords, path: string, status: number, parts: FormParts): Page {
  const { icon, title, sentence, about, wrong, command, reason, hint } = parts;
  const known = about.length === 0 ? undefined : html`<p>${about.join(' · ')}</p>`;
  const inside = html`${known}<form method="post" action="${path}/open">${parts.fields}<button class="first">${parts.button}</button></form>`;
  const said = [
    `${title}.`,
    sentence,
    ...about,
    ...(wrong ? [words.say('wrongPassword')] : []),
  ].join(' ');
  return {
    status,
    title: words.say('sharedLink'),
    body: card(icon, title, sentence, inside),
    form: true,
    plain: {
      text: (origin) => `${said}\n${hint}\n${command} "${origin}${path}/open"`,
      refusal: { status: 403, reason },
    },
  };
}

function message(
  words: PageWords,
  status: number,
  icon: IconName,
  title: string,
  sentence: string,
  more?: SafeHtml,
): Page {
  return {
    status,
    // A preview of the link shows it; the page itself says the rest.
    title: status === 503 ? words.say('sharedLink') : title,
    body: card(icon, title, sentence, more),
    plain: { text: () => `${title}. ${sentence}` },
  };
}

function card(icon: IconName, title: string, sentence: string, more?: SafeHtml): SafeHtml {
  return html`<main><div class="card"><span class="tile">${ICONS[icon]}</span><h1>${title}</h1><p>${sentence}</p>${more}</div></main>`;
}
