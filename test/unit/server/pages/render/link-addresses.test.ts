import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkAddresses } from '../../../../../main/server/pages/render/link-addresses.ts';

const addressesOf = (text: string): readonly string[] =>
  [...linkAddresses(text).text.matchAll(/<a href="([^"]*)"/g)].map(([, href]) =>
    (href ?? '').replaceAll('&amp;', '&').replaceAll('&#39;', "'"),
  );

/** What a browser shows of it. */
const shownOf = (text: string): string =>
  linkAddresses(text)
    .text.replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

describe('addresses in a text', () => {
  test.each([
    ['See https://example.com.', ['https://example.com']],
    ['(https://example.com/a_(b))', ['https://example.com/a_(b)']],
    [
      '“https://example.com/?a=1&b=2”, and HTTP://EXAMPLE.ORG!',
      ['https://example.com/?a=1&b=2', 'HTTP://EXAMPLE.ORG'],
    ],
    ['<https://example.com/x>', ['https://example.com/x']],
    ['https://例え.jp/道。次', ['https://例え.jp/道']],
    [
      'http://[::1]:8080/a and http://192.168.1.2/b',
      ['http://[::1]:8080/a', 'http://192.168.1.2/b'],
    ],
    ['javascript:alert(1) file:///etc/passwd mailto:a@b.c https://', []],
  ])('%j', (text, addresses) => {
    expect(addressesOf(text)).toEqual(addresses);
  });

  test('nothing is added to or taken from what is read, and nothing becomes markup', () => {
    const part = fc.oneof(
      fc.string(),
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.constantFrom(
        '<',
        '>',
        '"',
        "'",
        '&',
        'http://',
        'https://',
        '(',
        ')',
        '[',
        ']',
        '.',
        '\\',
      ),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join('');
        expect(shownOf(text)).toBe(text);
        const { text: made } = linkAddresses(text);
        expect(made.replaceAll(/<a href="https?:[^"<>]*" rel="[a-z ]*">|<\/a>/gi, '')).not.toMatch(
          /[<>]/,
        );
      }),
    );
  });
});
