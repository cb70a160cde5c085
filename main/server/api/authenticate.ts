import type { IncomingMessage } from 'node:http';
import { HttpFault } from '../http/fault.ts';
import { isLoopback } from '../http/ip-address.ts';
import { createProxies } from '../http/proxies.ts';
import { basePathOf, normalPublicUrl, pathBelow } from '../http/public-url.ts';
import { pathOf } from '../http/router.ts';
import type { Users } from '../store/users.ts';
import type { Caller } from './caller.ts';
import { bearerOf, createGuard } from './guard.ts';
import { TokenLimits } from './token-limits.ts';

/** How the API is reached from other computers: by a proxy with TLS. */
export interface PublicApi {
  /** What clients call it by, such as `https://share.example.com/api`. */
  readonly baseUrl: string;
  /** Addresses or networks of the proxies; nobody else outside of this computer is answered. */
  readonly proxies: readonly string[];
}

interface AuthenticationOptions {
  /** The server's own token. */
  readonly token: string;
  readonly users: Users;
  readonly publicApi?: PublicApi | undefined;
}

/** Decides who makes a request, and whether it is answered. */
export class Authentication {
  readonly #guard: ReturnType<typeof createGuard>;
  readonly #users: Users;
  readonly #limits = new TokenLimits();
  readonly #basePath: string;
  readonly #publicHost: string | undefined;
  readonly proxies: ReturnType<typeof createProxies>;

  constructor({ token, users, publicApi }: AuthenticationOptions) {
    const baseUrl = publicApi && normalPublicUrl(publicApi.baseUrl);
    this.#users = users;
    this.#publicHost = baseUrl && new URL(baseUrl).host;
    this.#guard = createGuard(token, this.#publicHost);
    this.#basePath = baseUrl === undefined ? '' : basePathOf(baseUrl);
    this.proxies = createProxies({
      ...(baseUrl === undefined ? {} : { publicBaseUrl: baseUrl }),
      trusted: publicApi?.proxies ?? [],
    });
  }

  /** The path below the public URL's own: a proxy may pass it on, or take it away. */
  pathOf(request: IncomingMessage): string {
    const path = pathOf(request);
    return pathBelow(this.#basePath, path) ?? path;
  }

  /**
   * Whether a program on this computer sent it, and no proxy: only such a one may use the server's
   * own token.
   */
  isLocal({ headers, socket }: IncomingMessage): boolean {
    if (this.#publicHost === undefined) return true;
    const isForwarded = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
    const isPublic = isForwarded || headers.host?.toLowerCase() === this.#publicHost;
    return !isPublic && isLoopback(socket.remoteAddress ?? '');
  }

  /** @throws HttpFault 400, 401, 403 or 429 */
  async callerOf(request: IncomingMessage, needsToken: boolean): Promise<Caller> {
    const { url: target = '', headersDistinct: headers, socket } = request;
    const isProxy = this.proxies.trusts(socket.remoteAddress ?? '');
    const verdict = this.#guard({ headers, target, port: socket.localPort, isProxy }, needsToken);
    if (verdict.kind === 'pass' && (!needsToken || this.isLocal(request))) {
      return { kind: 'server' };
    }
    if (verdict.kind === 'refuse' && verdict.reason !== 'token') {
      throw new HttpFault(verdict.status, verdict.sentence);
    }
    return await this.#user(request, bearerOf(headers));
  }

  async #user(request: IncomingMessage, token: string | undefined): Promise<Caller> {
    const address = this.proxies.visitorOf(request);
    const isCounted = !this.isLocal(request);
    if (isCounted) await this.#limits.refuseAfterWrongTokens(address);
    const user = token === undefined ? undefined : await this.#users.byToken(token);
    if (user === undefined) {
      if (isCounted) await this.#limits.wrongToken(address);
      throw new HttpFault(401, 'Missing or invalid bearer token.');
    }
    await this.#limits.request(user);
    return { kind: 'user', user };
  }
}
