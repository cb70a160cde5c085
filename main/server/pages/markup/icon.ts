import type { IncomingMessage, ServerResponse } from 'node:http';
import { COMMON_HEADERS } from '../../http/response.ts';
import { entityTag, evaluatePreconditions, validatorHeaders } from '../download/conditions.ts';

export const ICON_PATH = '/icon.svg';

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round"><rect width="32" height="32" rx="8" fill="#0b6a6c" stroke="none"/><g transform="rotate(-45 16 16)"><path d="M13.5 11.5h-3a4.5 4.5 0 0 0 0 9h3M18.5 11.5h3a4.5 4.5 0 0 1 0 9h-3M12 16h8"/></g></svg>`;

const VALIDATORS = { etag: entityTag(ICON) };

/** The sign of a page's tab: our own picture, the same for every page. */
export function sendIcon(request: IncomingMessage, response: ServerResponse): void {
  const { status } = evaluatePreconditions(request, VALIDATORS);
  response.writeHead(status, {
    ...COMMON_HEADERS,
    ...validatorHeaders(VALIDATORS),
    'Content-Security-Policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'Cache-Control': 'public, max-age=604800',
    'Content-Type': 'image/svg+xml',
    ...(status === 304 ? {} : { 'Content-Length': status === 200 ? Buffer.byteLength(ICON) : 0 }),
  });
  response.end(status === 200 && request.method === 'GET' ? ICON : undefined);
}
