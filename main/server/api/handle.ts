import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpFault } from '../http/fault.ts';
import { sendText } from '../http/response.ts';
import { createRouter } from '../http/router.ts';
import { isNoSpace } from '../store/blobs/no-space.ts';
import { StoreError } from '../store/store-error.ts';
import { challengeAnswer } from './challenge.ts';
import type { createGuard } from './guard.ts';
import { createRoutes, type RouteNeeds } from './routes.ts';
import { SERVICE_VERSION } from './wire.ts';

const CHALLENGE = '/.well-known/challenge';

export interface ApiNeeds extends RouteNeeds {
  readonly token: string;
  readonly guard: ReturnType<typeof createGuard>;
  readonly onFault: (status: number, cause: unknown) => void;
}

/** Answers the API's requests: who asks is checked first, then the route, then the body. */
export function createApi(
  needs: ApiNeeds,
): (request: IncomingMessage, response: ServerResponse) => void {
  const find = createRouter(createRoutes(needs));

  /** Told to any program on this machine: that a service is here, and how old it is. */
  const open: Readonly<Record<string, string>> = {
    '/.well-known/health': `ok:${needs.installation}`,
    '/.well-known/version': SERVICE_VERSION,
    '/healthz': 'ok',
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = request.url ?? '';
    const path = target.split('?', 1)[0] ?? '';
    const said =
      path === CHALLENGE
        ? answerTo(target, request)
        : Object.hasOwn(open, path)
          ? open[path]
          : undefined;
    const verdict = needs.guard(
      { headers: request.headersDistinct, target, port: request.socket.localPort },
      said === undefined,
    );
    if (verdict.kind === 'refuse') throw new HttpFault(verdict.status, verdict.sentence);
    const method = request.method ?? '';
    if (said !== undefined) {
      if (method === 'GET' || method === 'HEAD') return sendText(response, 200, said);
      throw new HttpFault(405, 'Method not allowed.', { Allow: 'GET, HEAD' });
    }
    const found = find(method, path);
    switch (found.kind) {
      case 'unknown':
        throw new HttpFault(404, 'Not found.');
      case 'wrong-method':
        throw new HttpFault(405, 'Method not allowed.', { Allow: found.allow.join(', ') });
      case 'found':
        return found.handle({ parameters: found.parameters, request, response });
    }
  };

  /** Proves that this service knows its token, without saying it. */
  const answerTo = (target: string, { socket }: IncomingMessage): string => {
    const nonce = new URLSearchParams(target.slice(CHALLENGE.length)).get('nonce') ?? '';
    if (!/^[0-9a-f]{32,128}$/.test(nonce)) throw new HttpFault(400, 'Missing or invalid nonce.');
    const { localAddress = '', localPort = 0 } = socket;
    return challengeAnswer(needs.token, nonce, { address: localAddress, port: localPort });
  };

  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      // A client that went away in the middle of its request is told nothing.
      if (response.destroyed) return;
      const fault = faultFor(error);
      if (fault.status >= 500) needs.onFault(fault.status, error);
      sendText(response, fault.status, fault.sentence, fault.headers);
    });
  };
}

/**
 * The answer to an error: our own faults as they are, 507 where there is no space to store
 * something (RFC 4918, section 11.5), otherwise 500.
 */
export function faultFor(error: unknown): HttpFault {
  if (error instanceof HttpFault) return error;
  if (error instanceof StoreError) return storeFault(error);
  if (isNoSpace(error)) {
    return new HttpFault(507, 'Insufficient storage.', {}, { cause: error });
  }
  return new HttpFault(500, 'Internal server error.', {}, { cause: error });
}

function storeFault({ fault }: StoreError): HttpFault {
  switch (fault.kind) {
    case 'unknown-asset':
      return new HttpFault(404, 'Asset not found.');
    case 'asset-gone':
      return new HttpFault(410, 'Asset deleted.');
    case 'name-taken':
      return new HttpFault(409, 'Collection name already in use.');
    case 'full':
      return new HttpFault(
        507,
        `Storage limit reached: ${fault.usedBytes} of ${fault.quotaBytes} bytes used.`,
      );
  }
}
