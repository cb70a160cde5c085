import type { lookup } from 'node:dns';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkLink } from '../../../main/linkify/check-link.ts';

const seen: { method: string; url: string; cookie: string | undefined }[] = [];
let answer: { readonly status: number; readonly location?: string };
let origin: string;
let close: () => Promise<void>;

beforeEach(async () => {
  seen.length = 0;
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    seen.push({ method, url, cookie: headers.cookie ?? headers.authorization });
    const { status, location } = url === '/final' ? { status: 410 } : answer;
    response.writeHead(status, {
      'set-cookie': 'a=b',
      ...(location === undefined ? {} : { location }),
    });
    // A page without an end: only its status matters.
    response.write(' '.repeat(1_000));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
});

afterEach(() => close());

const look = (ownOrigins: readonly string[] = [origin], path = '/x') =>
  checkLink(origin + path, { method: 'GET', ownOrigins, timeoutMs: 500 });

test.each([
  [200, 'opens'],
  [206, 'opens'],
  [401, 'opens'],
  [404, 'dead'],
  [410, 'dead'],
  [403, 'unknown'],
  [429, 'unknown'],
  [500, 'unknown'],
  [503, 'unknown'],
])('a link that answers %i %s', async (status, expected) => {
  answer = { status };
  expect(await look()).toBe(expected);
  expect(seen).toEqual([{ method: 'GET', url: '/x', cookie: undefined }]);
});

describe('a redirect', () => {
  test('is followed at the same origin, without the cookie that came with it', async () => {
    answer = { status: 302, location: '/final' };
    expect(await look()).toBe('dead');
    expect(seen.map(({ cookie }) => cookie)).toEqual([undefined, undefined]);
  });

  test.each(['http://127.0.0.1:1/', 'https://example.com/', 'file:///etc/passwd', 'http://['])(
    'to %s is not followed',
    async (location) => {
      answer = { status: 302, location };
      expect(await look()).toBe('unknown');
      expect(seen).toHaveLength(1);
    },
  );

  test('in a circle ends', async () => {
    answer = { status: 302, location: '/x' };
    expect(await look()).toBe('unknown');
    expect(seen).toHaveLength(4);
  });
});

describe('an address on a private network', () => {
  test('is not even asked when it is not the service’s own', async () => {
    answer = { status: 200 };
    expect(await look([])).toBe('unknown');
    expect(await look(['http://127.0.0.1:1'])).toBe('unknown');
    expect(seen).toEqual([]);
  });

  test.each([
    [['10.0.0.1']],
    [['127.0.0.1']],
    [['93.184.215.14', '192.168.0.1']],
    [['::1']],
    [['::ffff:127.0.0.1']],
    [[]],
  ])('is not reached by a name that leads to %j', async (addresses) => {
    const find = ((_name: string, _options: object, callback: (...given: unknown[]) => void) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )) as unknown as typeof lookup;
    expect(
      await checkLink('http://rebound.example/', {
        method: 'GET',
        ownOrigins: [],
        lookup: find,
        timeoutMs: 500,
      }),
    ).toBe('unknown');
  });
});

test('a service that is gone, or silent, says nothing', async () => {
  answer = { status: 200 };
  await close();
  expect(await look()).toBe('unknown');
  close = async () => undefined;
});
