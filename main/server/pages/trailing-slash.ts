import { COMMON_HEADERS } from '../http/response.ts';
import type { Exchange } from './send.ts';

/**
 * Redirects `/s/abc/` to `/s/abc` (308), which people and chat programs write with a slash.
 * The location is relative, so that it is right below a proxy's path, too.
 * @param isPage whether there is a page at a path
 * @returns false where there is none without the slash either; then nothing was sent
 */
export function redirectTrailingSlash(
  { request, response }: Pick<Exchange, 'request' | 'response'>,
  isPage: (path: string) => boolean,
): boolean {
  const [path = '', query] = (request.url ?? '').split(/\?(.*)/s, 2);
  // A loop: an expression would begin anew at each of thousands of slashes within the path.
  let end = path.length;
  while (path[end - 1] === '/') end--;
  const plain = path.slice(0, end);
  if (plain === path || !isPage(plain)) return false;
  const up = '../'.repeat(path.length - plain.length);
  const name = plain.slice(plain.lastIndexOf('/') + 1);
  response.writeHead(308, {
    ...COMMON_HEADERS,
    Location: `${up}${name}${query === undefined ? '' : `?${query}`}`,
    'Content-Length': 0,
  });
  response.end();
  return true;
}
