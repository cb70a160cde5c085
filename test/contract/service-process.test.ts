import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ServiceProcess, spawnService } from '../support/service/process.ts';
import { filesWith, get, marker, textSeed } from '../support/service/run.ts';

/** The service as a process of its own, as `npm run service` starts it, killed without warning. */

let dataDir = '';
const running: ServiceProcess[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'linkify-process-'));
});
afterEach(async () => {
  for (const service of running.splice(0)) await service.kill('SIGKILL');
  await rm(dataDir, { recursive: true, force: true });
});

async function start(...args: string[]): Promise<ServiceProcess> {
  const service = await spawnService(dataDir, args);
  running.push(service);
  return service;
}

test('a link still opens after kill -9 and a restart, with the same address', async () => {
  const first = await start();
  const small = await first.api.share(textSeed('small and safe'));
  const large = await first.api.share(textSeed(`${'x'.repeat(200_000)} large and safe`));
  await first.kill('SIGKILL');
  const second = await start();
  expect(second.token).toBe(first.token);
  expect((await get(`${small.link}/raw`)).text).toBe('small and safe');
  expect((await get(`${large.link}/raw`)).text).toMatch(/large and safe$/);
  expect((await second.api.call('GET', '/shares')).json.iterable).toHaveLength(2);
  await second.kill('SIGTERM');
});

test('a revoked link stays gone after kill -9, and its content and name leave the disk', async () => {
  const first = await start();
  const word = marker();
  const name = marker();
  const small = await first.api.share(textSeed(`a ${word} b`, name));
  const large = await first.api.share(textSeed(`${'x'.repeat(200_000)} ${word}`, name));
  expect(await filesWith(dataDir, word)).not.toHaveLength(0);
  for (const { id } of [small, large]) expect((await first.api.revoke(id)).status).toBe(200);
  await first.kill('SIGKILL');
  const second = await start();
  for (const { link } of [small, large]) {
    const page = await get(link);
    expect(page.status).toBe(410);
    expect(page.text).not.toContain(word);
    expect((await get(`${link}/raw`)).status).toBe(410);
  }
  await vi.waitFor(
    async () => {
      expect(await filesWith(dataDir, word)).toEqual([]);
      expect(await filesWith(dataDir, name)).toEqual([]);
    },
    { timeout: 10_000, interval: 50 },
  );
  await second.kill('SIGKILL');
});

test('a second one says that the folder is in use, and leaves it to the first', async () => {
  const first = await start();
  await expect(spawnService(dataDir)).rejects.toThrow(`Another program uses ${dataDir}.`);
  await first.api.share(textSeed('still works'));
});

test('it ends in order when asked to, and prints one line of JSON', async () => {
  const service = await start();
  expect(service.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(service.token).toMatch(/^[\w-]{43}$/);
  expect(await service.kill('SIGTERM')).toBe(0);
});

// The server gives it half a second, which a busy machine may need for itself.
const IN_TIME = { retry: 3 };

test(
  'a download that is under way is finished before the process ends, and no new one begins',
  IN_TIME,
  async () => {
    const service = await start();
    // More than the system takes in at once; it is given 0.5 s.
    const body = Buffer.alloc(8_000_000, 'under way ');
    const asset = await fetch(`${service.baseUrl}/x-linkify/assets?name=film.bin`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${service.token}`,
        'content-type': 'application/octet-stream',
      },
      body,
    });
    const made = await service.api.call('POST', '/linkify', {
      access: 'PUBLIC',
      asset: await asset.json(),
    });
    const link: string = made.json.iterable[0].link;
    const download = await fetch(`${link}/download`);
    const reader = download.body?.getReader();
    let received = (await reader?.read())?.value?.byteLength ?? 0;
    expect(received).toBeLessThan(body.byteLength);
    const ended = service.kill('SIGTERM');
    // At the same time: what is slow to read is cut off.
    const refused = vi.waitFor(() => expect(fetch(link)).rejects.toThrow(), {
      timeout: 5_000,
      interval: 50,
    });
    for (;;) {
      const part = await reader?.read();
      if (part === undefined || part.done) break;
      received += part.value.byteLength;
    }
    await refused;
    expect(received).toBe(body.byteLength);
    expect(await ended).toBe(0);
  },
);

test('the folder and the token file are closed to others', async () => {
  const service = await start();
  await service.api.share(textSeed('x'.repeat(200_000)));
  await service.kill('SIGTERM');
  expect((await stat(dataDir)).mode & 0o077).toBe(0);
  const token = (await readdir(dataDir)).find((name) => name === 'api-token');
  expect((await stat(join(dataDir, token ?? ''))).mode & 0o777).toBe(0o600);
});

test('a taken port exits with 1, an invalid one with 2', async () => {
  const service = await start();
  const port = new URL(service.baseUrl).port;
  const other = await mkdtemp(join(tmpdir(), 'linkify-process-'));
  await expect(start('--port', port, '--data', other)).rejects.toThrow(/exit 1.*EADDRINUSE/s);
  await expect(start('--port', 'http')).rejects.toThrow(/exit 2/);
  await expect(start('--port', '70000')).rejects.toThrow(/exit 2/);
  await service.kill('SIGTERM');
  await rm(other, { recursive: true });
});

test('whatever the umask, no file or folder of the service is open to others', async () => {
  const service = await spawnService(dataDir, [], ['sh', '-c', 'umask 000; exec "$@"', 'sh']);
  running.push(service);
  await service.api.share(textSeed('small'));
  await service.api.share(textSeed('x'.repeat(200_000)));
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true });
  expect(entries.length).toBeGreaterThan(5);
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    // A log of the store may go between the listing and the look.
    const found = await stat(path).catch(() => undefined);
    expect((found?.mode ?? 0) & 0o077, path).toBe(0);
  }
});
