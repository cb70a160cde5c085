import type { LinkifyFault } from '../errors.ts';
import { CONNECT_TIMEOUT } from '../peer/verified-agent.ts';

/** How far a request came before it failed. */
export interface RequestProgress {
  /** Every byte of it was handed to the network: the service may have acted on it. */
  readonly delivered: boolean;
  /** The answer's status line and headers had come. */
  readonly answered: boolean;
  /** The request changes something, so without a response its outcome is unknown. */
  readonly changes: boolean;
}

/** What a failed request means. `code` and `phase` as Node and got name them. */
export function transportFault(
  error: { readonly code?: string | undefined; readonly phase?: string | undefined },
  baseUrl: string,
  { delivered, answered, changes }: RequestProgress,
): LinkifyFault {
  const code = error.code ?? '';
  const outcomeUnknown = changes && delivered;
  if (error.phase !== undefined || code === CONNECT_TIMEOUT)
    return { kind: 'timed-out', baseUrl, outcomeUnknown };
  if (isCertificateCode(code)) return { kind: 'untrusted-certificate', baseUrl };
  if (code === 'HPE_HEADER_OVERFLOW') {
    return { kind: 'bad-response', reason: 'too-long', outcomeUnknown };
  }
  // A broken chunk in the middle of an answer is a lost connection; before it, it is no HTTP.
  if (code.startsWith('HPE_') && !answered) {
    return { kind: 'bad-response', reason: 'not-http', outcomeUnknown };
  }
  if (!delivered && !answered && UNREACHABLE.has(code)) return { kind: 'unreachable', baseUrl };
  return { kind: 'connection-lost', outcomeUnknown };
}

/** Before a connection stands (`EPROTO`: the other side does not speak TLS). */
const UNREACHABLE: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EAI_NODATA',
  'EAI_NONAME',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EACCES',
  'EPERM',
  'EPROTO',
]);

/** OpenSSL's names for a certificate that does not prove what it should. */
function isCertificateCode(code: string): boolean {
  return (
    code.startsWith('CERT_') ||
    code.startsWith('UNABLE_TO_') ||
    code.startsWith('ERR_TLS_CERT_') ||
    code === 'DEPTH_ZERO_SELF_SIGNED_CERT' ||
    code === 'SELF_SIGNED_CERT_IN_CHAIN' ||
    code === 'HOSTNAME_MISMATCH' ||
    code === 'INVALID_CA' ||
    code === 'PATH_LENGTH_EXCEEDED'
  );
}
