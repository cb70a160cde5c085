import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createIdempotency } from '../../main/server/api/idempotency.ts';
import type { ShareRecord } from '../../main/server/store/model.ts';
import { startTestService, type TestService, textSeed } from '../support/service/run.ts';

// draft-ietf-httpapi-idempotency-key-header: a repeated create answers with the first result.

let running: TestService;
beforeEach(async () => {
  running = await startTestService();
});
afterEach(() => running.end());

const headers = (key: string) => ({ 'idempotency-key': key });
const create = (body: object, key = '"k1"', path = '/linkify') =>
  running.api.call('POST', path, { access: 'PUBLIC', ...body }, headers(key));
const idIn = ({ json }: Awaited<ReturnType<typeof create>>): string => json.iterable[0].id;
const count = async (): Promise<number> =>
  (await running.api.call('GET', '/shares')).json.iterable.length;

test('the same request creates one link, also after a restart', async () => {
  const first = await create({ seed: textSeed('one') });
  expect(idIn(await create({ seed: textSeed('one') }))).toBe(idIn(first));
  const { dataDir } = running;
  await running.stop();
  running = await startTestService({ dataDir });
  const again = await create({ seed: textSeed('one') });
  expect(again.json.iterable[0].asset.id).toBe(first.json.iterable[0].asset.id);
  expect(idIn(again)).toBe(idIn(first));
  expect(await count()).toBe(1);
});

test('requests at the same time create one link', async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => create({ seed: textSeed('one') })),
  );
  expect(new Set(answers.map(idIn)).size).toBe(1);
  expect(await count()).toBe(1);
});

test('so does a collection, and one asset', async () => {
  const assets = [
    await running.api.create(textSeed('one')),
    await running.api.create(textSeed('two')),
  ];
  const multiple = () => create({ assets, name: 'Both' }, '"k2"', '/linkify/multiple');
  expect(idIn(await multiple())).toBe(idIn(await multiple()));
  const single = () => create({ asset: { id: assets[0] } }, '"k3"');
  expect(idIn(await single())).toBe(idIn(await single()));
  expect(await count()).toBe(2);
});

test('another key, or none, creates another link', async () => {
  const first = idIn(await create({ seed: textSeed('one') }));
  expect(idIn(await create({ seed: textSeed('one') }, '"k2"'))).not.toBe(first);
  const body = { access: 'PUBLIC', seed: textSeed('one') };
  expect(idIn(await running.api.call('POST', '/linkify', body))).not.toBe(first);
});

test('a key with another body is refused, and with a revoked link gone', async () => {
  const first = idIn(await create({ seed: textSeed('one') }));
  expect((await create({ seed: textSeed('two') })).status).toBe(422);
  expect((await create({ seed: textSeed('one'), 'x-linkify': { once: true } })).status).toBe(422);
  await running.api.revoke(first);
  expect((await create({ seed: textSeed('one') })).status).toBe(410);
  expect(await count()).toBe(0);
});

test('a request that failed can be repeated', async () => {
  const missing = await create({ asset: { id: 'nosuchasset' } });
  expect(missing.status).toBe(404);
  expect((await create({ asset: { id: 'nosuchasset' } })).status).toBe(404);
  expect((await create({ seed: textSeed('one') })).status).toBe(200);
});

test.each(['k1', '""', '"a" ', 'a"b', `"${'x'.repeat(256)}"`, '"a\\"'])(
  'the malformed key %s is refused',
  async (key) => {
    // `fetch` trims the value, as RFC 9110 has it.
    expect((await create({ seed: textSeed('one') }, key)).status).toBe(
      key.trim() === '"a"' ? 200 : 400,
    );
  },
);

describe('the lifetime of a key', () => {
  test('is one to two days', async () => {
    let nowMs = 0;
    const shares = new Map<string, ShareRecord>();
    const createOnce = createIdempotency({
      store: { share: async (id) => shares.get(id) },
      secret: 'secret',
      now: () => nowMs,
    });
    const request = { headersDistinct: { 'idempotency-key': ['"k"'] }, url: '/linkify' } as never;
    const idAt = async (hours: number): Promise<string> => {
      nowMs = hours * 3_600_000;
      const { share } = await createOnce(
        request,
        { body: {}, owner: undefined },
        async (identity) => {
          const created = {
            id: '',
            assetIds: [],
            collection: false,
            createdAtMs: nowMs,
            options: {},
            ...identity,
          };
          shares.set(created.id, created);
          return { share: created };
        },
      );
      return share.id;
    };
    const first = await idAt(23);
    expect(await idAt(24)).toBe(first);
    expect(await idAt(47)).toBe(first);
    expect(await idAt(48)).not.toBe(first);
    expect(first).toMatch(/^[1-9A-HJ-NP-Za-km-z]{22}$/);
  });
});
