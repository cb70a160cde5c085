import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { ByteRange } from '../../store/blobs/blobs.ts';
import { parseRange } from './range.ts';

/** What tells one state of a representation from another. */
export interface Validators {
  /** A strong entity tag with its quotes. */
  readonly etag?: string;
  /** In ms since 1970; sent in whole seconds. */
  readonly modifiedAtMs?: number;
}

type Asked = Pick<IncomingMessage, 'method' | 'headers'>;

/** What a request that is otherwise answered with 200 gets. */
export type PreconditionResult =
  | { readonly status: 200 | 304 | 412 | 416 }
  | { readonly status: 206; readonly range: ByteRange };

/**
 * Evaluates the preconditions of a GET or HEAD in their order, then its range (RFC 9110, section
 * 13.2.2). A header that is no date is ignored; a HEAD has no ranges.
 * @param sizeBytes length of the whole; absent where ranges are not served
 */
export function evaluatePreconditions(
  { method, headers }: Asked,
  validators: Validators,
  sizeBytes?: number,
): PreconditionResult {
  const { etag, modifiedAtMs } = validators;
  const modifiedS = modifiedAtMs === undefined ? undefined : Math.floor(modifiedAtMs / 1_000);
  /** Whether it changed after the header's date; `undefined` where that cannot be said. */
  const changedSince = (header: string | undefined): boolean | undefined => {
    const sinceMs = httpDate(header);
    return sinceMs === undefined || modifiedS === undefined
      ? undefined
      : modifiedS > sinceMs / 1_000;
  };
  const { 'if-match': match, 'if-none-match': noneMatch } = headers;
  const failed =
    match === undefined
      ? changedSince(headers['if-unmodified-since']) === true
      : !lists(match, etag, 'strong');
  if (failed) return { status: 412 };
  const same =
    noneMatch === undefined
      ? changedSince(headers['if-modified-since']) === false
      : lists(noneMatch, etag, 'weak');
  if (same) return { status: 304 };
  if (method !== 'GET' || sizeBytes === undefined) return { status: 200 };
  const ifRange = headers['if-range'];
  if (typeof ifRange === 'string' && !isCurrent(ifRange, etag, modifiedS)) return { status: 200 };
  const range = parseRange(headers.range, sizeBytes);
  if (range === undefined) return { status: 200 };
  return range === 'unsatisfiable' ? { status: 416 } : { status: 206, range };
}

/** The headers that say which state it is. */
export function validatorHeaders({
  etag,
  modifiedAtMs,
}: Validators): Readonly<Record<string, string>> {
  return {
    ...(etag === undefined ? {} : { ETag: etag }),
    ...(modifiedAtMs === undefined
      ? {}
      : { 'Last-Modified': new Date(modifiedAtMs).toUTCString() }),
  };
}

/** A strong entity tag for what these parts make; they cannot be found out from it. */
export function entityTag(...parts: readonly string[]): string {
  return `"${hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 27)}"`;
}

/** Whether `If-Match` or `If-None-Match` names the current entity tag (RFC 9110, section 8.8.3.2). */
function lists(header: string, etag: string | undefined, comparison: 'strong' | 'weak'): boolean {
  if (header.trim() === '*') return true;
  for (const [, weak, tag] of header.matchAll(/(W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g)) {
    if (tag === etag && (comparison === 'weak' || weak === undefined)) return true;
  }
  return false;
}

/**
 * Whether what a client has a part of is still current: by a strong entity tag, or by the exact
 * date. Contents never change, so that the date is a strong validator (section 8.8.2.2).
 */
function isCurrent(ifRange: string, etag: string | undefined, modifiedS?: number): boolean {
  if (/^(W\/)?"/.test(ifRange)) return ifRange === etag;
  const dateMs = httpDate(ifRange);
  return dateMs !== undefined && dateMs / 1_000 === modifiedS;
}

const DAYS = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const MONTHS = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const TIME = '\\d\\d:\\d\\d:\\d\\d';
/** Without a time zone, which is UTC all the same. */
const ASCTIME = new RegExp(`^${DAYS} ${MONTHS} [ \\d]\\d ${TIME} \\d{4}$`);
const DATES = [
  new RegExp(`^${DAYS}, \\d\\d ${MONTHS} \\d{4} ${TIME} GMT$`),
  new RegExp(`^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \\d\\d-${MONTHS}-\\d\\d ${TIME} GMT$`),
  ASCTIME,
];

/** One of the three forms of a date in HTTP (RFC 9110, section 5.6.7), in ms since 1970. */
function httpDate(text: string | undefined): number | undefined {
  if (text === undefined || !DATES.some((form) => form.test(text))) return undefined;
  const ms = Date.parse(ASCTIME.test(text) ? `${text} GMT` : text);
  return Number.isNaN(ms) ? undefined : ms;
}
