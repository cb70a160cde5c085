import type { ShareEnd } from '../../../share-options.ts';
import { RETRY_AFTER_S } from '../../http/response.ts';
import type { StoredOptions } from '../../store/stored-options.ts';
import type { PageMessages } from '../i18n.ts';
import type { Page } from '../send.ts';
import { pageBody, type Sender, sentBy } from './frame.ts';
import { html, type SafeHtml } from './html.ts';
import { ICONS, type IconName } from './icons.ts';

/** Pages that say something in place of a share. */

/** Icon, title and sentence. */
const ENDED = {
  revoked: ['gone', 'revokedTitle', 'revoked'],
  deleted: ['gone', 'revokedTitle', 'revoked'],
  closed: ['gone', 'revokedTitle', 'closed'],
  expired: ['wait', 'expiredTitle', 'expired'],
  'used-up': ['once', 'usedUpTitle', 'usedUp'],
  'max-opens': ['gone', 'maxOpensTitle', 'maxOpensReached'],
} as const;

export function endedMessage(
  messages: PageMessages,
  how: ShareEnd | 'deleted' | 'closed',
  { maxOpens }: StoredOptions = {},
): Page {
  const isLimited = how === 'used-up' && maxOpens !== undefined;
  const [icon, title, sentence] = ENDED[isLimited ? 'max-opens' : how];
  return message(410, icon, messages.t(title), messages.t(sentence));
}

export const unknownMessage = (messages: PageMessages): Page =>
  message(404, 'unknown', messages.t('unknown'), messages.t('unknownWhy'));

/** In place of a share with a maximum of opens. Refused, so that no browser shows it later from a prefetch. */
export const unaskedMessage = (messages: PageMessages): Page =>
  message(403, 'wait', messages.t('sharedLink'), messages.t('openInBrowser'));

export const brokenMessage = (messages: PageMessages): Page =>
  message(500, 'trouble', messages.t('broken'), messages.t('brokenWhy'));

/** While the database is away. */
export const unavailableMessage = (messages: PageMessages): Page => ({
  ...message(503, 'trouble', messages.t('unavailable'), messages.t('unavailableWhy')),
  headers: { 'Retry-After': String(RETRY_AFTER_S) },
});

export const wrongMethodMessage = (messages: PageMessages): Page => ({
  ...message(405, 'trouble', messages.t('wrongMethod'), messages.t('wrongMethodWhy')),
  headers: { Allow: 'GET, HEAD' },
});

export const refusedForm = (messages: PageMessages, status: number): Page =>
  message(status, 'trouble', messages.t('broken'), messages.t('refusedWhy'));

/** Its password or `once` was changed while it was being opened. */
export const changedMessage = (messages: PageMessages): Page => refusedForm(messages, 409);

export function tooManyMessage(messages: PageMessages, retryAfterS: number): Page {
  const sentence = messages.t('tooManyWhy', { count: Math.ceil(retryAfterS / 60) });
  return {
    ...message(429, 'wait', messages.t('tooMany'), sentence),
    headers: { 'Retry-After': String(retryAfterS) },
  };
}

/** Before the delay has passed: the page comes again by itself, without a script. */
export function notOpenYetMessage(messages: PageMessages, opensAtMs: number, nowMs: number): Page {
  const seconds = Math.max(1, Math.ceil((opensAtMs - nowMs) / 1_000));
  const title = messages.t('opensIn', { count: seconds });
  const bar = html`<div class="waiting"></div>`;
  return {
    status: 503,
    // A preview of the link shows the title.
    title: messages.t('sharedLink'),
    body: pageBody(
      card('wait', title, messages.t('soonWhy'), bar),
      `.waiting::before{animation-duration:${seconds}s}`,
    ),
    headers: { 'Retry-After': String(seconds), Refresh: String(seconds) },
    plain: { text: () => messages.t('notOpenYet', { count: seconds }) },
  };
}

interface OneTimeContent {
  readonly icon: IconName;
  /** Such as "ZIP file · 2.1 MB". */
  readonly what: string;
  /** On the page; else it is a download. */
  readonly isShown: boolean;
}

interface OneTimeForm {
  readonly key: string;
  readonly sender: Sender | undefined;
  readonly password: boolean;
  readonly wrong: boolean;
  /** What may be known of the content. */
  readonly content?: OneTimeContent | undefined;
}

/** In double quotes, which shells of all systems know. */
const PASSWORD_ARGUMENT = ' --data-urlencode "password=PASSWORD"';

/** Asks before it reveals: programs that only look at links never send a form. */
export function oneTimeForm(
  messages: PageMessages,
  path: string,
  { key, sender, password, wrong, content }: OneTimeForm,
): Page {
  // What breaks off is lost: said before, for there is no second time.
  const about = content === undefined || content.isShown ? [] : [messages.t('noResume')];
  return form(messages, path, wrong ? 403 : 200, {
    icon: 'once',
    title: messages.t('once'),
    sentence: messages.t('onceWhy'),
    about: password ? [messages.t('noResumeOfFile')] : about,
    content,
    sender,
    wrong,
    command: `curl -OJ -d confirm=once${password ? PASSWORD_ARGUMENT : ''}`,
    reason: password ? 'Password Required' : 'Confirmation Required',
    hint: password ? messages.t('curlPassword') : messages.t('curl'),
    fields: html`${keyField(key)}${password ? passwordField(messages, wrong) : undefined}`,
    button: messages.t('onceButton'),
  });
}

export function passwordForm(
  messages: PageMessages,
  path: string,
  {
    key,
    sender,
    wrong,
    item,
  }: { key: string; sender: Sender | undefined; wrong: boolean; item?: string | undefined },
): Page {
  return form(messages, path, wrong ? 403 : 200, {
    icon: 'locked',
    title: messages.t('locked'),
    sentence: messages.t('lockedWhy'),
    about: [],
    sender,
    wrong,
    command: `curl -LOJ${PASSWORD_ARGUMENT}${item === undefined ? '' : ` -d item=${item}`}`,
    reason: 'Password Required',
    hint: messages.t('curlPassword'),
    fields: html`${keyField(key)}${
      item === undefined ? undefined : html`<input type="hidden" name="item" value="${item}">`
    }${passwordField(messages, wrong)}`,
    button: messages.t('open'),
  });
}

function keyField(key: string): SafeHtml {
  return html`<input type="hidden" name="key" value="${key}">`;
}

function passwordField(messages: PageMessages, wrong: boolean): SafeHtml {
  const label = html`<label for="password">${messages.t('password')}</label>`;
  const invalid = wrong
    ? html` autofocus aria-invalid="true" aria-describedby="wrong"`
    : html` autofocus`;
  const why = wrong
    ? html`<p id="wrong" class="wrong" role="alert">${messages.t('wrongPassword')}</p>`
    : undefined;
  return html`${label}<div class="secret"><input id="password" name="password" type="password" autocomplete="off" maxlength="200" required${invalid}><button type="button" data-does="show" aria-pressed="false" aria-label="${messages.t('showPassword')}" hidden>${ICONS.eye}</button></div>${why}`;
}

interface FormParts {
  readonly icon: IconName;
  readonly title: string;
  readonly sentence: string;
  /** What to know before. */
  readonly about: readonly string[];
  readonly content?: OneTimeContent | undefined;
  readonly sender: Sender | undefined;
  readonly wrong: boolean;
  /** Opens it from a terminal; the address follows. */
  readonly command: string;
  /** Reason phrase for programs (RFC 9112, section 4). */
  readonly reason: string;
  readonly hint: string;
  readonly fields: SafeHtml;
  readonly button: string;
}

function form(messages: PageMessages, path: string, status: number, parts: FormParts): Page {
  const { icon, title, sentence, about, content, sender, wrong, command, reason, hint } = parts;
  const known =
    content && html`<p class="contains">${ICONS[content.icon]}<span>${content.what}</span></p>`;
  const notes = about.length === 0 ? undefined : html`<p>${about.join(' ')}</p>`;
  const by = sender && html`<p class="about">${sentBy(messages, sender)}</p>`;
  const inside = html`${by}${known}${notes}<form method="post" action="${path}/open">${parts.fields}<button class="first">${parts.button}</button></form>`;
  const said = [
    `${title}.`,
    sentence,
    ...(content === undefined ? [] : [`${content.what}.`]),
    ...about,
    ...(wrong ? [messages.t('wrongPassword')] : []),
  ].join(' ');
  return {
    status,
    title: messages.t('sharedLink'),
    body: pageBody(card(icon, title, sentence, inside)),
    form: true,
    plain: {
      text: (origin) => `${said}\n${hint}\n${command} "${origin}${path}/open"`,
      refusal: { status: 403, reason },
    },
  };
}

function message(status: number, icon: IconName, title: string, sentence: string): Page {
  return {
    status,
    title,
    body: pageBody(card(icon, title, sentence)),
    plain: { text: () => `${title}. ${sentence}` },
  };
}

function card(icon: IconName, title: string, sentence: string, more?: SafeHtml): SafeHtml {
  return html`<main><div class="card"><span class="tile">${ICONS[icon]}</span><h1>${title}</h1><p>${sentence}</p>${more}</div></main>`;
}
