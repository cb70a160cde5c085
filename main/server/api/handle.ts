import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { HttpFault } from '../http/fault.ts';
import { isReadyRequest, READINESS_PATH, sendReadiness } from '../http/readiness.ts';
import { requestIdOf } from '../http/request-id.ts';
import { RETRY_AFTER_S, sendText } from '../http/response.ts';
import { createRouter } from '../http/router.ts';
import { errorName, type Log } from '../log.ts';
import { isNoSpace } from '../store/blobs/no-space.ts';
import { StoreError, StoreUnavailableError } from '../store/store-error.ts';
import type { Authentication } from './authenticate.ts';
import type { ApiDeps } from './call.ts';
import { challengeAnswer } from './challenge.ts';
import { API_ROUTES } from './routes.ts';
import { SERVER_VERSION } from './wire.ts';

const CHALLENGE = '/.well-known/challenge';

/**
 * Answers the API's requests: the guard is first, then the route, then the body.
 * @param token of the API
 */
export function createApi(
  api: ApiDeps,
  authentication: Authentication,
  token: string,
  log: Log,
): RequestListener {
  const findRoute = createRouter(API_ROUTES);

  /** What any program on this machine may read, without the token. */
  const publicTexts: Readonly<Record<string, string>> = {
    '/.well-known/health': `ok:${api.installation}`,
    '/.well-known/version': SERVER_VERSION,
    '/healthz': 'ok',
  };

  const publicTextOf = (request: IncomingMessage, path: string): string | undefined => {
    // It is bound to the address of the connection, which is the proxy's.
    if (path === CHALLENGE && authentication.isLocal(request)) return challengeText(request, token);
    return Object.hasOwn(publicTexts, path) ? publicTexts[path] : undefined;
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '' } = request;
    const path = authentication.pathOf(request);
    const text = publicTextOf(request, path);
    const isPrivate = text === undefined && path !== READINESS_PATH;
    const caller = await authentication.callerOf(request, isPrivate);
    if (isReadyRequest(request)) return sendReadiness(response, api.isReady());
    if (text !== undefined) {
      if (method === 'GET' || method === 'HEAD') return sendText(response, 200, text);
      throw new HttpFault(405, 'Method not allowed.', { Allow: 'GET, HEAD' });
    }
    const found = findRoute(method, path);
    switch (found.kind) {
      case 'unknown':
        throw new HttpFault(404, 'Not found.');
      case 'wrong-method':
        throw new HttpFault(405, 'Method not allowed.', { Allow: found.allow.join(', ') });
      case 'found':
        return found.handle({ caller, parameters: found.parameters, request, response }, api);
    }
  }

  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      // The client has left in the middle of its request.
      if (response.destroyed) return;
      const { status, sentence, headers } = faultFor(error);
      if (status >= 500) {
        const requestId = requestIdOf(response);
        const cause = errorName(error);
        log({ level: 'error', event: 'request-failed', requestId, status, cause });
      }
      sendText(response, status, sentence, headers);
    });
  };
}

/** Proves that this server knows its token, without revealing it. @throws HttpFault 400 */
function challengeText({ url = '', socket }: IncomingMessage, token: string): string {
  const nonce = new URLSearchParams(url.slice(CHALLENGE.length)).get('nonce') ?? '';
  if (!/^[0-9a-f]{32,128}$/.test(nonce)) throw new HttpFault(400, 'Missing or invalid nonce.');
  const { localAddress = '', localPort = 0 } = socket;
  return challengeAnswer(token, nonce, { address: localAddress, port: localPort });
}

/**
 * The answer to an error: our own faults as they are, 503 while the database or the
 * contents are away, 507 where there is no space to store something (RFC 4918, section 11.5),
 * otherwise 500.
 */
export function faultFor(error: unknown): HttpFault {
  if (error instanceof HttpFault) return error;
  if (error instanceof StoreError) return storeFault(error);
  if (error instanceof StoreUnavailableError) {
    const headers = { 'Retry-After': String(RETRY_AFTER_S) };
    return new HttpFault(503, 'Storage not available.', headers, { cause: error });
  }
  if (isNoSpace(error)) {
    return new HttpFault(507, 'Insufficient storage.', {}, { cause: error });
  }
  return new HttpFault(500, 'Internal server error.', {}, { cause: error });
}

function storeFault({ fault }: StoreError): HttpFault {
  switch (fault.kind) {
    case 'unknown-asset':
      return new HttpFault(404, 'Asset not found.');
    case 'asset-deleted':
      return new HttpFault(410, 'Asset deleted.');
    case 'id-taken':
      return new HttpFault(409, 'Share already created.');
    case 'name-taken':
      return new HttpFault(409, 'Collection name already in use.');
    case 'one-time-collection':
      return new HttpFault(400, "One-time links can't hold a collection.");
    case 'maximum-reached':
      return new HttpFault(409, `Opened ${fault.opens} times already; set a higher "maxOpens".`);
    case 'user-disabled':
      return new HttpFault(401, 'Missing or invalid bearer token.');
    case 'server-full':
      return new HttpFault(507, 'Storage limit of the server reached.');
    case 'full':
      return new HttpFault(
        507,
        `Storage limit reached: ${fault.usedBytes} of ${fault.quotaBytes} bytes used.`,
      );
  }
}
