import type { IncomingMessage } from 'node:http';
import Negotiator from 'negotiator';

/**
 * What a request's headers say of the client. All of it can be made up: it decides what is sent
 * and what is counted, never what is allowed.
 */

/** The request headers that `wantsPage`, `wantsList`, and the language and encoding of a page depend on. */
export const VARY =
  'Accept, Accept-Encoding, Accept-Language, Origin, Sec-Fetch-Mode, Sec-Fetch-Site, User-Agent';

type Asked = Pick<IncomingMessage, 'headers'>;

/**
 * Clients that fetch a link to show a preview of it, to index it or to scan it. Most name
 * themselves a bot or give an address (`+https://...`); browsers within apps (`Line/`, `FBAN/`,
 * `Slack_SSB/`) are people and must not match.
 */
const PREVIEW_AGENTS =
  /(?<!cu)bot\b|ms-office|\+https?:|preview|crawler|spider|unfurl|externalhit|externalagent|facebookcatalog|facebot|^whatsapp\/|slack-imgproxy|mastodon\/|\b(pleroma|akkoma|misskey|friendica|lemmy|synapse)\b|embedly|iframely|vkshare|line-poker|kakaotalk-scrap|google-(?!chrome)\w|googleother|-google\b|cardyb|ia_archiver|yahoo! slurp|chatgpt-user|urlscan|virustotal/i;

/** What Java's `HttpURLConnection` accepts when nobody told it: HTML, for no reason. */
const JAVA_ACCEPTS = /^text\/html, image\/gif, image\/jpeg, \*/;

/** Wget2 accepts what Firefox does, and saves whatever comes. */
const BROWSER_LIKE_PROGRAMS = /^(wget2\/|wget\/[2-9])/i;

/** Longer ones are nobody's, and would only cost time; in characters. */
const MAX_ACCEPT = 1_000;

/**
 * Whether the client gets a page; every other client is a program and gets the content.
 * Navigations of browsers accept `text/html`; programs accept anything (`*`+`/*`, RFC 9110, 12.5.1)
 * or say nothing. `Sec-Fetch-Mode: navigate` settles it, but other modes do not, for Node sends
 * one too. Preview agents get a page, which tells nothing of the content.
 */
export function wantsPage(request: Asked): boolean {
  const { headers } = request;
  if (headers['sec-fetch-mode'] === 'navigate' || isPreviewAgent(request)) return true;
  // Browsers alone say which page sent them; a script of one gets no other answer than its reader.
  if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined) return true;
  const { accept = '' } = headers;
  // All of today's browsers; wget2 says so too.
  const isBrowserLike = accept.startsWith('text/html,application/xhtml+xml,');
  if (isBrowserLike) return !BROWSER_LIKE_PROGRAMS.test(headers['user-agent'] ?? '');
  if (JAVA_ACCEPTS.test(accept)) return false;
  return preferred(accept, ['application/octet-stream', 'text/plain', 'text/html']) === 'text/html';
}

/** Whether a program asks for a list in place of an archive: it prefers `text/plain`. */
export function wantsList({ headers }: Asked): boolean {
  return preferred(headers.accept ?? '', ['application/zip', 'text/plain']) === 'text/plain';
}

/** The type that a client likes best; of those that it likes equally, the first. */
function preferred(accept: string, types: readonly string[]): string | undefined {
  if (accept === '' || accept.length > MAX_ACCEPT) return undefined;
  return new Negotiator({ headers: { accept } }).mediaType([...types]);
}

function isPreviewAgent({ headers }: Asked): boolean {
  return PREVIEW_AGENTS.test((headers['user-agent'] ?? '').slice(0, 500));
}

/**
 * Whether nobody has asked for it: a prefetch or prerender (`Sec-Purpose`, WICG; `Purpose` and
 * `X-Moz` of older browsers), a thumbnail (`X-Purpose` of Safari), a preview agent, or something
 * that a page of another site loads.
 */
export function isBackgroundFetch(request: Asked): boolean {
  const { headers } = request;
  const purposes = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].map((name) => headers[name]);
  if (purposes.some((purpose) => /prefetch|prerender|preview|instant/i.test(String(purpose)))) {
    return true;
  }
  const isForeign = headers['sec-fetch-site'] === 'cross-site';
  return (isForeign && headers['sec-fetch-mode'] !== 'navigate') || isPreviewAgent(request);
}
