import { LinkifyError, type UnusableAddressReason } from './errors.ts';

/** Where a service is, checked. */
export interface ServiceAddress {
  /** Ends with a slash, so that paths can be put after it. */
  readonly base: string;
  /** Host name without port, lower case, ASCII. */
  readonly hostname: string;
  /** On this machine: only then is plain http used. */
  readonly loopback: boolean;
}

/** Whether a host name always means this machine (RFC 1122 3.2.1.3, RFC 4291 2.5.3, RFC 6761 6.3). */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(?:\.\d{1,3}){3}$/.test(hostname)
  );
}

/**
 * Checks where requests may go: https anywhere, http to this machine only.
 * A path before the API's own (`https://example.com/share`) is kept; a query is not an address.
 * @throws LinkifyError `unusable-address`
 */
export function parseAddress(baseUrl: string): ServiceAddress {
  const refuse = (reason: UnusableAddressReason) =>
    new LinkifyError({ kind: 'unusable-address', reason });
  if (!URL.canParse(baseUrl)) throw refuse('not-a-url');
  const url = new URL(baseUrl);
  if (url.username !== '' || url.password !== '') throw refuse('credentials');
  if (url.search !== '' || url.hash !== '') throw refuse('not-a-url');
  const loopback = isLoopback(url.hostname);
  if (url.protocol === 'http:') {
    if (!loopback) throw refuse('plain-http');
  } else if (url.protocol !== 'https:') {
    throw refuse('not-a-url');
  }
  const base = url.href.endsWith('/') ? url.href : `${url.href}/`;
  return { base, hostname: url.hostname, loopback };
}
