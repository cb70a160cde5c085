import { once } from 'node:events';
import { readdir, readlink } from 'node:fs/promises';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { zipOf } from '../../main/server/pages/download/zip.ts';
import { sendRaw } from '../support/service/raw.ts';
import {
  fileSeed,
  get,
  startTestService,
  type TestService,
  textSeed,
} from '../support/service/run.ts';

/** What somebody with bad manners does to the pages' listener. */

let running: TestService;
let link = '';
beforeAll(async () => {
  running = await startTestService();
  link = (await running.api.share(textSeed('a share'))).link;
});
afterAll(() => running.end());

/** Files of this service that this process has open. */
async function openFiles(): Promise<number> {
  const fds = await readdir('/proc/self/fd');
  const targets = await Promise.all(
    fds.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
  );
  return targets.filter((target) => target.startsWith(`${running.dataDir}/blobs`)).length;
}

/** Asks for an address, and leaves at the first bytes of the answer. */
const leaveEarly = (url: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const asked = request(url, (response) => {
      response.once('data', () => {
        asked.destroy();
        resolve();
      });
    });
    asked.once('error', reject);
    asked.end();
  });

describe.skipIf(process.platform !== 'linux')('a visitor who leaves in the middle', () => {
  test('of an archive or a download leaves no file open', async () => {
    const big = await running.api.create(fileSeed(new Uint8Array(3_000_000), 'big.bin'));
    const small = await running.api.create(textSeed('small'));
    const made = await running.api.call('POST', '/linkify/multiple', {
      access: 'PUBLIC',
      assets: [big, small],
    });
    const collection = made.json.iterable[0].link as string;
    for (let visit = 0; visit < 20; visit++) {
      await leaveEarly(`${collection}/zip`);
      await leaveEarly(`${collection}/1/download`);
    }
    await vi.waitFor(async () => expect(await openFiles()).toBe(0), { timeout: 5_000 });
    expect((await get(collection)).status).toBe(200);
  });
});

test('a visitor who leaves while a content is being opened for an archive leaves no file open', async () => {
  let opened = (_content: Readable): void => {};
  const opening = new Promise<Readable>((resolve) => {
    opened = resolve;
  });
  const asset = {
    id: 'a',
    name: 'a.txt',
    form: 'file' as const,
    createdAtMs: 1,
    sizeBytes: 1,
    content: { at: 'record' as const },
  };
  const archive = await (await zipOf([asset], { open: () => opening })).open({ destroyed: false });
  archive.destroy();
  await once(archive, 'close');
  const content = new Readable({ read() {} });
  opened(content);
  await vi.waitFor(() => expect(content.destroyed).toBe(true));
});

describe('a second request that is hidden in a first', () => {
  const tricks: readonly (readonly [string, (host: string) => string])[] = [
    [
      'two lengths',
      (host) =>
        `POST /s/x/open HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 0\r\nContent-Length: 40\r\n\r\n`,
    ],
    [
      'a length and chunks',
      (host) =>
        `POST /s/x/open HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    [
      'chunks in two ways',
      (host) =>
        `POST /s/x/open HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n`,
    ],
    [
      'a hidden Transfer-Encoding',
      (host) =>
        `POST /s/x/open HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n`,
    ],
    [
      'a folded header',
      (host) => `GET / HTTP/1.1\r\nHost: ${host}\r\nX: a\r\n Transfer-Encoding: chunked\r\n\r\n`,
    ],
    ['a bare line feed', (host) => `GET / HTTP/1.1\nHost: ${host}\nX: a\n\n`],
    [
      'a size of a chunk with a sign',
      (host) =>
        `POST /s/x/open HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: chunked\r\n\r\n+5\r\nhello\r\n0\r\n\r\n`,
    ],
    ['a NUL in a header', (host) => `GET / HTTP/1.1\r\nHost: ${host}\r\nX: a\0b\r\n\r\n`],
    [
      'a header of 20 kB',
      (host) => `GET / HTTP/1.1\r\nHost: ${host}\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`,
    ],
    ['another protocol', (host) => `GET / HTTP/9.9\r\nHost: ${host}\r\n\r\n`],
    ['a tunnel', (host) => `CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n\r\n`],
  ];

  test.each(tricks)('by %s is never answered', async (what, trick) => {
    for (const address of [link, running.service.apiBaseUrl]) {
      const { host, port } = new URL(address);
      const hidden = `GET ${new URL(link).pathname}/raw HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
      const { status, body } = await sendRaw(Number(port), trick(host) + hidden);
      const where = `${what} at ${address}`;
      // Refused by the parser, or the connection closed: nothing of it reached a route.
      expect([0, 400, 431, 505], where).toContain(status);
      expect(body, where).not.toContain('a share');
    }
  });
});

describe('an answer that comes before any page is thought of', () => {
  const form = 'Content-Type: application/x-www-form-urlencoded\r\n';
  const early: readonly (readonly [number, string])[] = [
    [400, 'GET / HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n'],
    [408, `POST /s/ID/open HTTP/1.1\r\nHost: localhost\r\n${form}Content-Length: 9\r\n\r\n`],
    [413, `POST /s/ID/open HTTP/1.1\r\nHost: localhost\r\n${form}Content-Length: 9000\r\n\r\n`],
    [421, 'GET / HTTP/1.1\r\nHost: evil.test\r\n\r\n'],
    [431, `GET / HTTP/1.1\r\nHost: localhost\r\n${'X: y\r\n'.repeat(100)}\r\n`],
    [431, `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`],
  ];

  test.each(early)('%i carries the guards of every page', async (status, request) => {
    const own = await startTestService({ limits: { pages: { requestMs: 200 } } });
    const share = await own.api.share(textSeed('x'), { password: 'right' });
    const answer = await sendRaw(Number(new URL(share.link).port), request.replace('ID', share.id));
    await own.end();
    expect(answer.status).toBe(status);
    for (const guard of [
      /^content-security-policy: default-src 'none';/im,
      /^x-content-type-options: nosniff/im,
      /^referrer-policy: no-referrer/im,
      /^x-robots-tag: noindex/im,
      /^cache-control: no-store/im,
      /^cross-origin-resource-policy: same-origin/im,
      /^connection: close/im,
    ]) {
      // A form that is too large is answered by a page, which goes on.
      if (status !== 413 || !guard.source.includes('connection')) {
        expect(answer.head).toMatch(guard);
      }
    }
  });
});
