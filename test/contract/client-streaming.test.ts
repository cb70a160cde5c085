import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLinkifyClient } from '../../main/linkify/client.ts';
import type { LinkifyClient, ShareItem } from '../../main/linkify/model.ts';
import type { RunningServer } from '../../main/server/options.ts';
import { startServer } from '../../main/server/start.ts';
import { spawnService } from '../support/service/process.ts';

let service: RunningServer;
let client: LinkifyClient;
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'linkify-streaming-'));
  service = await startServer({ dataDir, apiPort: 0, pagesPort: 0, reach: 'loopback' });
  client = createLinkifyClient({
    baseUrl: service.apiBaseUrl,
    token: service.token,
    appVersion: '1.0.0',
    platform: 'linux',
  });
});

afterAll(async () => {
  await service.close();
  await rm(dataDir, { recursive: true });
});

const CHUNK = randomBytes(1024 * 1024);

/** A file of so many MiB, which may fail or end early. */
function fileOf(mib: number, end: 'whole' | 'fails' | 'short' = 'whole'): ShareItem {
  return {
    kind: 'file',
    name: 'big file ä.bin',
    sizeBytes: mib * CHUNK.byteLength,
    async *open() {
      for (let part = 0; part < mib; part++) {
        if (end !== 'whole' && part === mib - 1) {
          if (end === 'fails') throw new Error('EIO');
          return;
        }
        yield CHUNK;
      }
    },
  };
}

const unfinished = (): Promise<string[]> => readdir(join(dataDir, 'tmp'));

describe('a file for the built-in service', () => {
  it('goes out as it is, beyond what JSON could carry', async () => {
    const told: number[] = [];
    const share = await client.linkify(fileOf(40), {
      onProgress: (sent, total) => told.push(sent / total),
    });
    const page = await fetch(`${share.link}/raw`);
    const expected = createHash('sha256');
    for (let part = 0; part < 40; part++) expected.update(CHUNK);
    const got = createHash('sha256').update(Buffer.from(await page.arrayBuffer()));
    expect(got.digest('hex')).toBe(expected.digest('hex'));
    expect(page.headers.get('content-disposition')).toContain('UTF-8');
    expect(told.at(-1)).toBe(1);
  });

  it('is asked for on the same terms as a small one', async () => {
    const share = await client.linkify(fileOf(1), {
      onProgress: () => undefined,
      shareOptions: { expiresInSeconds: 60, once: true, password: 'pw', graceSeconds: 60 },
    });
    const answer = await fetch(`${service.apiBaseUrl}/share/${share.id}`, {
      headers: { authorization: `Bearer ${service.token}` },
    });
    expect(await answer.json()).toMatchObject({
      'x-linkify': {
        once: true,
        password: true,
        expiresAt: expect.any(String),
        opensAt: expect.any(String),
      },
    });
  });

  it.each(['fails', 'short'] as const)(
    'that %s half-way is a fault of the file, and leaves nothing',
    async (end) => {
      await expect(client.linkify(fileOf(3, end))).rejects.toMatchObject({
        fault: { kind: 'unreadable-content', name: 'big file ä.bin' },
      });
      await expect.poll(unfinished).toEqual([]);
    },
  );

  it.skipIf(process.platform !== 'linux')(
    'that the disk has no space for is told as such, and the next one is shared',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'linkify-streaming-'));
      const small = await spawnService(folder, [], ['prlimit', `--fsize=${2 * CHUNK.byteLength}`]);
      const sharing = createLinkifyClient({
        baseUrl: small.baseUrl,
        token: small.token,
        appVersion: '1.0.0',
        platform: 'linux',
      });
      try {
        for (let share = 0; share < 5; share++) {
          await expect(sharing.linkify(fileOf(40))).rejects.toMatchObject({
            fault: { kind: 'storage-full' },
          });
        }
        expect((await sharing.linkify(fileOf(1))).link).toMatch(/^http/);
      } finally {
        await small.kill('SIGTERM');
        await rm(folder, { recursive: true });
      }
    },
  );

  it('can be cancelled, and leaves nothing', async () => {
    const stop = new AbortController();
    const before = (await client.shares()).length;
    await expect(
      client.linkify(fileOf(200), {
        signal: stop.signal,
        onProgress: () => stop.abort(),
      }),
    ).rejects.toMatchObject({ fault: { kind: 'cancelled' } });
    await expect.poll(unfinished).toEqual([]);
    expect(await client.shares()).toHaveLength(before);
  });
});
