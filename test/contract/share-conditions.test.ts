import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { zipOf } from '../../main/server/pages/download/zip.ts';
import { AS_BROWSER } from '../support/as-browser.ts';
import {
  fileSeed,
  get,
  keyIn,
  sendForm,
  startTestService,
  type TestService,
  textSeed,
} from '../support/service/run.ts';
import { unzip } from '../support/unzip.ts';

/** Downloads that are asked for again, in part, or only if they changed (RFC 9110). */

const CONTENT = Uint8Array.from({ length: 40_000 }, (_, index) => (index * 7) % 251);
const OTHER = 'W/"other", "another"';

let running: TestService;
const warnings: Error[] = [];
const onWarning = (warning: Error): void => void warnings.push(warning);
beforeAll(async () => {
  process.on('warning', onWarning);
  running = await startTestService();
});
afterAll(async () => {
  await running.end();
  process.off('warning', onWarning);
  // Such as too many listeners, which Node writes into the log of a server.
  expect(warnings).toEqual([]);
});

const share = async (seed: unknown, extension?: object): Promise<string> =>
  (await running.api.share(seed, extension)).link;

async function ask(url: string, headers: Record<string, string> = {}, method = 'GET') {
  const response = await fetch(url, { method, headers });
  return {
    ...response,
    status: response.status,
    headers: response.headers,
    bytes: new Uint8Array(await response.arrayBuffer()),
  };
}

async function collection(...seeds: readonly unknown[]): Promise<string> {
  const assets: string[] = [];
  for (const seed of seeds) assets.push(await running.api.create(seed));
  const made = await running.api.call('POST', '/linkify/multiple', { access: 'PUBLIC', assets });
  return made.json.iterable[0].link;
}

/** Each place that bytes come from. */
const PLACES: readonly (readonly [string, () => Promise<string>])[] = [
  ['a download', async () => `${await share(fileSeed(CONTENT, 'a.bin'))}/download`],
  ['the raw bytes', async () => `${await share(textSeed('raw '.repeat(9_000)))}/raw`],
  [
    'an item of a collection',
    async () => `${await collection(textSeed('a'), fileSeed(CONTENT, 'b.bin'))}/2/download`,
  ],
  [
    'a collection as an archive',
    async () => `${await collection(textSeed('a'), fileSeed(CONTENT, 'b.bin'))}/zip`,
  ],
  [
    'what a password protects',
    async () => {
      const link = await share(fileSeed(CONTENT, 'a.bin'), { password: 'right' });
      const key = keyIn((await get(link)).text);
      const { headers } = await sendForm(link, { password: 'right', key });
      return `${new URL(headers.get('location') ?? '', link).href}/download`;
    },
  ],
];

describe.each(PLACES)('%s', (_what, place) => {
  let url = '';
  let whole = new Uint8Array();
  let etag = '';
  let date = '';
  beforeAll(async () => {
    url = await place();
    const first = await ask(url);
    whole = first.bytes;
    etag = first.headers.get('etag') ?? '';
    date = first.headers.get('last-modified') ?? '';
  });

  test('says how long it is and which state it is in, to HEAD too', async () => {
    expect(etag).toMatch(/^"[\w-]{20,}"$/);
    for (const method of ['GET', 'HEAD']) {
      const { status, headers, bytes } = await ask(url, {}, method);
      expect(status).toBe(200);
      expect(headers.get('content-length')).toBe(String(whole.length));
      expect(headers.get('etag')).toBe(etag);
      expect(headers.get('accept-ranges')).toBe('bytes');
      expect(bytes).toHaveLength(method === 'GET' ? whole.length : 0);
    }
  });

  test('is not sent again to who has it', async () => {
    for (const tags of [etag, `W/${etag}`, `${OTHER}, ${etag}`, '*']) {
      for (const method of ['GET', 'HEAD']) {
        const { status, headers, bytes } = await ask(url, { 'if-none-match': tags }, method);
        expect([status, headers.get('etag'), bytes.length]).toEqual([304, etag, 0]);
        // A 304 renews what the browser has stored: the same policy must stand in it.
        expect(headers.get('content-security-policy')).toContain("default-src 'none'");
        expect(headers.get('cache-control')).toBe((await ask(url)).headers.get('cache-control'));
      }
    }
    expect((await ask(url, { 'if-none-match': OTHER })).status).toBe(200);
    expect((await ask(url, { 'if-none-match': etag, range: 'bytes=0-1' })).status).toBe(304);
  });

  test('is refused to who counts on another state', async () => {
    for (const tags of ['"x"', OTHER, `W/${etag}`]) {
      for (const headers of [{}, { range: 'bytes=0-1' }, { 'if-none-match': etag }]) {
        const answer = await ask(url, { 'if-match': tags, ...headers });
        expect([answer.status, answer.bytes.length]).toEqual([412, 0]);
      }
    }
    for (const tags of [etag, `${OTHER}, ${etag}`, '*']) {
      expect((await ask(url, { 'if-match': tags })).status).toBe(200);
      expect((await ask(url, { 'if-match': tags, range: 'bytes=0-1' })).status).toBe(206);
    }
  });

  test('goes on where it broke off, and from the start when it has changed', async () => {
    const rest = await ask(url, { range: 'bytes=100-', 'if-range': etag });
    expect(rest.status).toBe(206);
    expect(rest.bytes).toEqual(whole.slice(100));
    expect(rest.headers.get('etag')).toBe(etag);
    for (const other of ['"x"', `W/${etag}`, 'Sat, 01 Jan 2000 00:00:00 GMT', 'junk']) {
      const anew = await ask(url, { range: 'bytes=100-', 'if-range': other });
      expect([other, anew.status]).toEqual([other, 200]);
      expect(anew.bytes).toEqual(whole);
      const never = await ask(url, { range: 'bytes=999999-', 'if-range': other });
      expect([other, never.status]).toEqual([other, 200]);
    }
  });

  test('in part: each byte is where it belongs', async () => {
    const size = whole.length;
    for (const [range, from, to] of [
      ['bytes=0-0', 0, 1],
      ['bytes=7-4000', 7, 4_001],
      ['bytes=100-99999999999999999999', 100, size],
      [`bytes=${size - 1}-`, size - 1, size],
      ['bytes=-30', size - 30, size],
      ['bytes=-99999999', 0, size],
      ['Bytes=0-9, 5-20,,21-29', 0, 30],
      ['bytes=0-9,9999999-', 0, 10],
    ] as const) {
      const { status, headers, bytes } = await ask(url, { range });
      expect([range, status]).toEqual([range, 206]);
      expect(headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/${size}`);
      expect(headers.get('content-length')).toBe(String(to - from));
      expect(bytes).toEqual(whole.slice(from, to));
    }
    for (const range of [`bytes=${size}-`, 'bytes=-0', `bytes=${size}-, -0`]) {
      const { status, headers, bytes } = await ask(url, { range });
      expect([range, status, bytes.length]).toEqual([range, 416, 0]);
      expect(headers.get('content-range')).toBe(`bytes */${size}`);
    }
    for (const range of ['bytes=5-2', 'bytes=0-1,5-6', 'items=0-1', 'bytes=', 'bytes=0-1,x']) {
      const { status, bytes } = await ask(url, { range });
      expect([range, status]).toEqual([range, 200]);
      expect(bytes).toEqual(whole);
    }
    const head = await ask(url, { range: 'bytes=0-1' }, 'HEAD');
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(size)]);
  });

  test('a date that is no date counts for nothing', async () => {
    for (const name of ['if-modified-since', 'if-unmodified-since']) {
      for (const junk of ['yesterday', '2100-01-01', 'Sat, 01 Jan 2100 00:00:00', '0', '']) {
        expect([name, junk, (await ask(url, { [name]: junk })).status]).toEqual([name, junk, 200]);
      }
    }
  });

  test('dates say the same as tags, in all three forms', async () => {
    // An archive has no date: what is in it may be deleted.
    if (date === '') return expect(url).toMatch(/\/zip$/);
    const before = [
      'Sat, 01 Jan 2000 00:00:00 GMT',
      'Saturday, 01-Jan-00 00:00:00 GMT',
      'Sat Jan  1 00:00:00 2000',
    ];
    const after = [
      'Fri, 01 Jan 2100 00:00:00 GMT',
      'Tuesday, 01-Jan-41 00:00:00 GMT',
      'Fri Jan  1 00:00:00 2100',
    ];
    for (const then of [date, ...after]) {
      expect([then, (await ask(url, { 'if-modified-since': then })).status]).toEqual([then, 304]);
      expect([then, (await ask(url, { 'if-unmodified-since': then })).status]).toEqual([then, 200]);
    }
    for (const then of before) {
      expect([then, (await ask(url, { 'if-modified-since': then })).status]).toEqual([then, 200]);
      expect([then, (await ask(url, { 'if-unmodified-since': then })).status]).toEqual([then, 412]);
    }
    expect((await ask(url, { range: 'bytes=1-', 'if-range': date })).status).toBe(206);
    // A tag says more than a date.
    const both = { 'if-none-match': OTHER, 'if-modified-since': date };
    expect((await ask(url, both)).status).toBe(200);
    const most = { 'if-match': etag, 'if-unmodified-since': before[0] as string };
    expect((await ask(url, most)).status).toBe(200);
  });
});

test('contents differ by their tags, and a collection that lost an item does too', async () => {
  const a = await running.api.create(fileSeed(CONTENT, 'a.bin'));
  const b = await running.api.create(fileSeed(CONTENT, 'b.bin'));
  const made = await running.api.call('POST', '/linkify/multiple', {
    access: 'PUBLIC',
    assets: [a, b],
  });
  const { link } = made.json.iterable[0];
  const tagOf = async (path: string) => (await ask(`${link}/${path}`)).headers.get('etag');
  const before = await tagOf('zip');
  expect(new Set([await tagOf('1/raw'), await tagOf('2/raw'), before]).size).toBe(3);
  await running.api.call('POST', `/assets/${b}/delete`);
  const { status, headers, bytes } = await ask(`${link}/zip`, {
    range: 'bytes=10-',
    'if-range': before ?? '',
  });
  expect(status).toBe(200);
  expect(headers.get('etag')).not.toBe(before);
  expect(headers.get('content-length')).toBe(String(bytes.length));
});

test('an empty content: its start is nowhere, its end is all of it', async () => {
  const url = `${await share(textSeed(''))}/raw`;
  expect((await ask(url, { range: 'bytes=0-' })).status).toBe(416);
  expect((await ask(url, { range: 'bytes=-5' })).status).toBe(200);
});

test('who asks for a page under a condition that no page meets is refused', async () => {
  const link = await share(textSeed('x'));
  expect((await ask(link, { ...AS_BROWSER.headers, 'if-match': '"x"' })).status).toBe(412);
  expect((await ask(link, { ...AS_BROWSER.headers, 'if-none-match': '*' })).status).toBe(304);
  for (const headers of [{ 'if-match': '*' }, { 'if-none-match': '"x"' }, { range: 'bytes=0-1' }]) {
    expect(
      (await ask(link, { ...AS_BROWSER.headers, ...headers } as Record<string, string>)).status,
    ).toBe(200);
  }
});

test('the icon is asked for once, and not sent again', async () => {
  const icon = new URL('/icon.svg', await share(textSeed('x'))).href;
  const { headers } = await ask(icon);
  const again = await ask(icon, { 'if-none-match': headers.get('etag') ?? '' });
  expect([again.status, again.bytes.length]).toEqual([304, 0]);
  expect((await ask(icon, {}, 'HEAD')).headers.get('content-length')).toBe(
    headers.get('content-length'),
  );
});

describe('nothing is left in a cache', () => {
  test('of what a password protects, and nobody is told about it who has not given it', async () => {
    const link = await share(fileSeed(CONTENT, 'a.bin'), { password: 'right' });
    for (const path of ['', '/raw', '/download']) {
      for (const headers of [{}, { 'if-none-match': '*' }, { range: 'bytes=0-1' }]) {
        const answer = await ask(link + path, headers as Record<string, string>);
        expect(answer.headers.get('etag')).toBeNull();
        expect(answer.headers.get('last-modified')).toBeNull();
        expect(answer.headers.get('cache-control')).toBe('no-store');
        expect(answer.status).not.toBe(206);
      }
    }
    const { headers } = await sendForm(link, {
      password: 'right',
      key: keyIn((await get(link)).text),
    });
    const inside = new URL(headers.get('location') ?? '', link).href;
    for (const path of ['', '/raw', '/download']) {
      expect((await ask(inside + path)).headers.get('cache-control')).toBe('no-store');
    }
  });

  test('of what opens once, which comes whole whatever is asked for', async () => {
    const link = await share(fileSeed(CONTENT, 'a.bin'), { once: true });
    const key = keyIn((await get(link)).text);
    const response = await fetch(`${link}/open`, {
      method: 'POST',
      body: new URLSearchParams({ key }),
      headers: { range: 'bytes=5-9', 'if-none-match': '*' },
    });
    expect(response.status).toBe(200);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(CONTENT);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('accept-ranges')).toBe('none');
    expect(response.headers.get('etag')).toBeNull();
  });

  test('of what is open, without asking again; what is gone is not confirmed', async () => {
    const made = await running.api.share(fileSeed(CONTENT, 'a.bin'));
    const url = `${made.link}/download`;
    const { headers } = await ask(url);
    expect(headers.get('cache-control')).toBe('private, no-cache, no-transform');
    await running.api.revoke(made.id);
    const gone = await ask(url, { 'if-none-match': headers.get('etag') ?? '' });
    expect(gone.status).toBe(410);
    expect(gone.headers.get('cache-control')).toBe('no-store');
  });
});

describe('an archive', () => {
  test('unpacks after its download broke off and was resumed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'linkify-zip-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const url = `${await collection(textSeed('first'), fileSeed(CONTENT, 'b.bin'))}/zip`;
    const start = await ask(url, { range: 'bytes=0-20000' });
    const etag = start.headers.get('etag') ?? '';
    const rest = await ask(url, { range: 'bytes=20001-', 'if-range': etag });
    await writeFile(join(folder, 'a.zip'), Buffer.concat([start.bytes, rest.bytes]));
    await unzip(join(folder, 'a.zip'), join(folder, 'out'));
    expect(new Uint8Array(await readFile(join(folder, 'out/b.bin')))).toEqual(CONTENT);
  });

  const asset = (name: string, sizeBytes: number) => ({
    id: name,
    name,
    form: 'file' as const,
    createdAtMs: Date.UTC(2026, 1, 2),
    sizeBytes,
    content: { at: 'record' as const },
  });
  const ZEROS = Buffer.alloc(4 * 1024 * 1024);
  const zeros = (size: number): Readable =>
    Readable.from(
      (function* () {
        for (let left = size; left > 0; left -= ZEROS.length) {
          yield left < ZEROS.length ? ZEROS.subarray(0, left) : ZEROS;
        }
      })(),
      { objectMode: false },
    );
  const lengthOf = async (stream: Readable): Promise<number> => {
    let length = 0;
    for await (const chunk of stream) length += (chunk as Buffer).length;
    return length;
  };

  test.each([
    ['of nothing', []],
    ['of empty files', [asset('a', 0), asset('b', 0)]],
    [
      'of 500 names that are as long as can be',
      Array.from({ length: 500 }, (_, i) => asset(`${'n'.repeat(190)}${i}`, 1)),
    ],
    [
      'just below where its directory needs longer numbers',
      Array.from({ length: 380 }, (_, i) => asset(`${'n'.repeat(82)}${1000 + i}.txt`, 0)),
    ],
  ])('%s is as long as it says', async (_what, assets) => {
    const archive = await zipOf(assets, { open: async ({ sizeBytes }) => zeros(sizeBytes) });
    const whole = await archive.open({ destroyed: false });
    expect(await lengthOf(whole)).toBe(archive.sizeBytes);
  });

  test('of more than 4 GB says how long it is, with the longer numbers that takes', async () => {
    const size = 2 ** 32 + 5;
    const files = [asset('large.bin', size), asset('after.txt', 3)];
    const { sizeBytes } = await zipOf(files, { open: async () => zeros(0) });
    // APPNOTE 6.3.10: of each file its header, itself, a descriptor (ZIP64) and its place in the
    // directory with a time and 64-bit sizes; then the three records of the end.
    const each = 30 + 9 + 24 + (46 + 9 + 9 + 28);
    expect(sizeBytes).toBe(size + 3 + 2 * each + 56 + 20 + 22);
  });

  test('whose reader left while a part was skipped is not read to its end', async () => {
    const archive = await zipOf([asset('endless.bin', Number.MAX_SAFE_INTEGER)], {
      open: async ({ sizeBytes }) => zeros(sizeBytes),
    });
    const reader = { destroyed: false };
    const opening = archive.open(reader, { start: 2 ** 50, end: 2 ** 50 + 1 });
    reader.destroyed = true;
    const part = await opening;
    part.destroy();
    // Nobody else is kept waiting by it.
    const other = await archive.open({ destroyed: false }, { start: 40, end: 49 });
    expect(await lengthOf(other)).toBe(10);
  });
});
