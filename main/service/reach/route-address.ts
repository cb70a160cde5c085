import { createSocket } from 'node:dgram';

/** An answer is good for this long, in ms: networks change while a computer runs. */
const FRESH_MS = 5_000;

/** An address for documentation (RFC 5737): the system picks the way to it, nothing is sent. */
const ELSEWHERE = '192.0.2.1';

export interface RouteAddress {
  /** Our own address on the way out, as far as it is known by now; asks anew when it is old. */
  current(): string | undefined;
  /** Asks now. */
  refresh(): Promise<void>;
}

/**
 * Which of our addresses the default route uses. Connecting a UDP socket sends nothing: it only
 * makes the system choose. Asked beside a share and not within it, so that it costs no time.
 */
export function createRouteAddress(now = Date.now): RouteAddress {
  let address: string | undefined;
  let askedAtMs = Number.NEGATIVE_INFINITY;

  async function refresh(): Promise<void> {
    askedAtMs = now();
    address = await sourceAddress();
  }

  return {
    current() {
      if (now() - askedAtMs > FRESH_MS) void refresh();
      return address;
    },
    refresh,
  };
}

function sourceAddress(): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const done = (address: string | undefined): void => {
      socket.close();
      resolve(address);
    };
    socket.once('error', () => done(undefined));
    socket.connect(9, ELSEWHERE, () => {
      try {
        done(socket.address().address);
      } catch {
        done(undefined);
      }
    });
  });
}
