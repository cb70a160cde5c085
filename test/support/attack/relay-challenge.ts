import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../../../main/server/start.ts';
import { askEverything, clientAt, gained, peerCheck } from './attack-setup.ts';

export const name = 'a program passes our challenge on to the real server at another port';

/** @returns what the attacker gained; `undefined` when nothing */
export async function run(): Promise<string | undefined> {
  const dataDir = await mkdtemp(join(tmpdir(), 'linkify-attack-'));
  const real = await startServer({ dataDir, apiPort: 0, pagesPort: 0, reach: 'loopback' });
  let heard = '';
  const relay = createServer((socket) => {
    const on = connect(Number(new URL(real.apiBaseUrl).port), '127.0.0.1');
    const port = String((relay.address() as { port: number }).port);
    socket.on('error', () => on.destroy());
    on.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      const text = chunk.toString('latin1');
      heard += text;
      // The real server wants its own port in Host.
      on.write(text.replaceAll(`:${port}`, `:${new URL(real.apiBaseUrl).port}`), 'latin1');
    });
    on.pipe(socket);
  });
  await new Promise<void>((resolve) => {
    relay.listen(0, '127.0.0.1', resolve);
  });
  const { port } = relay.address() as { port: number };
  // As on a system that does not say whose sockets are whose.
  const peer = { ...peerCheck(), ownerOf: () => 'no-list' as const };
  const client = clientAt(`http://127.0.0.1:${port}`, { token: real.token, peer });
  try {
    const worked = await askEverything(client);
    if (heard.includes(real.token)) return 'the access token';
    return worked.length > 0 ? worked.join(', ') : gained(heard);
  } finally {
    client.close();
    relay.close();
    await real.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
