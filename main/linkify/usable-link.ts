/** Longest link taken, in characters: what chat programs and mail still carry whole. */
export const MAX_LINK_LENGTH = 2048;

/**
 * Control, blank, invisible and direction-changing characters, lone surrogates, `\`, U+FFFD (a
 * character already lost), Hangul fillers and variation selectors (invisible too).
 */
const UNSAFE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Z}\\\uFFFD\u115F\u1160\u3164\uFFA0]|[\uFE00-\uFE0F]|[\u{E0100}-\u{E01EF}]/u;

/**
 * A link that may be put on a clipboard and opened, in its normal form; `undefined` when it may not.
 * Taken: http(s), 2,048 characters at most, no user name or password, nothing invisible in it.
 * A host name with letters outside ASCII can look like another one, so it is taken only when it
 * is the service's own or below it.
 */
export function usableLink(raw: string, serviceHost: string): string | undefined {
  if (raw.length > MAX_LINK_LENGTH || UNSAFE.test(raw)) return undefined;
  // `URL` repairs a lot (`http:/x`, missing slashes): what is handed on must say the same to all.
  if (!/^https?:\/\/[^/]/i.test(raw) || !URL.canParse(raw)) return undefined;
  const url = new URL(raw);
  if (url.username !== '' || url.password !== '') return undefined;
  if (/(?:^|\.)xn--/.test(url.hostname) && !isSameOrBelow(url.hostname, serviceHost)) {
    return undefined;
  }
  return url.href.length > MAX_LINK_LENGTH ? undefined : url.href;
}

function isSameOrBelow(hostname: string, parent: string): boolean {
  return hostname === parent || hostname.endsWith(`.${parent}`);
}
