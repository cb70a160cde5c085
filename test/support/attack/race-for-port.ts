import { startScriptedService } from '../scripted-service.ts';
import { clientAt, gained, SECRET, TOKEN } from './attack-setup.ts';
import { startImpostor } from './impostor.ts';

export const name = 'another user takes the port between two requests, again and again';

const ROUNDS = 5;

/** @returns what the attacker gained; `undefined` when nothing */
export async function run(): Promise<string | undefined> {
  let service = await startScriptedService();
  const { port, baseUrl } = service;
  const client = clientAt(baseUrl, { token: TOKEN });
  const share = () =>
    client.linkify({ kind: 'text', name: 'clip', text: SECRET }).then(
      () => true,
      () => false,
    );
  try {
    for (let round = 0; round < ROUNDS; round++) {
      // The connection of this one is kept, and its owner known.
      if (!(await share())) throw new Error('the real server was not used');
      const thief = await startImpostor({ port, lurks: true });
      const asked = [share(), share()];
      await service.close();
      await Promise.all(asked);
      for (let tries = 0; tries < 20; tries++) await share();
      const taken = gained(thief.heard());
      await thief.stop();
      service = await startScriptedService({}, { port });
      if (taken !== undefined) return `${taken}, in round ${round + 1}`;
    }
    return undefined;
  } finally {
    client.close();
    await service.close();
  }
}
