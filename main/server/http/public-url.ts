/**
 * The public URL as links begin with it: as browsers write it (percent-encoded, names in lower
 * case), without empty segments and without a slash at its end. Brackets and quotes are encoded, too:
 * a page's style names URLs, and there they would end one (CSS Syntax 3, section 4.3.6).
 * @throws TypeError for what is no URL
 */
export function normalPublicUrl(text: string): string {
  const { origin, pathname } = new URL(text);
  const path = pathname.replace(/\/{2,}/g, '/').replace(/\/$/, '');
  return origin + path.replace(/['()]/g, (found) => `%${found.charCodeAt(0).toString(16)}`);
}

/** The path of a public URL: `/links` of `https://example.com/links`, empty at the root. */
export function basePathOf(publicBaseUrl: string): string {
  return publicBaseUrl.slice(new URL(publicBaseUrl).origin.length);
}

/**
 * A request's path below the public URL's own, however a proxy or a client percent-encodes it.
 * @param path of a request, without its query
 * @returns `undefined` when it does not begin with the base path, as behind a proxy that takes it away
 */
export function pathBelow(basePath: string, path: string): string | undefined {
  if (basePath === '') return path.startsWith('/') ? path : undefined;
  const base = basePath.split('/').map(decoded);
  const segments = path.split('/');
  const isBelow = base.every((segment, at) => decoded(segments[at] ?? '') === segment);
  return isBelow ? ['', ...segments.slice(base.length)].join('/') : undefined;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
