import fc from 'fast-check';
import { expect, test } from 'vitest';
import { basePathOf, normalPublicUrl, pathBelow } from '../../../../main/server/http/public-url.ts';

test.each([
  ['https://a.test', 'https://a.test', ''],
  ['https://A.test:443/', 'https://a.test', ''],
  ['https://a.test/?', 'https://a.test', ''],
  ['https://a.test/#', 'https://a.test', ''],
  ['http://a.test:8080/links/', 'http://a.test:8080/links', '/links'],
  ['https://a.test//x///y//', 'https://a.test/x/y', '/x/y'],
  ['https://a.test/x/../y/./z', 'https://a.test/y/z', '/y/z'],
  ['https://a.test/a b/ü"<>', 'https://a.test/a%20b/%C3%BC%22%3C%3E', '/a%20b/%C3%BC%22%3C%3E'],
  ['https://[::1]:8080/links', 'https://[::1]:8080/links', '/links'],
  ["https://a.test/it's (new)", 'https://a.test/it%27s%20%28new%29', '/it%27s%20%28new%29'],
])('links that begin with %s begin with %s', (given, url, path) => {
  expect(normalPublicUrl(given)).toBe(url);
  expect(basePathOf(normalPublicUrl(given))).toBe(path);
});

test('whatever the path, what is below it is found, and it is found in no other', () => {
  const segment = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(
      fc.array(segment, { maxLength: 4 }),
      fc.stringMatching(/^(\/[a-z0-9%]{0,5}){1,3}$/),
      (segments, rest) => {
        const url = normalPublicUrl(`https://a.test/${segments.join('/')}`);
        const base = basePathOf(url);
        expect(new URL(url).href.replace(/\/$/, '')).toBe(url);
        expect(base).not.toMatch(/\/$|\/\/|[^\x21-\x7e]/);
        expect(pathBelow(base, base + rest)).toBe(rest);
        if (base !== '') expect(pathBelow(base, `${base}x${rest}`)).toBeUndefined();
      },
    ),
  );
});
