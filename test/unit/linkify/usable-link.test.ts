import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_LINK_LENGTH, usableLink } from '../../../main/linkify/usable-link.ts';

const HOST = 'ada.cloud.example';

describe('takes links that can be opened', () => {
  test.each([
    ['https://ada.cloud.example/?p=0f3cb0f2', 'https://ada.cloud.example/?p=0f3cb0f2'],
    ['http://127.0.0.1:4100/s/abc', 'http://127.0.0.1:4100/s/abc'],
    ['HTTPS://ADA.cloud.example', 'https://ada.cloud.example/'],
    [
      'https://x.example/?p=заметки',
      'https://x.example/?p=%D0%B7%D0%B0%D0%BC%D0%B5%D1%82%D0%BA%D0%B8',
    ],
  ])('%s', (raw, link) => {
    expect(usableLink(raw, HOST)).toBe(link);
  });
});

describe('refuses links that could do harm', () => {
  test.each([
    ['javascript:alert(1)'],
    ['JaVaScRiPt:alert(1)'],
    ['data:text/html,<script>alert(1)</script>'],
    ['file:///etc/passwd'],
    ['pieces://launch'],
    ['ftp://x.example/'],
    ['//x.example/'],
    ['/relative'],
    [''],
    ['https://'],
    ['https:///x.example/'],
    ['https:x.example'],
    ['https://user@x.example/'],
    ['https://user:pass@x.example/'],
    ['https://:pass@x.example/'],
    ['https://ada.cloud.example@evil.example/'],
    [' https://x.example/'],
    ['https://x.example/a b'],
    ['https://x.example/\njavascript:alert(1)'],
    ['https://x.example/\r\nSet-Cookie: a=b'],
    ['https://x.example/\t'],
    ['https://x.example/\u0000'],
    ['https://x.example/\u202Egpj.exe'],
    ['https://x.example/\u2066a\u2069'],
    ['https://x.example/\u200Bzero-width'],
    ['https://x.example/\uFEFF'],
    ['https://x.example/\uD800'],
    ['https://x.example/\uFFFD'],
    ['https://x.example/\u3164'],
    ['https://x.example/a\uFE0F'],
    ['https:\\\\evil.example'],
    ['https://x.example\\@evil.example/'],
    ['https://аpple.com/'],
    ['https://xn--pple-43d.com/'],
    ['https://login.xn--pple-43d.com/'],
    [`https://x.example/${'a'.repeat(10_000)}`],
    [`https://x.example/${'ж'.repeat(1_000)}`],
    ['https://x.example:99999/'],
    ['https://[::1/'],
    ['https://exa mple/'],
  ])('%j', (raw) => {
    expect(usableLink(raw, HOST)).toBeUndefined();
  });
});

test('takes a host with letters outside ASCII only when it is the service itself', () => {
  const own = new URL('https://bücher.example').hostname;
  expect(usableLink('https://bücher.example/1', own)).toBe('https://xn--bcher-kva.example/1');
  expect(usableLink('https://ada.bücher.example/1', own)).toBeDefined();
  expect(usableLink('https://evilbücher.example/1', own)).toBeUndefined();
});

test('whatever text comes, what is taken is a plain http(s) address in ASCII', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.constantFrom('https://', 'http://', 'javascript:', '@', '\\', '\u202e', 'xn--', '//', ':'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 4 }), (pieces) => {
      const link = usableLink(pieces.join(''), HOST);
      if (link === undefined) return;
      const url = new URL(link);
      expect(['http:', 'https:']).toContain(url.protocol);
      expect(url.username + url.password).toBe('');
      expect(link).toMatch(/^[\x21-\x7e]+$/);
      expect(link.length).toBeLessThanOrEqual(MAX_LINK_LENGTH);
      expect(usableLink(link, HOST)).toBe(link);
    }),
    { numRuns: 2_000 },
  );
});
