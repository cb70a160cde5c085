import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { fixtureOf } from '../service/faults/scenarios.ts';
import { get } from '../service/run.ts';
import { peakOf, type Usage, usageOf, withService } from './service.ts';

export const name = 'pipelined requests on every connection that a visitor may have';

/** As many as one visitor may have, and as many requests as fit into what Node reads at once. */
const CONNECTIONS = 32;
const REQUESTS = 1_200;
/** How long a client waits for its connection to be closed, in ms; it reads nothing. */
const HELD_MS = 3_000;

export interface PipeliningResult {
  readonly before: Usage;
  readonly during: Usage;
  readonly after: Usage;
  /** Answers to another visitor during the attack, and the slowest of them, in ms. */
  readonly served: number;
  readonly slowestMs: number;
  /** Connections that were still open when the attacker left. */
  readonly heldConnections: number;
}

/** @param pathOf what is asked for, by the link of a share of 50 MB */
export function run(pathOf = (link: URL) => `${link.pathname}/raw`): Promise<PipeliningResult> {
  return withService([], async (service) => {
    const response = await fetch(`${service.baseUrl}/x-linkify/assets?name=film.bin`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${service.token}`,
        'content-type': 'application/octet-stream',
      },
      body: new Uint8Array(50_000_000),
    });
    const { id } = (await response.json()) as { id: string };
    const made = await service.api.call('POST', '/linkify', { access: 'PUBLIC', asset: { id } });
    const link = new URL(made.json.iterable[0].link);
    const other = await fixtureOf(service).share(1_000);
    await get(other.link);
    const before = await usageOf(service.pid);

    let served = 0;
    let slowestMs = 0;
    let heldConnections = 0;
    const during = await peakOf(service.pid, async () => {
      const sends = `GET ${pathOf(link)} HTTP/1.1\r\nHost: ${link.host}\r\n\r\n`.repeat(REQUESTS);
      const sockets = Array.from({ length: CONNECTIONS }, () => {
        const socket = connect({ port: Number(link.port), host: '127.0.0.1' });
        socket.on('error', () => undefined);
        socket.write(sends);
        return socket.pause();
      });
      const until = performance.now() + HELD_MS;
      while (performance.now() < until) {
        const begin = performance.now();
        if ((await get(other.link, { connection: 'close' })).status === 200) served++;
        slowestMs = Math.max(slowestMs, performance.now() - begin);
      }
      // A paused socket hears of nothing: what is read now is what the service had sent.
      for (const socket of sockets) socket.resume();
      await wait(500);
      for (const socket of sockets) {
        if (!socket.closed) heldConnections++;
        socket.destroy();
      }
    });
    await wait(1_000);
    return {
      before,
      during,
      after: await usageOf(service.pid),
      served,
      slowestMs,
      heldConnections,
    };
  });
}
