import { randomUUID } from 'node:crypto';
import { type RequestListener, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIPv6, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';

/**
 * Whether links open at the address that they carry. A request from this computer to its own address
 * stays inside it, and passes firewalls that keep others out; so it shows that our pages answer
 * there, and no more. Only a visit of another device shows that others get through.
 */
export type ReachCheck =
  /** No network: links open on this computer only. */
  | { readonly kind: 'no-network' }
  /** Our pages answer there. */
  | {
      readonly kind: 'ok';
      readonly address: string;
      /** When another device of this network opened one last, in ms since 1970. */
      readonly visitedAtMs?: number;
    }
  /** Our pages answer on this computer, and nothing does at the address: something keeps us apart. */
  | { readonly kind: 'blocked'; readonly address: string }
  /** Something answers there, and it is not our pages. */
  | { readonly kind: 'other-program'; readonly address: string }
  /** Our pages do not answer at all. */
  | { readonly kind: 'closed'; readonly address: string };

export interface ReachProbeOptions {
  readonly handle: RequestListener;
  readonly interfaces?: typeof networkInterfaces;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
  /** Longest wait for one answer, in ms. */
  readonly timeoutMs?: number;
}

/** Carries a random value that only we know, so that no other answer is mistaken for ours. */
const HEADER = 'x-linkify-look';
const TIMEOUT_MS = 1_500;
/** Visits are noted once a minute at most, in ms. */
const NOTE_EVERY_MS = 60_000;

/** Checks whether our pages answer at their address, and notes visits of other devices. */
export class ReachProbe {
  readonly #options: ReachProbeOptions;
  readonly #interfaces: typeof networkInterfaces;
  /** Header values of our own requests under way. */
  readonly #requests = new Set<string>();
  /** The last visit of another device, at our address `at`. */
  #visit: { readonly at: string; readonly ms: number } | undefined;

  constructor(options: ReachProbeOptions) {
    this.#options = options;
    this.#interfaces = options.interfaces ?? networkInterfaces;
  }

  /** Stands before the pages: notes visits, and answers the probe's own requests. */
  readonly handle: RequestListener = (request, response) => {
    const value = request.headers[HEADER];
    if (typeof value === 'string' && this.#requests.delete(value)) {
      response.writeHead(204).end();
      return;
    }
    this.#note(request.socket);
    this.#options.handle(request, response);
  };

  /** @param baseUrl what links begin with */
  async check(baseUrl: string): Promise<ReachCheck> {
    const { hostname, port, protocol } = new URL(baseUrl);
    const address = hostname.replace(/^\[|\]$/g, '');
    if (address === '127.0.0.1' || address === '::1' || address === 'localhost') {
      return { kind: 'no-network' };
    }
    const portNumber = Number(port || (protocol === 'https:' ? 443 : 80));
    const answer = await this.#request(baseUrl);
    if (answer === 'other') return { kind: 'other-program', address };
    if (answer === 'none') {
      // A busy moment looks like a firewall: request it here first, and there once more.
      if ((await this.#request(`http://127.0.0.1:${portNumber}`)) !== 'ours') {
        return { kind: 'closed', address };
      }
      if ((await this.#request(baseUrl)) === 'none') {
        return { kind: 'blocked', address };
      }
    }
    const visitedAtMs = this.#visitedAtMs(address);
    return { kind: 'ok', address, ...(visitedAtMs === undefined ? {} : { visitedAtMs }) };
  }

  /** Whether our own pages received the request, and whether anything answered. */
  #request(baseUrl: string): Promise<'ours' | 'other' | 'none'> {
    return new Promise((resolve) => {
      const value = randomUUID();
      this.#requests.add(value);
      const send = baseUrl.startsWith('https:') ? requestHttps : requestHttp;
      const request = send(
        `${baseUrl}/`,
        { method: 'HEAD', agent: false, headers: { [HEADER]: value } },
        (response) => {
          response.resume();
          end(this.#requests.has(value) ? 'other' : 'ours');
        },
      );
      const timeout = setTimeout(() => end('none'), this.#options.timeoutMs ?? TIMEOUT_MS);
      const end = (answer: 'ours' | 'other' | 'none'): void => {
        clearTimeout(timeout);
        this.#requests.delete(value);
        resolve(answer);
        request.destroy();
      };
      request.once('error', () => end('none'));
      request.end();
    });
  }

  #note(socket: Socket): void {
    const { now } = this.#options;
    const from = plain(socket.remoteAddress);
    const at = plain(socket.localAddress);
    if (from === at || from === '127.0.0.1') return;
    if (this.#visit?.at === at && now() - this.#visit.ms < NOTE_EVERY_MS) return;
    if (isNeighbour(from, at, this.#interfaces())) this.#visit = { at, ms: now() };
  }

  #visitedAtMs(address: string): number | undefined {
    if (this.#visit === undefined) return undefined;
    const { at, ms } = this.#visit;
    const isOurs = Object.values(this.#interfaces()).some((all) =>
      all?.some((one) => one.address === at),
    );
    const isThere = /^[\d.]+$|:/.test(address) ? address === at : true;
    return isOurs && isThere ? ms : undefined;
  }
}

/** IPv4 as such, also where it comes as IPv6; no zone. */
function plain(address = ''): string {
  return address.replace(/^::ffff:/, '').split('%', 1)[0] ?? '';
}

/**
 * Whether a peer is another machine of the network that one of our interfaces is in: not a
 * container, a virtual machine or this computer, which no firewall keeps out.
 */
function isNeighbour(
  peer: string,
  at: string,
  interfaces: ReturnType<typeof networkInterfaces>,
): boolean {
  const all = Object.values(interfaces).flatMap((some) => some ?? []);
  if (all.some(({ address }) => address === peer)) return false;
  const family = isIPv6(peer) ? 'ipv6' : 'ipv4';
  return all.some(({ address, cidr, internal }) => {
    if (internal || address !== at || cidr === null) return false;
    const subnet = new BlockList();
    subnet.addSubnet(address, Number(cidr.split('/')[1]), isIPv6(address) ? 'ipv6' : 'ipv4');
    return subnet.check(peer, family);
  });
}
