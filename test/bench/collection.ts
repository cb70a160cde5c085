import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import got from 'got';
import { createLinkifyClient } from '../../main/linkify/client.ts';
import type { ShareItem } from '../../main/linkify/model.ts';
import { startServer } from '../../main/server/start.ts';
import { send } from '../../main/targets/send.ts';
import { round, type Summary, summarise } from './statistics.ts';

const ITEMS = 500;
/** As many requests at once as the app makes. */
const PARALLEL = 4;

export interface CollectionResult {
  readonly items: number;
  readonly app: Summary;
  readonly reference: Summary;
  readonly medianRatio: number;
}

/**
 * A collection of 500 texts against the built-in service, in ms: the app's own way beside the same
 * requests made by a plain got loop with the same parallelism, in turns.
 */
export async function measureCollection(rounds: number): Promise<CollectionResult> {
  const dataDir = await mkdtemp(join(tmpdir(), 'linkify-bench-'));
  const service = await startServer({ dataDir, apiPort: 0, pagesPort: 0, reach: 'loopback' });
  const { apiBaseUrl, token } = service;
  const client = createLinkifyClient({
    baseUrl: apiBaseUrl,
    token,
    appVersion: '0.0.0',
    platform: process.platform,
  });
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const startedMs = performance.now();
    await work();
    return performance.now() - startedMs;
  };
  const app: number[] = [];
  const reference: number[] = [];
  try {
    await timed(() => byApp(client));
    await timed(() => byGot(apiBaseUrl, token));
    for (let turn = 0; turn < rounds; turn += 1) {
      app.push(await timed(() => byApp(client)));
      reference.push(await timed(() => byGot(apiBaseUrl, token)));
    }
  } finally {
    client.close();
    await service.close();
    await rm(dataDir, { recursive: true });
  }
  const [ours, theirs] = [summarise(app), summarise(reference)];
  return {
    items: ITEMS,
    app: ours,
    reference: theirs,
    medianRatio: round(ours.median / theirs.median),
  };
}

const text = (index: number): string => `${index} ${randomBytes(400).toString('base64')}\n`;

function byApp(client: ReturnType<typeof createLinkifyClient>): Promise<unknown> {
  const [first, ...rest] = Array.from(
    { length: ITEMS },
    (_, index): ShareItem => ({
      kind: 'text',
      name: `item ${index}`,
      text: text(index),
      ext: 'txt',
    }),
  );
  if (first === undefined) throw new Error('no items');
  return send({
    client,
    items: [first, ...rest],
    name: undefined,
    journal: undefined,
    hasIdempotencyKey: true,
    options: {},
    inOneCall: true,
  });
}

async function byGot(baseUrl: string, token: string): Promise<void> {
  const api = got.extend({
    prefixUrl: baseUrl,
    headers: { authorization: `Bearer ${token}` },
    responseType: 'json',
    retry: { limit: 0 },
  });
  const application = { name: 'OPEN_SOURCE', version: '0.0.0', platform: 'LINUX' };
  const connected = await api.post<{ application: object }>('connect', { json: { application } });
  const ids: string[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < ITEMS; index = next++) {
      const { body } = await api.post<{ id: string }>('assets/create?transferables=false', {
        json: {
          type: 'SEEDED_ASSET',
          asset: {
            application: connected.body.application,
            metadata: { name: `item ${index}`, mechanism: 'MANUAL' },
            format: { fragment: { string: { raw: text(index) }, metadata: { ext: 'txt' } } },
          },
        },
      });
      ids[index] = body.id;
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  await api.post('linkify/multiple', { json: { access: 'PUBLIC', assets: ids } });
}
