import type { RemoteInfo } from 'node:dgram';
import type { MulticastDNS } from 'multicast-dns';
import { isNearby } from './address.ts';
import {
  type Answer,
  addressRecord,
  type DecodedPacket,
  type NamedAddress,
  noOtherRecord,
  TTL_SECONDS,
} from './name-records.ts';

/** One record goes out to everyone once in this time, in ms; to defend a name, more often (section 6). */
const EVERY_MS = 1_000;
const DEFENDING_MS = 250;

/** Whoever asks from another port remembers an answer for so long at most, in seconds (section 6.7). */
const PLAIN_TTL_SECONDS = 10;

export interface AnswerForNameNeeds {
  readonly socket: Pick<MulticastDNS, 'respond'>;
  /** Where multicast DNS is spoken; questions from other ports are plain DNS. */
  readonly port: number;
  /** A steady clock, in ms. */
  readonly now: () => number;
}

/**
 * Answers questions for one name, and no others, as RFC 6762 has it: to everyone, unless the one
 * who asks knows already, was told a moment ago, or speaks plain DNS and gets an answer alone.
 */
export function createAnswerForName({ socket, port, now }: AnswerForNameNeeds) {
  const toldAtMs = new Map<string, number>();

  const mayTell = (type: string, isDefence: boolean): boolean => {
    const nowMs = now();
    const sinceMs = nowMs - (toldAtMs.get(type) ?? Number.NEGATIVE_INFINITY);
    if (sinceMs < (isDefence ? DEFENDING_MS : EVERY_MS)) return false;
    toldAtMs.set(type, nowMs);
    return true;
  };

  return (packet: DecodedPacket, from: Pick<RemoteInfo, 'address' | 'port'>, own: NamedAddress) => {
    if (!isNearby(from.address)) return;
    const address = addressRecord(own);
    const asked = (packet.questions ?? []).flatMap(({ name, type }) =>
      name.toLowerCase() === own.name ? [type as string] : [],
    );
    const wantsAddress = asked.some((type) => type === address.type || type === 'ANY');
    const wantsOther = asked.some((type) => type === 'A' || type === 'AAAA');
    if (!wantsAddress && !wantsOther) return;
    const others = noOtherRecord(own);

    if (from.port !== port) {
      const plain = (record: Answer): Answer => ({
        ...record,
        ...('ttl' in record ? { ttl: PLAIN_TTL_SECONDS, flush: false } : {}),
      });
      socket.respond(
        {
          id: packet.id ?? 0,
          questions: packet.questions ?? [],
          answers: wantsAddress ? [plain(address)] : [],
          additionals: [plain(others)],
        },
        from,
      );
      return;
    }
    if (wantsAddress && isKnown(packet, address)) return;
    const isDefence = (packet.authorities ?? []).length > 0;
    const main = wantsAddress ? address : others;
    if (!mayTell(main.type, isDefence)) return;
    socket.respond(
      wantsAddress ? { answers: [address], additionals: [others] } : { answers: [others] },
    );
  };
}

/** Whether whoever asks says that it knows, and will for a while (section 7.1). */
function isKnown(packet: DecodedPacket, { name, type, data }: ReturnType<typeof addressRecord>) {
  return (packet.answers ?? []).some(
    (one) =>
      one.type === type &&
      one.name.toLowerCase() === name &&
      one.data === data &&
      (one.ttl ?? 0) >= TTL_SECONDS / 2,
  );
}
