import { randomUUID } from 'node:crypto';
import { type RequestListener, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIPv6, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';

/**
 * Whether links open at the address that they carry. A look from this computer at its own address
 * stays inside it, and passes firewalls that keep others out; so it proves that our pages answer
 * there, and no more. That others get through is proven by one who did.
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
  readonly withinMs?: number;
}

export interface ReachProbe {
  /** Stands before the pages: sees who comes, and answers its own looks. */
  readonly handle: RequestListener;
  /** @param baseUrl what links begin with */
  check(baseUrl: string): Promise<ReachCheck>;
}

/** Carries a word that only we know, so that nobody else's answer is taken for ours. */
const HEADER = 'x-linkify-look';
const WITHIN_MS = 1_500;
/** One visit a minute is enough to know of, in ms. */
const NOTE_EVERY_MS = 60_000;

export function createReachProbe(options: ReachProbeOptions): ReachProbe {
  const { interfaces = networkInterfaces, now } = options;
  const looks = new Set<string>();
  let visit: { readonly at: string; readonly ms: number } | undefined;

  const note = (socket: Socket): void => {
    const from = plain(socket.remoteAddress);
    const at = plain(socket.localAddress);
    if (from === at || from === '127.0.0.1') return;
    if (visit?.at === at && now() - visit.ms < NOTE_EVERY_MS) return;
    if (isNeighbour(from, at, interfaces())) visit = { at, ms: now() };
  };

  const visitedAtMs = (address: string): number | undefined => {
    if (visit === undefined) return undefined;
    const { at, ms } = visit;
    const isOurs = Object.values(interfaces()).some((all) =>
      all?.some((one) => one.address === at),
    );
    const isThere = /^[\d.]+$|:/.test(address) ? address === at : true;
    return isOurs && isThere ? ms : undefined;
  };

  /** Whether our own pages were asked, and whether anything answered. */
  const look = (baseUrl: string): Promise<'ours' | 'other' | 'nothing'> =>
    new Promise((resolve) => {
      const word = randomUUID();
      looks.add(word);
      const open = baseUrl.startsWith('https:') ? requestHttps : requestHttp;
      const asked = open(
        `${baseUrl}/`,
        { method: 'HEAD', agent: false, headers: { [HEADER]: word } },
        (response) => {
          response.resume();
          end(looks.has(word) ? 'other' : 'ours');
        },
      );
      const over = setTimeout(() => end('nothing'), options.withinMs ?? WITHIN_MS);
      const end = (found: 'ours' | 'other' | 'nothing'): void => {
        clearTimeout(over);
        looks.delete(word);
        resolve(found);
        asked.destroy();
      };
      asked.once('error', () => end('nothing'));
      asked.end();
    });

  return {
    handle(request, response) {
      const word = request.headers[HEADER];
      if (typeof word === 'string' && looks.delete(word)) {
        response.writeHead(204).end();
        return;
      }
      note(request.socket);
      options.handle(request, response);
    },
    async check(baseUrl) {
      const { hostname, port, protocol } = new URL(baseUrl);
      const address = hostname.replace(/^\[|\]$/g, '');
      if (address === '127.0.0.1' || address === '::1' || address === 'localhost') {
        return { kind: 'no-network' };
      }
      const portNumber = Number(port || (protocol === 'https:' ? 443 : 80));
      const found = await look(baseUrl);
      if (found === 'other') return { kind: 'other-program', address };
      if (found === 'nothing') {
        // A busy moment looks like a wall: asked here first, and there once more.
        if ((await look(`http://127.0.0.1:${portNumber}`)) !== 'ours') {
          return { kind: 'closed', address };
        }
        if ((await look(baseUrl)) === 'nothing') {
          return { kind: 'blocked', address };
        }
      }
      const ms = visitedAtMs(address);
      return { kind: 'ok', address, ...(ms === undefined ? {} : { visitedAtMs: ms }) };
    },
  };
}

/** IPv4 as such, also where it comes as IPv6; no zone. */
function plain(address = ''): string {
  return address.replace(/^::ffff:/, '').split('%', 1)[0] ?? '';
}

/**
 * Whether a peer is another machine of the network that one of our interfaces is in: not a
 * container, a virtual machine or ourselves, whom no firewall keeps out.
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
