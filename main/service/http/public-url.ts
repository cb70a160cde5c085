/**
 * The public URL as links begin with it: as browsers write it (percent-encoded, names in lower
 * case), without empty segments and without a slash at its end.
 * @throws TypeError for what is no URL
 */
export function normalPublicUrl(text: string): string {
  const { origin, pathname } = new URL(text);
  return origin + pathname.replace(/\/{2,}/g, '/').replace(/\/$/, '');
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
