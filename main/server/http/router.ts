import type { IncomingMessage } from 'node:http';

/** What a route's path held, by name. Only letters, digits, `-` and `_` ever get here. */
export type PathParameters = Readonly<Record<string, string>>;

export interface Route<H> {
  readonly method: string;
  /** Such as `/linkify/{share}/revoke`. */
  readonly path: string;
  readonly handle: H;
}

export const get = <H>(path: string, handle: H): Route<H> => ({ method: 'GET', path, handle });

export const post = <H>(path: string, handle: H): Route<H> => ({ method: 'POST', path, handle });

/** The path that was requested; nothing in it is decoded. */
export const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?', 1)[0] ?? '';

/** The query that was requested; a second `?` ends it. */
export const queryOf = ({ url = '' }: IncomingMessage): URLSearchParams =>
  new URLSearchParams(url.split('?', 2)[1] ?? '');

export type Found<H> =
  | { readonly kind: 'found'; readonly handle: H; readonly parameters: PathParameters }
  | { readonly kind: 'wrong-method'; readonly allow: readonly string[] }
  | { readonly kind: 'unknown' };

/**
 * Finds routes by exact path; `{name}` stands for one segment of 1 to 64 letters, digits,
 * `-` and `_`. Nothing is percent-decoded, so `..`, `%2e` and `%00` match no route.
 */
export function createRouter<H>(routes: readonly Route<H>[]) {
  const compiled = routes.map((route) => ({ ...route, pattern: toPattern(route.path) }));
  return (method: string, path: string): Found<H> => {
    const allow: string[] = [];
    for (const route of compiled) {
      const match = route.pattern.exec(path);
      if (match === null) continue;
      if (route.method === method) {
        return { kind: 'found', handle: route.handle, parameters: match.groups ?? {} };
      }
      allow.push(route.method);
    }
    return allow.length > 0 ? { kind: 'wrong-method', allow } : { kind: 'unknown' };
  };
}

function toPattern(path: string): RegExp {
  const source = path
    .replace(/[.\\+*?^$()[\]|]/g, '\\$&')
    .replace(/\{(\w+)\}/g, '(?<$1>[A-Za-z0-9_-]{1,64})');
  return new RegExp(`^${source}$`);
}
