import type { IncomingMessage, ServerResponse } from 'node:http';
import { RETRY_AFTER_S, sendText } from './response.ts';
import { pathOf } from './router.ts';

/**
 * Asks whether requests should come to this process now: not while it closes, or while the database
 * is away. Other than at `/healthz`, a no is no reason to start it again.
 */
export const READINESS_PATH = '/readyz';

export const isReadyRequest = (request: IncomingMessage): boolean =>
  pathOf(request) === READINESS_PATH && (request.method === 'GET' || request.method === 'HEAD');

export function sendReadiness(response: ServerResponse, isReady: boolean): void {
  if (isReady) sendText(response, 200, 'ready');
  else sendText(response, 503, 'not ready', { 'Retry-After': String(RETRY_AFTER_S) });
}
