import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchApp, newProfile } from '../support/app.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { storedEntries } from '../support/outbox/stored-entries.ts';
import { seededRandom } from '../support/random.ts';
import { type ScriptedService, startScriptedService } from '../support/scripted-service.ts';
import { SHORTCUT } from './screens/clipboard-link.ts';

// As `npm run test:outbox`, with the whole app on the desktop in place of its sharing parts.

const ROUNDS = Number(process.env.LINKIFY_KILL_ROUNDS ?? 6);

const random = seededRandom('kill');

let desktop: Desktop;
let service: ScriptedService;

beforeAll(async () => {
  desktop = await startDesktop();
  service = await startScriptedService({
    'POST /assets/create': { work: true, delayMs: 15 },
    'POST /linkify': { work: true, delayMs: 40 },
  });
});

afterAll(async () => {
  await service?.close();
  await desktop?.close();
});

test('the app is killed between press and answer: what was kept is shared once', async () => {
  const profile = await newProfile(desktop);
  const start = () => launchApp({ desktop, profile, args: [`--service-url=${service.baseUrl}`] });
  const kept = (): number => storedEntries(profile);
  const madeOf = (text: string): number =>
    [...service.memory.shares.values()].filter(
      ({ assetIds: [first = ''] }) => service.memory.assets.get(first)?.text === text,
    ).length;

  const wanted: string[] = [];
  let tooEarly = 0;
  for (let round = 1; round <= ROUNDS; round++) {
    const app = await start();
    // What the round before left goes out by itself first.
    await waitFor('an empty outbox', () => kept() === 0, 20_000);
    const text = `round ${round}`;
    await desktop.clipboard.writeText(text);
    await desktop.key(SHORTCUT);
    // On a busy machine, delays from the press alone would all be too short.
    const untilKept = round % 2 === 0;
    if (untilKept) await waitFor('the share to be kept', () => kept() > 0 || madeOf(text) > 0);
    await new Promise((resolve) => setTimeout(resolve, random() * (untilKept ? 60 : 120)));
    await app.kill();
    if (kept() > 0 || madeOf(text) > 0) wanted.push(text);
    else tooEarly++;
  }
  const last = await start();
  await waitFor('an empty outbox', () => kept() === 0, 20_000);
  await last.close();
  const made = wanted.map(madeOf);
  const lost = made.filter((count) => count === 0).length;
  const duplicated = made.filter((count) => count > 1).length;
  console.log(
    `wanted ${wanted.length}, made ${made.reduce((sum, count) => sum + count, 0)}, lost ${lost}, duplicated ${duplicated} (${tooEarly} killed before the press was on disk)`,
  );
  expect({ lost, duplicated }).toEqual({ lost: 0, duplicated: 0 });
  expect(wanted.length).toBeGreaterThan(0);
  expect(service.memory.shares.size).toBe(wanted.length);
}, 180_000);
