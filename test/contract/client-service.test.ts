import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLinkifyClient } from '../../main/linkify/client.ts';
import type { LinkifyService } from '../../main/linkify/model.ts';
import type { RunningServer } from '../../main/server/options.ts';
import { startServer } from '../../main/server/start.ts';

/** Our client against our own service: every call that a share, a collection and a revoke need. */

let folder: string;
let service: RunningServer;
let client: LinkifyService;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linkify-contract-'));
  service = await startServer({ dataDir: folder, apiPort: 0, pagesPort: 0, reach: 'loopback' });
  client = createLinkifyClient({
    baseUrl: service.apiBaseUrl,
    token: service.token,
    appVersion: '0.1.0',
    platform: process.platform,
  });
});

afterAll(async () => {
  client.close();
  await service.close();
  rmSync(folder, { recursive: true });
});

test('is taken for a service, and answers who is signed in', async () => {
  expect((await client.check()).version).toMatch(/^\d+\.\d+\.\d+/);
  await client.connect();
  expect(await client.user()).not.toBeNull();
});

test('a text becomes a link that opens, is listed, and is dead after its revoke', async () => {
  const share = await client.linkify({
    kind: 'text',
    name: 'Greeting',
    text: 'Grüße, 世界',
    ext: 'txt',
  });
  const page = await fetch(share.link);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('Grüße, 世界');
  expect((await client.shares()).map(({ id }) => id)).toContain(share.id);
  expect(await client.share(share.id)).toMatchObject({ id: share.id, link: share.link });
  await client.revoke(share.id);
  expect((await fetch(share.link)).status).toBe(410);
  await client.revoke(share.id);
});

test('a maximum of opens is confirmed, and a link that reached it is used up', async () => {
  const item = { kind: 'text', name: 'two', text: 'for two' } as const;
  const share = await client.linkify(item, { shareOptions: { maxOpens: 2 } });
  expect(share.extension).toMatchObject({ maxOpens: 2, views: 0 });
  await (await fetch(share.link)).text();
  const listed = (await client.shares()).find(({ id }) => id === share.id);
  expect(listed?.extension).toMatchObject({ maxOpens: 2, views: 1 });
  expect((await client.own.state(share.id)).state).toBe('active');
  await (await fetch(share.link)).text();
  expect((await client.own.state(share.id)).state).toBe('used-up');
});

test('files become one collection, in order, whose name cannot be taken twice', async () => {
  const bytes = new Uint8Array(200_000).map((_, index) => index % 251);
  const items = [
    { kind: 'text', name: 'one', text: 'first' } as const,
    {
      kind: 'file',
      name: 'two.bin',
      sizeBytes: bytes.byteLength,
      async *open() {
        yield bytes;
      },
    } as const,
  ];
  const ids: string[] = [];
  for (const item of items) ids.push((await client.createAsset(item)).id);
  const share = await client.linkifyMultiple(ids, 'notes');
  expect(share.assetIds).toEqual(ids);
  expect((await fetch(share.link)).status).toBe(200);
  await expect(client.linkifyMultiple(ids, 'notes')).rejects.toMatchObject({
    fault: { kind: 'name-taken', name: 'notes' },
  });
});

test('an asset that exists becomes a link, and can be deleted', async () => {
  const asset = await client.createAsset({ kind: 'text', name: 'x', text: 'x' });
  const share = await client.linkifyAsset(asset);
  expect(share.assetIds).toEqual([asset.id]);
  await client.revoke(share.id);
  await client.deleteAsset(asset.id);
  await client.deleteAsset(asset.id);
});

test('a wrong token is turned away', async () => {
  const stranger = createLinkifyClient({
    baseUrl: service.apiBaseUrl,
    token: 'wrong',
    appVersion: '0.1.0',
    platform: process.platform,
  });
  await expect(stranger.shares()).rejects.toMatchObject({ fault: { kind: 'unauthorized' } });
  stranger.close();
});
