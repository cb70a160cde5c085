import { checkLink } from '../../../main/linkify/check-link.ts';
import { askEverything, clientAt, gained, peerCheck, TOKEN } from './attack-setup.ts';
import { startImpostor } from './impostor.ts';

export const name = 'another user listens at the address of a custom server on this computer';

/** Where it listens, and each spelling by which the app may reach it there. */
const PLACES: readonly (readonly [host: string, spellings: readonly string[]])[] = [
  ['127.0.0.1', ['127.0.0.1', 'localhost', '127.1']],
  ['0.0.0.0', ['127.0.0.1', '127.0.0.2', 'localhost']],
  ['::', ['127.0.0.1', '[::1]', 'localhost', '127.0.0.9']],
  ['::1', ['[::1]', 'localhost']],
];

/** @returns what the attacker gained; `undefined` when nothing */
export async function run(): Promise<string | undefined> {
  for (const [host, spellings] of PLACES) {
    const impostor = await startImpostor({ host });
    try {
      for (const spelling of spellings) {
        const baseUrl = `http://${spelling}:${impostor.port}`;
        const client = clientAt(baseUrl, { token: TOKEN });
        const worked = await askEverything(client);
        client.close();
        const look = await checkLink(`${baseUrl}/s/secret-id`, {
          method: 'HEAD',
          ownOrigins: [new URL(baseUrl).origin],
          peer: peerCheck(),
        });
        const taken =
          gained(impostor.heard()) ??
          (impostor.heard().includes('secret-id') ? 'a link’s id' : undefined);
        if (taken !== undefined) return `${taken}, at ${baseUrl}`;
        if (worked.length > 0 || look !== 'unknown') {
          return `answers at ${baseUrl} were believed: ${worked.join(', ')} ${look}`;
        }
      }
      if (impostor.connections() === 0) throw new Error(`nobody came to ${host}`);
    } finally {
      await impostor.stop();
    }
  }
  return undefined;
}
