import { waitFor } from '../desktop/wait-for.ts';
import { startScriptedService } from '../scripted-service.ts';
import { askEverything, gained, sessionAt } from './attack-setup.ts';
import { startImpostor } from './impostor.ts';

export const name = 'another user takes the port of Pieces OS after it was found';

/** @returns what the attacker gained; `undefined` when nothing */
export async function run(): Promise<string | undefined> {
  const pieces = await startScriptedService();
  const { port } = pieces;
  const session = sessionAt([port]);
  await waitFor('Pieces OS', async () => (await session.refresh()).kind === 'ready');
  const client = session.client();
  await pieces.close();
  const impostor = await startImpostor({ port });
  try {
    // What is known already, what a look finds, and what a search finds.
    const before = client === undefined ? [] : await askEverything(client);
    const state = await session.refresh();
    const after = session.client();
    const found = after === undefined ? [] : await askEverything(after);
    const worked = [...before, ...found];
    if (worked.length > 0) return `answers were believed: ${worked.join(', ')}`;
    if (state.kind !== 'unverified') return `nobody was asked: ${state.kind}`;
    return gained(impostor.heard());
  } finally {
    session.close();
    await impostor.stop();
  }
}
