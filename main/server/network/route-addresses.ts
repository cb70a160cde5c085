import { createSocket } from 'node:dgram';

/** An answer is good for this long, in ms: networks change while a computer runs. */
const FRESH_MS = 5_000;

/** Addresses for documentation (RFC 5737, 3849): the system picks the way there, nothing is sent. */
const ELSEWHERE = { udp4: '192.0.2.1', udp6: '2001:db8::1' } as const;

export interface RouteAddresses {
  /** Our own addresses on the ways out, as far as they are known by now; asks anew when they are old. */
  current(): readonly string[];
  /** Asks now. */
  refresh(): Promise<void>;
}

/**
 * Which of our addresses the default routes use. Connecting a UDP socket sends nothing: it only
 * makes the system choose. Asked beside a share and not within it, so that it costs no time.
 */
export function createRouteAddresses(now = Date.now): RouteAddresses {
  let addresses: readonly string[] = [];
  let askedAtMs = Number.NEGATIVE_INFINITY;

  async function refresh(): Promise<void> {
    askedAtMs = now();
    const found = await Promise.all([sourceAddress('udp4'), sourceAddress('udp6')]);
    addresses = found.filter((address) => address !== undefined);
  }

  return {
    current() {
      if (now() - askedAtMs > FRESH_MS) void refresh();
      return addresses;
    },
    refresh,
  };
}

function sourceAddress(type: 'udp4' | 'udp6'): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket(type);
    const done = (address: string | undefined): void => {
      socket.close();
      resolve(address);
    };
    socket.once('error', () => done(undefined));
    socket.connect(9, ELSEWHERE[type], () => {
      try {
        done(socket.address().address);
      } catch {
        done(undefined);
      }
    });
  });
}
