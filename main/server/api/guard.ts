import { hash, timingSafeEqual } from 'node:crypto';

/** What the guard looks at of a request. */
export interface RequestHead {
  /** `message.headersDistinct`: every header with all of its values. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
  /** The request target as it came, such as `/linkify`. */
  readonly target: string;
  /** The API's own port, at which the request arrived; it must stand in `Host`. */
  readonly port: number | undefined;
  /** Whether it came from a trusted proxy, which may ask for the public name. */
  readonly isProxy?: boolean;
}

export type Verdict =
  | { readonly kind: 'pass' }
  | {
      readonly kind: 'refuse';
      readonly status: 400 | 401 | 403;
      readonly reason: 'target' | 'host' | 'origin' | 'fetch-site' | 'token';
      readonly sentence: string;
    };

const PASS: Verdict = { kind: 'pass' };

/**
 * Decides who may speak to the API. The order matters: a page in a browser (DNS rebinding,
 * a cross-site POST) is told nothing about the token.
 * @param token compared in constant time
 * @param publicHost as in the public URL, for trusted proxies
 */
export function createGuard(token: string, publicHost?: string) {
  const expected = digest(token);

  return ({ headers, target, port, isProxy }: RequestHead, needsToken: boolean): Verdict => {
    if (!target.startsWith('/')) {
      return refuse(400, 'target', 'Request target must be a path.');
    }
    const [host, ...others] = headers.host ?? [];
    const isPublicHost = isProxy === true && host?.toLowerCase() === publicHost;
    if (others.length > 0 || host === undefined || !(isPublicHost || isOwnHost(host, port))) {
      return refuse(403, 'host', 'Invalid Host header.');
    }
    if (headers.origin !== undefined) {
      return refuse(403, 'origin', "Requests from web pages aren't allowed.");
    }
    const site = headers['sec-fetch-site'];
    if (site?.some((value) => value !== 'none' && value !== 'same-origin')) {
      return refuse(403, 'fetch-site', "Requests from web pages aren't allowed.");
    }
    if (!needsToken) return PASS;
    const given = bearerOf(headers);
    if (given === undefined || !timingSafeEqual(digest(given), expected)) {
      return refuse(401, 'token', 'Missing or invalid bearer token.');
    }
    return PASS;
  };
}

/** Whether it names this computer and the port; after a disconnect there is no port, and no match. */
function isOwnHost(host: string, port: number | undefined): boolean {
  return (
    port !== undefined && [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`].includes(host)
  );
}

/** Equal lengths, so that the comparison's time depends on nothing. */
function digest(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}

/** The token of a request, if there is exactly one. */
export function bearerOf({ authorization }: RequestHead['headers']): string | undefined {
  const [value = '', ...others] = authorization ?? [];
  return others.length > 0 ? undefined : /^Bearer ([\x21-\x7e]{1,512})$/i.exec(value)?.[1];
}

function refuse(
  status: 400 | 401 | 403,
  reason: Extract<Verdict, { kind: 'refuse' }>['reason'],
  sentence: string,
): Verdict {
  return { kind: 'refuse', status, reason, sentence };
}
