import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AS_BROWSER } from '../../as-browser.ts';
import { type ServiceProcess, spawnService } from '../process.ts';
import { answerOf, get, textSeed } from '../run.ts';
import { openFiles } from './rounds.ts';
import { fixtureOf } from './scenarios.ts';

/** Faults that the system makes: a full disk, a limit of the size of files, clients that vanish. */

const MB = 1_000_000;

/** Mounts a file system of 20 MB at the folder, for the service alone; needs no rights. */
const fullDisk = (folder: string): readonly string[] => [
  'unshare',
  '--user',
  '--map-current-user',
  '--keep-caps',
  '--mount',
  'sh',
  '-c',
  'mount -t tmpfs -o size=20m,mode=700 tmpfs "$0" && exec "$@"',
  folder,
];

/** Files of the service may be so long, in bytes (setrlimit(2), RLIMIT_FSIZE). */
const shortFiles = (bytes: number): readonly string[] => ['prlimit', `--fsize=${bytes}`];

export interface RealResult {
  readonly statuses: readonly number[];
  readonly problems: readonly string[];
}

/** Uploads to a service until its disk is full, in pieces that its own check lets through. */
export async function fillDisk(): Promise<RealResult> {
  return await withService(fullDisk, async (service) => {
    const statuses: number[] = [];
    const sizes = [10 * MB, 7.5 * MB, 2 * MB, 2 * MB, 0.3 * MB];
    for (const bytes of sizes) statuses.push(await upload(service, randomBytes(bytes)));
    const { status } = await service.api.call('POST', '/linkify', {
      access: 'PUBLIC',
      seed: textSeed('small'),
    });
    return [...statuses, status];
  });
}

/** Shares, reads and revokes on a disk of which other programs have taken the last byte. */
export async function useFullDisk(): Promise<RealResult> {
  return await withService(fullDisk, async (service, folder) => {
    const { api, pid } = service;
    const shares = [];
    for (let i = 0; i < 5; i++) shares.push(await fixtureOf(service).share(200_000));
    const filler = createWriteStream(`/proc/${pid}/root${folder}/filler`);
    filler.write(randomBytes(30 * MB));
    await once(filler, 'error');
    const statuses: number[] = [];
    for (let i = 0; i < 3; i++) {
      statuses.push(await upload(service, randomBytes(0.2 * MB)));
      const body = { access: 'PUBLIC', seed: textSeed('x'.repeat(50_000)) };
      statuses.push((await api.call('POST', '/linkify', body)).status);
      // What is there can be read, also while nothing can be written.
      for (const { link } of shares) statuses.push((await get(`${link}/raw`)).status);
    }
    for (const { id } of shares) statuses.push((await api.revoke(id)).status);
    return statuses;
  });
}

/** Uploads that are longer than the system lets a file be. */
export async function exceedFileSize(): Promise<RealResult> {
  return await withService(
    () => shortFiles(MB),
    async (service) => {
      const statuses = [await upload(service, randomBytes(2 * MB))];
      const text = 'x'.repeat(1.5 * MB);
      const body = { access: 'PUBLIC', seed: textSeed(text) };
      statuses.push((await service.api.call('POST', '/linkify', body)).status);
      statuses.push(await upload(service, randomBytes(0.5 * MB)));
      return statuses;
    },
  );
}

async function withService(
  wrap: (folder: string) => readonly string[],
  work: (service: ServiceProcess, folder: string) => Promise<readonly number[]>,
): Promise<RealResult> {
  const folder = await mkdtemp(join(tmpdir(), 'linkify-faults-'));
  const service = await spawnService(folder, [], wrap(folder));
  const problems: string[] = [];
  try {
    const { link, content } = await fixtureOf(service).share(1_000);
    const statuses = await work(service, folder);
    if (
      !(await (
        await fetch(`${link}/raw`)
      )
        .arrayBuffer()
        .then((b) => content.equals(Buffer.from(b))))
    ) {
      problems.push('a share from before is lost');
    }
    // The folder as the service sees it, in its own mount namespace.
    const left = await readdir(`/proc/${service.pid}/root${join(folder, 'tmp')}`);
    if (left.length > 0) problems.push(`left in tmp: ${left.length}`);
    if (service.log().includes('unexpected-error')) problems.push(service.log());
    const code = await service.kill('SIGTERM');
    if (code !== 0) problems.push(`exit ${code}`);
    return { statuses, problems };
  } finally {
    await service.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

async function upload(
  { baseUrl, token }: ServiceProcess,
  body: Buffer<ArrayBuffer>,
): Promise<number> {
  const response = await fetch(`${baseUrl}/x-linkify/assets?name=a.bin`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
    body,
  });
  return (await answerOf(response)).status;
}

/** Where each request is cut off, in parts of its bytes, and after how many bytes of its answer. */
const CUTS = 12;
const READS = [0, 1, 100, 1_000, 20_000, 100_000];

/** Clients that vanish at each step of a request and of its answer, by a reset. */
export async function disconnectingClients(): Promise<RealResult> {
  return await withService(
    () => [],
    async (service, folder) => {
      const fixture = fixtureOf(service);
      const file = await fixture.share(400_000);
      const locked = await fixture.share(1_000, { password: 'right' });
      const collection = await fixture.collection();
      const { host, port } = new URL(file.link);
      const api = new URL(service.baseUrl);
      const bearer = `Host: ${api.host}\r\nConnection: close\r\nAuthorization: Bearer ${service.token}\r\n`;
      const json = JSON.stringify({ access: 'PUBLIC', seed: textSeed('x'.repeat(200_000)) });
      const form = 'password=right';
      const get = (link: string, path: string) =>
        `GET ${new URL(link).pathname}${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
      const requests: readonly (readonly [string, string])[] = [
        [
          api.port,
          `POST /x-linkify/assets?name=a HTTP/1.1\r\n${bearer}Content-Type: application/octet-stream\r\nContent-Length: 300000\r\n\r\n${'x'.repeat(300_000)}`,
        ],
        [
          api.port,
          `POST /linkify HTTP/1.1\r\n${bearer}Content-Type: application/json\r\nContent-Length: ${json.length}\r\n\r\n${json}`,
        ],
        [
          port,
          `POST ${new URL(locked.link).pathname}/open HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${form.length}\r\n\r\n${form}`,
        ],
        ...[get(file.link, ''), get(file.link, '/raw'), get(file.link, '/download')].map(
          (text) => [port, text] as const,
        ),
        ...[get(collection.link, ''), get(collection.link, '/zip')].map(
          (text) => [port, text] as const,
        ),
      ];
      for (const [to, text] of requests) {
        for (let cut = 1; cut <= CUTS; cut++) {
          await vanish(Number(to), text.slice(0, Math.ceil((text.length * cut) / CUTS)), 0);
        }
        for (const bytes of READS) await vanish(Number(to), text, bytes);
      }
      const statuses = [
        (await fetch(file.link, AS_BROWSER)).status,
        (await service.api.call('GET', '/shares')).status,
      ];
      const until = Date.now() + 5_000;
      while ((await openFiles(service.pid, folder)).length > 0) {
        if (Date.now() > until)
          throw new Error(`files stay open: ${await openFiles(service.pid, folder)}`);
        await wait(50);
      }
      return statuses;
    },
  );
}

/** Sends a text, reads so many bytes, and resets the connection. */
function vanish(port: number, text: string, bytes: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let read = 0;
    const reset = (): void => void socket.resetAndDestroy();
    socket.on('error', () => undefined);
    socket.once('close', () => resolve());
    socket.once('connect', () => {
      socket.write(text, () => {
        if (bytes === 0) reset();
      });
    });
    socket.on('data', (chunk) => {
      read += chunk.byteLength;
      if (read >= bytes) reset();
    });
    socket.setTimeout(2_000, reset);
  });
}
