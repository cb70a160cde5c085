import { isIPv6 } from 'node:net';
import type { Answer, DecodedPacket } from 'dns-packet';
import type { MulticastDNS } from 'multicast-dns';
import type { OwnAddress } from './address.ts';

/** How long others may remember an address, in seconds (RFC 6762, section 10). */
const TTL_SECONDS = 120;
/** A name is asked for so often before it is ours, so far apart, in ms (RFC 6762, section 8.1). */
const PROBES = 3;
const PROBE_MS = 250;
/** A second announcement follows the first after this, in ms (RFC 6762, section 8.3). */
const ANNOUNCE_AGAIN_MS = 1_000;
/** Names that are tried: `anna-links`, `anna-links-2`, and so on. */
const TRIES = 9;

export interface LocalNameNeeds {
  /** The machine's own name, which ours begins with. */
  readonly hostname: string;
  /** Told when the name that links may carry has changed; `undefined`: there is none. */
  readonly onChange?: (name: string | undefined) => void;
  /** Told what went wrong, without any name. */
  readonly onProblem?: (cause: unknown) => void;
  /** Where multicast DNS is spoken; 5353 outside tests. */
  readonly port?: number;
}

/** A name under `.local` that devices on the same network find without any server (RFC 6762). */
export interface LocalName {
  /** The name that is ours now; none before it was found to be free. */
  current(): string | undefined;
  /**
   * Answers for a name of ours at this address until `stop`; settles once a name is ours, or none
   * can be had. Nothing but the address is told: no service is listed, and no port.
   */
  start(own: OwnAddress): Promise<void>;
  /** Says goodbye, so that nobody remembers the name, and falls silent. */
  stop(): Promise<void>;
}

export function createLocalName(needs: LocalNameNeeds): LocalName {
  let mdns: MulticastDNS | undefined;
  let own: OwnAddress | undefined;
  let name: string | undefined;
  let announcing: NodeJS.Timeout | undefined;

  const setName = (now: string | undefined): void => {
    if (now === name) return;
    name = now;
    needs.onChange?.(name);
  };

  const records = (of: string, address: string, ttl = TTL_SECONDS): Answer[] => [
    { type: isIPv6(address) ? 'AAAA' : 'A', name: of, ttl, data: address, flush: true },
  ];

  /** Says that there is no other address, so that nobody waits for one (RFC 6762, section 6.1). */
  const noOther = (of: string, address: string): Answer[] => [
    {
      type: 'NSEC',
      name: of,
      ttl: TTL_SECONDS,
      flush: true,
      data: { nextDomain: of, rrtypes: [isIPv6(address) ? 'AAAA' : 'A'] },
    },
  ];

  function answer(socket: MulticastDNS, packet: DecodedPacket): void {
    const mine = name;
    if (own === undefined || mine === undefined) return;
    for (const question of packet.questions ?? []) {
      if (question.name.toLowerCase() !== mine) continue;
      const address = records(mine, own.address);
      const others = noOther(mine, own.address);
      const asked = question.type as string;
      if (asked === 'ANY' || asked === address[0]?.type) {
        socket.respond({ answers: address, additionals: others });
      } else if (asked === 'A' || asked === 'AAAA') socket.respond({ answers: others });
    }
  }

  /** Asks who has a name already. */
  function isFree(socket: MulticastDNS, wanted: string, address: string): Promise<boolean> {
    return new Promise((resolve) => {
      let asked = 0;
      let timer: NodeJS.Timeout | undefined;
      const end = (free: boolean): void => {
        clearTimeout(timer);
        socket.off('packet', look);
        resolve(free);
      };
      const look = (packet: DecodedPacket): void => {
        if (isTaken(packet, wanted, address)) end(false);
      };
      const ask = (): void => {
        if (mdns !== socket || asked === PROBES) {
          end(mdns === socket);
          return;
        }
        asked += 1;
        socket.query({
          questions: [{ name: wanted, type: 'ANY' as 'A' }],
          authorities: records(wanted, address),
        });
        timer = setTimeout(ask, PROBE_MS);
      };
      socket.on('packet', look);
      ask();
    });
  }

  async function claim(socket: MulticastDNS, { address }: OwnAddress): Promise<void> {
    for (let attempt = 1; attempt <= TRIES && mdns === socket; attempt++) {
      const wanted = `${labelOf(needs.hostname)}${attempt === 1 ? '' : `-${attempt}`}.local`;
      if (!(await isFree(socket, wanted, address)) || mdns !== socket) continue;
      setName(wanted);
      socket.respond(records(wanted, address));
      announcing = setTimeout(() => {
        if (name === wanted) socket.respond(records(wanted, address));
      }, ANNOUNCE_AGAIN_MS);
      announcing.unref();
      return;
    }
  }

  async function stop(): Promise<void> {
    clearTimeout(announcing);
    const socket = mdns;
    const last = name;
    const address = own?.address;
    mdns = undefined;
    own = undefined;
    setName(undefined);
    if (socket === undefined) return;
    if (last !== undefined && address !== undefined) {
      await new Promise<void>((resolve) => {
        socket.respond({ answers: records(last, address, 0) }, undefined, () => resolve());
      });
    }
    await new Promise<void>((resolve) => socket.destroy(resolve));
  }

  return {
    current: () => name,
    async start(at) {
      if (own?.address === at.address && own.name === at.name) return;
      await stop();
      own = at;
      // Few people ask for a name: it is loaded for them alone.
      const { default: makeMdns } = await import('multicast-dns');
      if (own !== at) return;
      const socket = makeMdns({
        ...(isIPv6(at.address)
          ? { type: 'udp6', ip: 'ff02::fb', interface: `::%${at.name}`, bind: '::' }
          : { interface: at.address, bind: '0.0.0.0' }),
        ...(needs.port === undefined ? {} : { port: needs.port }),
      });
      mdns = socket;
      let joined = false;
      socket.once('networkInterface', () => {
        joined = true;
      });
      socket.on('warning', (cause: unknown) => needs.onProblem?.(cause));
      socket.on('query', (packet: DecodedPacket) => answer(socket, packet));
      socket.on('response', (packet: DecodedPacket) => {
        // Someone else answers for it, perhaps after two networks became one (section 9).
        if (name === undefined || mdns !== socket || !isTaken(packet, name, at.address)) return;
        setName(undefined);
        void claim(socket, at);
      });
      try {
        await new Promise<void>((resolve, reject) => {
          socket.once('ready', resolve);
          socket.once('error', reject);
        });
        socket.on('error', (cause: unknown) => needs.onProblem?.(cause));
        // Whoever hears nobody cannot know that a name is free.
        if (joined) await claim(socket, at);
        else await stop();
      } catch (cause) {
        needs.onProblem?.(cause);
        if (mdns === socket) await stop();
      }
    },
    stop,
  };
}

/** Whether a packet says, or asks to be let say, that the name belongs to another address. */
function isTaken(packet: DecodedPacket, name: string, address: string): boolean {
  return [...(packet.answers ?? []), ...(packet.authorities ?? [])].some(
    (record) =>
      (record.type === 'A' || record.type === 'AAAA') &&
      record.name.toLowerCase() === name &&
      record.ttl !== 0 &&
      record.data !== address,
  );
}

/** `anna-links` of "Anna’s MacBook.local": one label (RFC 1035), in small letters. */
function labelOf(hostname: string): string {
  const [first = ''] = hostname.split('.');
  const plain = first
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return plain === '' ? 'my-links' : `${plain}-links`;
}
