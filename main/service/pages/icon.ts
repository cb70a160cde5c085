import type { ServerResponse } from 'node:http';
import { send } from '../http/answer.ts';

export const ICON_PATH = '/icon.svg';

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round"><rect width="32" height="32" rx="8" fill="#0b6a6c" stroke="none"/><g transform="rotate(-45 16 16)"><path d="M13.5 11.5h-3a4.5 4.5 0 0 0 0 9h3M18.5 11.5h3a4.5 4.5 0 0 1 0 9h-3M12 16h8"/></g></svg>`;

/** The sign of a page's tab: our own picture, the same for every page. */
export function sendIcon(response: ServerResponse): void {
  send(response, 200, 'image/svg+xml', ICON, {
    'Content-Security-Policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'Cache-Control': 'public, max-age=604800',
  });
}
