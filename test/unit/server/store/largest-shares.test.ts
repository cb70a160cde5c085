import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTurns } from '../../../support/service/open-test-store.ts';
import { startTestService, type TestService, textSeed } from '../../../support/service/run.ts';
import { onEachEngine } from '../../../support/service/store-engines.ts';

let running: TestService;
beforeAll(async () => {
  running = await startTestService();
});
afterAll(() => running.end());

const service = async (query = '') =>
  (await running.api.call('GET', `/x-linkify/service${query}`)).json;

test('someone whose quota is full sees what fills it, without what is gone', async () => {
  const { api } = running;
  const small = await api.share(textSeed('x'.repeat(2_000), 'small'));
  const gone = await api.share(textSeed('y'.repeat(900_000), 'gone'));
  const large = await api.share(textSeed('z'.repeat(400_000), 'large'));
  const assets = [await api.create(textSeed('a'.repeat(300_000))), await api.create(textSeed('b'))];
  await api.call('POST', '/linkify/multiple', { access: 'PUBLIC', name: 'Trip', assets });
  await api.revoke(gone.id);
  const { largest, usedBytes, quotaBytes } = await service('?largest=3');
  expect(largest).toMatchObject([
    { id: large.id, name: 'large', collection: false, sizeBytes: 400_000 },
    { name: 'Trip', collection: true, sizeBytes: 300_001 },
    { id: small.id, name: 'small', collection: false, sizeBytes: 2_000 },
  ]);
  expect(usedBytes).toBeLessThanOrEqual(quotaBytes);
  expect((await service('?largest=1')).largest).toHaveLength(1);
});

test('nobody pays for it who did not ask, and a senseless number asks for nothing', async () => {
  for (const query of ['', '?largest=0', '?largest=-1', '?largest=x', '?largest=1e9']) {
    expect(await service(query), query).not.toHaveProperty('largest');
  }
});

onEachEngine((engine) => {
  test('all of many shares are searched, in steps', async () => {
    const { store, end } = await engine.open();
    try {
      await inTurns(1_700, (i) =>
        store.shareNew({ name: `${i}`, form: 'text', content: Buffer.alloc(i % 1_600, 'x') }, {}),
      );
      const largest = await store.largest(2);
      expect(largest.map(({ asset, sizeBytes }) => [asset.name, sizeBytes])).toEqual([
        ['1599', 1_599],
        ['1598', 1_598],
      ]);
    } finally {
      await end();
    }
  });
});
