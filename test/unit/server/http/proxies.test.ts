import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createProxies, isNetwork } from '../../../../main/server/http/proxies.ts';

const publicBaseUrl = 'https://share.example.com';

const asked = (remoteAddress: string, headers: Record<string, string>) =>
  ({ headers, socket: { remoteAddress } }) as unknown as Parameters<
    ReturnType<typeof createProxies>['visitorOf']
  >[0];

describe('who asks', () => {
  const proxies = createProxies({
    publicBaseUrl,
    trusted: ['127.0.0.1', '10.1.0.0/16', 'fd00::5'],
  });
  test.each([
    ['a proxy on this computer', '127.0.0.1', '203.0.113.7', '203.0.113.7'],
    ['one that listens for IPv6, too', '::ffff:127.0.0.1', '203.0.113.7', '203.0.113.7'],
    [
      'one that adds to what the visitor made up',
      '127.0.0.1',
      '1.1.1.1, 203.0.113.7',
      '203.0.113.7',
    ],
    ['two proxies', '127.0.0.1', '1.1.1.1, 203.0.113.7, 10.1.9.9', '203.0.113.7'],
    ['a trusted proxy elsewhere', '10.1.2.3', '203.0.113.7', '203.0.113.7'],
    ['the same over IPv6', 'fd00::5', '2001:db8::7', '2001:db8::7'],
    ['the same, mapped', '::ffff:10.1.2.3', '203.0.113.7', '203.0.113.7'],
    ['a proxy that names ports', '127.0.0.1', '203.0.113.7:4711', '203.0.113.7'],
    ['a proxy that names ports of IPv6', '127.0.0.1', '[2001:db8::7]:4711', '2001:db8::7'],
    ['a proxy that names nobody', '127.0.0.1', '', '127.0.0.1'],
    ['a proxy that hides who asks', '127.0.0.1', '203.0.113.7, unknown', '127.0.0.1'],
    ['somebody who makes it up', '192.168.1.66', '203.0.113.7', '192.168.1.66'],
    ['a neighbour of the trusted network', '10.2.0.1', '203.0.113.7', '10.2.0.1'],
  ])('%s', (_who, peer, forwarded, visitor) => {
    expect(proxies.visitorOf(asked(peer, { 'x-forwarded-for': forwarded }))).toBe(visitor);
  });

  test.each([
    ['for=203.0.113.7', '203.0.113.7'],
    ['For="[2001:db8::7]:4711";proto=https;by=203.0.113.43', '2001:db8::7'],
    ['for=1.1.1.1;host=a, proto=https;for=203.0.113.7', '203.0.113.7'],
    ['for=_hidden', '127.0.0.1'],
    ['by=203.0.113.7', '127.0.0.1'],
  ])('in the words of RFC 7239: %s', (forwarded, visitor) => {
    expect(proxies.visitorOf(asked('127.0.0.1', { forwarded }))).toBe(visitor);
  });

  test('what most proxies write wins over what passes through most of them', () => {
    const headers = { forwarded: 'for=1.1.1.1', 'x-forwarded-for': '203.0.113.7' };
    expect(proxies.visitorOf(asked('127.0.0.1', headers))).toBe('203.0.113.7');
  });

  test('this computer is believed only when it is named', () => {
    const none = createProxies({ publicBaseUrl, trusted: ['10.1.0.0/16'] });
    for (const peer of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
      expect(none.visitorOf(asked(peer, { 'x-forwarded-for': '203.0.113.7' }))).toBe(peer);
    }
  });

  test('without a public address nobody is believed', () => {
    const none = createProxies({ trusted: ['10.1.0.0/16'] });
    for (const peer of ['127.0.0.1', '10.1.2.3']) {
      expect(none.visitorOf(asked(peer, { 'x-forwarded-for': '203.0.113.7' }))).toBe(peer);
      expect(none.trusts(peer)).toBe(false);
    }
  });

  test('whatever a header holds, the visitor is an address, and never that of an untrusted peer', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (common, standard) => {
        const headers = { 'x-forwarded-for': common, forwarded: standard };
        expect(proxies.visitorOf(asked('192.168.1.66', headers))).toBe('192.168.1.66');
        expect(isNetwork(proxies.visitorOf(asked('127.0.0.1', headers)))).toBe(true);
        // The nearest proxy's own entry decides.
        const chain = { 'x-forwarded-for': `${common},203.0.113.7` };
        expect(proxies.visitorOf(asked('127.0.0.1', chain))).toBe('203.0.113.7');
      }),
    );
  });
});

test.each([
  ['10.0.0.0/8', true],
  ['192.0.2.1', true],
  ['fd00::/8', true],
  ['::1', true],
  ['10.0.0.0/33', false],
  ['10.0.0.0/8/8', false],
  ['10.0.0.0/', false],
  ['10.0.0/8', false],
  ['proxy.test', false],
  ['', false],
])('"%s" is a network: %s', (text, is) => {
  expect(isNetwork(text)).toBe(is);
});
