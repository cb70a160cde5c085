import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { Session } from 'electron';

/** The window's origin: our own scheme, so that no file: page and no other page has it. */
export const WINDOW_ORIGIN = 'linkify://window';

const TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
]);

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const THUMBNAIL = /^\/thumbnails\/(clips|links)\/([^/]+)$/;

/** A small picture of something that was copied, or of a link, by its id; as the bytes of a PNG. */
export type FindThumbnail = (of: 'clips' | 'links', id: string) => Uint8Array | undefined;

/**
 * Serves the built renderer, and nothing outside its folder, at linkify://window/; and below
 * `thumbnails/` small pictures of what was copied and of links, found when they are asked for.
 */
export function serveWindowPage(session: Session, folder: string, thumbnail: FindThumbnail): void {
  if (session.protocol.isProtocolHandled('linkify')) return;
  session.protocol.handle('linkify', async ({ url, method }) => {
    const { host, pathname } = new URL(url);
    const [, of, id] = THUMBNAIL.exec(pathname) ?? [];
    if (of !== undefined && id !== undefined && host === 'window' && method === 'GET') {
      return picture(thumbnail(of === 'clips' ? 'clips' : 'links', decodeURIComponent(id)));
    }
    const type = TYPES.get(extname(pathname));
    const path = normalize(join(folder, decodeURIComponent(pathname)));
    // In an archive a name ends at a NUL: what follows would not count.
    const inside = path.startsWith(folder + sep) && !path.includes('\0');
    if (method !== 'GET' || host !== 'window' || type === undefined || !inside) {
      return new Response('Not found', { status: 404 });
    }
    try {
      // A copy in a buffer of its own, which is what Response takes.
      const body = new Uint8Array(await readFile(path));
      return new Response(body, {
        headers: {
          'content-type': type,
          'content-security-policy': POLICY,
          'x-content-type-options': 'nosniff',
        },
      });
    } catch {
      return new Response('Not found', { status: 404 });
    }
  });
}

function picture(png: Uint8Array | undefined): Response {
  if (png === undefined) return new Response('Not found', { status: 404 });
  return new Response(new Uint8Array(png), {
    headers: { 'content-type': 'image/png', 'x-content-type-options': 'nosniff' },
  });
}
