import { isIPv6 } from 'node:net';
import type { MulticastDNS } from 'multicast-dns';
import { type OwnAddress, zoneOf } from './address.ts';
import { createAnswerForName } from './answer-for-name.ts';
import {
  addressRecord,
  type DecodedPacket,
  goesFirst,
  isAnotherOnes,
  type NamedAddress,
} from './name-records.ts';

/** Where multicast DNS is spoken (RFC 6762). */
const PORT = 5353;
/** A name is asked for so often before it is ours, so far apart, in ms (section 8.1). */
const PROBES = 3;
const PROBE_MS = 250;
/** Whoever goes second asks again after this, in ms (section 8.2). */
const SECOND_MS = 1_000;
/** A second announcement follows the first after this, in ms (section 8.3). */
const ANNOUNCE_AGAIN_MS = 1_000;
/** Names that are tried: `anna-links`, `anna-links-2`, and so on. */
const TRIES = 9;
/** After so many conflicts within so many ms, a name is asked for no sooner than that (section 8.1). */
const MANY = { conflicts: 15, withinMs: 10_000, pauseMs: 5_000 } as const;
/** An interface where no name could be had is tried again after this, in ms. */
const AGAIN_MS = 60_000;

export interface LocalNameNeeds {
  /** The machine's own name, which ours begins with. */
  readonly hostname: string;
  /** Told when the name that links may carry has changed; `undefined`: there is none. */
  readonly onChange?: (name: string | undefined) => void;
  /** Told once a start what went wrong, without any name. */
  readonly onProblem?: (cause: unknown) => void;
  /** 5353 outside tests. */
  readonly port?: number;
  /** A steady clock, in ms. */
  readonly now?: () => number;
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

/** One interface's socket, until `end`. */
interface Session {
  readonly socket: MulticastDNS;
  readonly ended: AbortSignal;
  end(): void;
}

export function createLocalName(needs: LocalNameNeeds): LocalName {
  const { port = PORT, now = () => performance.now() } = needs;
  let session: Session | undefined;
  let own: OwnAddress | undefined;
  let ours: NamedAddress | undefined;
  let failedAtMs = Number.NEGATIVE_INFINITY;
  let conflictsAtMs: readonly number[] = [];

  const setOurs = (next: NamedAddress | undefined): void => {
    const isNews = next?.name !== ours?.name;
    ours = next;
    if (isNews) needs.onChange?.(next?.name);
  };

  /** Asks who has a name already; `second`: somebody asks for it in the same moment, and goes first. */
  async function probe(
    { socket, ended }: Session,
    wanted: NamedAddress,
  ): Promise<'free' | 'taken' | 'second'> {
    let found: 'free' | 'taken' | 'second' = 'free';
    const look = (packet: DecodedPacket): void => {
      if (isAnotherOnes(packet, wanted)) found = 'taken';
      else if (found === 'free' && goesFirst(packet, wanted)) found = 'second';
    };
    socket.on('packet', look);
    // Machines that come up at once do not ask at once.
    await pause(Math.random() * PROBE_MS, ended);
    for (let asked = 0; asked < PROBES && found === 'free' && !ended.aborted; asked++) {
      socket.query({
        questions: [{ name: wanted.name, type: 'ANY' as 'A' }],
        authorities: [addressRecord(wanted)],
      });
      await pause(PROBE_MS, ended);
    }
    socket.off('packet', look);
    return found;
  }

  async function claim(mine: Session, { address }: OwnAddress): Promise<void> {
    const { socket, ended } = mine;
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      const label = `${labelOf(needs.hostname)}${attempt === 1 ? '' : `-${attempt}`}`;
      const wanted = { name: `${label}.local`, address };
      let found = await probe(mine, wanted);
      if (found === 'second') {
        await pause(SECOND_MS, ended);
        found = await probe(mine, wanted);
      }
      if (ended.aborted) return;
      if (found !== 'free') continue;
      setOurs(wanted);
      socket.respond([addressRecord(wanted)]);
      void pause(ANNOUNCE_AGAIN_MS, ended).then(() => {
        if (!ended.aborted && ours === wanted) socket.respond([addressRecord(wanted)]);
      });
      return;
    }
  }

  /** Someone else answers for our name, perhaps after two networks became one (section 9). */
  async function giveWay(mine: Session, at: OwnAddress): Promise<void> {
    setOurs(undefined);
    const nowMs = now();
    conflictsAtMs = [...conflictsAtMs, nowMs].filter((ms) => nowMs - ms < MANY.withinMs);
    if (conflictsAtMs.length >= MANY.conflicts) await pause(MANY.pauseMs, mine.ended);
    if (!mine.ended.aborted) await claim(mine, at);
  }

  async function close(): Promise<void> {
    const last = ours;
    const before = session;
    session = undefined;
    setOurs(undefined);
    if (before === undefined) return;
    const { socket, end } = before;
    end();
    if (last !== undefined) {
      await new Promise<void>((resolve) => {
        socket.respond({ answers: [addressRecord(last, 0)] }, undefined, () => resolve());
      });
    }
    await new Promise<void>((resolve) => socket.destroy(resolve));
  }

  async function open(at: OwnAddress, onProblem: (cause: unknown) => void): Promise<void> {
    // Few people ask for a name: it is loaded for them alone.
    const { default: makeMdns } = await import('multicast-dns');
    if (own !== at) return;
    const socket = makeMdns({
      ...(isIPv6(at.address)
        ? { type: 'udp6', ip: 'ff02::fb', interface: `::%${zoneOf(at.name)}`, bind: '::' }
        : { interface: at.address, bind: '0.0.0.0' }),
      port,
    });
    const ending = new AbortController();
    const mine: Session = { socket, ended: ending.signal, end: () => ending.abort() };
    session = mine;
    let joined = false;
    socket.once('networkInterface', () => {
      joined = true;
    });
    socket.on('warning', (cause: unknown) => {
      // Others may send what is no packet at all: that is no news.
      if (cause instanceof Error && 'syscall' in cause) onProblem(cause);
    });
    const answer = createAnswerForName({ socket, port, now });
    socket.on('query', (packet: DecodedPacket, from) => {
      if (session === mine && ours !== undefined) answer(packet, from, ours);
    });
    socket.on('response', (packet: DecodedPacket) => {
      if (session !== mine || ours === undefined) return;
      if (isAnotherOnes(packet, ours)) void giveWay(mine, at);
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('ready', resolve);
      socket.once('error', reject);
      mine.ended.addEventListener('abort', () => resolve());
    });
    if (mine.ended.aborted) return;
    socket.on('error', onProblem);
    // Whoever hears nobody cannot know that a name is free.
    if (!joined) throw new Error('no multicast');
    await claim(mine, at);
  }

  return {
    current: () => ours?.name,
    async start(at) {
      const isSame = own?.address === at.address && own.name === at.name;
      if (isSame && (session !== undefined || now() - failedAtMs < AGAIN_MS)) return;
      own = at;
      await close();
      if (own !== at) return;
      let told = false;
      const onProblem = (cause: unknown): void => {
        if (told) return;
        told = true;
        needs.onProblem?.(cause);
      };
      try {
        await open(at, onProblem);
      } catch (cause) {
        if (own !== at) return;
        onProblem(cause);
        failedAtMs = now();
        await close();
      }
    },
    async stop() {
      own = undefined;
      failedAtMs = Number.NEGATIVE_INFINITY;
      await close();
    },
  };
}

/** Settles after so many ms, or as soon as it is over. */
function pause(ms: number, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      ended.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    timer.unref();
    ended.addEventListener('abort', done);
    if (ended.aborted) done();
  });
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
