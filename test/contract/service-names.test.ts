import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendRaw } from '../support/service/raw.ts';
import {
  filesWith,
  marker,
  startTestService,
  type TestService,
  textSeed,
} from '../support/service/run.ts';

/** Names come from whoever made the file. They reach headers, titles, archives, and no path. */

let running: TestService;
beforeAll(async () => {
  running = await startTestService();
});
afterAll(() => running.end());

async function shareNamed(name: string, body = 'x'): Promise<string> {
  const { service, api } = running;
  const answer = await fetch(
    `${service.apiBaseUrl}/x-linkify/assets?name=${encodeURIComponent(name)}`,
    {
      method: 'POST',
      headers: {
        authorization: `Bearer ${service.token}`,
        'content-type': 'application/octet-stream',
      },
      body,
    },
  );
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
  const made = await api.call('POST', '/linkify', { access: 'PUBLIC', asset: await answer.json() });
  return made.json.iterable[0].link;
}

/** The head of an answer as it went over the wire, line by line. */
async function headOf(url: string): Promise<readonly string[]> {
  const { port, pathname, host } = new URL(url);
  const request = `GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
  const { status, head } = await sendRaw(Number(port), request);
  expect(status).toBe(200);
  return head.split(/\r\n|\r|\n/);
}

const fieldsOf = (head: readonly string[]): readonly string[] =>
  head.slice(1).map((line) => line.slice(0, line.indexOf(':')).toLowerCase());

test('no name adds a line to an answer, or breaks one', async () => {
  const plain = fieldsOf(await headOf(`${await shareNamed('plain.bin', 'PK\x03\x04')}/download`));
  const piece = fc.oneof(
    fc.constantFrom(
      '\r\n',
      '\n',
      '\r',
      '\u2028',
      '\u0085',
      '\0',
      '"',
      "'",
      '\\',
      ';',
      '%0d%0a',
      ': ',
    ),
    fc.constantFrom(
      'Set-Cookie: a=b',
      'Location: //evil.test',
      'X-Injected: 1',
      "filename*=UTF-8''",
    ),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
  );
  const name = fc
    .array(piece, { minLength: 1, maxLength: 8 })
    .map((pieces) => `n${pieces.join('')}.bin`);
  await fc.assert(
    fc.asyncProperty(name, async (given) => {
      const link = await shareNamed(given, 'PK\x03\x04');
      for (const path of ['/download', '/raw']) {
        const head = await headOf(link + path);
        expect(fieldsOf(head), given).toEqual(plain);
        const disposition = head.find((line) => /^content-disposition:/i.test(line)) ?? '';
        expect(disposition, given).toMatch(/^[\x20-\x7e]+$/);
      }
    }),
    { numRuns: 60 },
  );
});

test('a name that is written backwards reads as what it is, in the page and in the download', async () => {
  // "photo_exe.png" to the eye; an executable to the system.
  for (const mark of '\u202e\u202d\u202b\u202a\u2066\u2067\u2068\u200e\u200f\u061c') {
    const link = await shareNamed(`photo_${mark}gnp.exe`);
    const page = await (await fetch(link, { headers: { accept: 'text/html' } })).text();
    expect(page, mark).not.toContain(mark);
    expect(page).toContain('photo_gnp.exe');
    const { headers } = await fetch(`${link}/download`);
    const disposition = headers.get('content-disposition') ?? '';
    expect(disposition).toContain('photo_gnp.exe');
    expect(disposition).not.toContain(encodeURIComponent(mark));
  }
});

test('a name that is a path leads nowhere: nothing is written by it, and a download has no folder', async () => {
  for (const name of [
    '../../../tmp/out',
    '/etc/cron.d/x',
    '..\\..\\x',
    'C:\\x',
    'a/../../b',
    '..',
  ]) {
    const word = marker();
    const link = await shareNamed(`${word}${name}`, word);
    const other = await shareNamed(name, word);
    for (const each of [link, other]) {
      const { headers } = await fetch(`${each}/download`);
      const file = /filename\*?="?([^";]+)"?/.exec(headers.get('content-disposition') ?? '')?.[1];
      expect(decodeURIComponent(file ?? ''), name).not.toMatch(/[/\\]|^\.\.?$/);
    }
    for (const path of await filesWith(running.dataDir, word)) {
      expect(path.slice(running.dataDir.length), name).toMatch(
        /^\/(catalog\.db(-wal)?$|(blobs|tmp)\/)/,
      );
    }
  }
});

test('a dotfile keeps its name in the download', async () => {
  for (const name of ['.gitignore', '.env.local', '..dots']) {
    const link = await shareNamed(name, 'PK\x03\x04');
    for (const path of ['/download', '/raw']) {
      const { headers } = await fetch(link + path);
      expect(headers.get('content-disposition'), name + path).toMatch(
        new RegExp(`filename="?${name.replaceAll('.', '\\.')}"?$`),
      );
    }
  }
});

test('an id that is a path opens nothing, on either listener', async () => {
  const { service, dataDir } = running;
  const pages = Number(new URL(await shareNamed('x')).port);
  const token = service.token;
  const up = [
    '..',
    '%2e%2e',
    '..%2f',
    '%2e%2e%2f',
    '..%5c',
    '%252e%252e%252f',
    '....//',
    '%c0%ae%c0%ae/',
  ];
  const tails = ['api-token', '..%2fapi-token', `..%2f..%2f..${dataDir}/api-token`, 'etc/passwd'];
  let asked = 0;
  for (const step of up) {
    for (const tail of tails) {
      for (const target of [`/s/${step}/${tail}`, `/s/${step}${tail}/raw`, `/o/${step}/${tail}`]) {
        const answer = await sendRaw(
          pages,
          `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${pages}\r\nConnection: close\r\n\r\n`,
        );
        expect([400, 404, 429], target).toContain(answer.status);
        expect(answer.body).not.toContain(token);
        asked++;
      }
      const api = Number(new URL(service.apiBaseUrl).port);
      for (const target of [`/share/${step}/${tail}`, `/asset/${step}${tail}`]) {
        const answer = await sendRaw(
          api,
          `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${api}\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`,
        );
        expect([400, 404], target).toContain(answer.status);
        expect(answer.body).not.toContain(token);
        asked++;
      }
    }
  }
  expect(asked).toBe(up.length * tails.length * 5);
});

test.each([
  ['CON', '_CON.zip'],
  ['COM¹', '_COM¹.zip'],
  ['a/b:c', 'a_b_c.zip'],
  ['語'.repeat(100), /^語{65}\.zip$/],
])('the archive of a collection named %j has a name for every system', async (name, expected) => {
  const { api } = running;
  const assets = [await api.create(textSeed('one')), await api.create(textSeed('two'))];
  const body = { access: 'PUBLIC', assets, name };
  const made = await api.call('POST', '/linkify/multiple', body);
  const head = await headOf(`${made.json.iterable[0].link}/zip`);
  const line = head.find((one) => /^content-disposition/i.test(one)) ?? '';
  const [, plain = ''] = /filename="?([^";]*)/.exec(line) ?? [];
  const encoded = /filename\*=UTF-8''(.*)/.exec(line)?.[1] ?? plain;
  expect(decodeURIComponent(encoded)).toMatch(
    typeof expected === 'string' ? new RegExp(`^${expected}$`) : expected,
  );
});
