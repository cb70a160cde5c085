import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../../main/cli/command-line.ts';
import { MAX_URL_TEXT, readShareUrl } from '../../../main/cli/share-url.ts';

const urlOf = (text: string): string => `linkify://share?text=${encodeURIComponent(text)}`;

describe('a URL that any web page can open', () => {
  test.each([
    ['linkify://share?text=hello', 'hello'],
    ['linkify://share/?text=a+b%2Bc', 'a b+c'],
    ['LINKIFY://share?text=%E2%9C%93%0Aline', '✓\nline'],
    ['linkify://share?text=--quit', '--quit'],
  ])('%s shares its text', (url, text) => {
    expect(readShareUrl(url)).toEqual({ ok: true, text });
  });

  test.each([
    ['another action', 'linkify://quit'],
    ['another host', 'linkify://share.example?text=a'],
    ['a path', 'linkify://share/files?text=a'],
    ['a user', 'linkify://me@share?text=a'],
    ['a port', 'linkify://share:80?text=a'],
    ['an option', 'linkify://share?text=a&once=1'],
    ['two texts', 'linkify://share?text=a&text=b'],
    ['a file', 'linkify://share?file=/etc/passwd'],
    ['a fragment', 'linkify://share?text=a#b'],
    ['no text', 'linkify://share?text='],
    ['blanks only', 'linkify://share?text=%20%0A'],
    ['bytes that are no UTF-8', 'linkify://share?text=%FF'],
    ['half of a percent code', 'linkify://share?text=%2'],
    ['a control character', 'linkify://share?text=a%1Bb'],
    ['a zero', 'linkify://share?text=a%00b'],
    ['a text that is too long', urlOf('a'.repeat(MAX_URL_TEXT + 1))],
  ])('with %s is refused', (_, url) => {
    expect(readShareUrl(url)).toMatchObject({ ok: false });
  });

  test('is read whole, or refused, whatever text it has', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const read = readShareUrl(urlOf(text));
        const isClean = text.trim() !== '' && !/[^\P{Cc}\t\r\n]/u.test(text);
        expect(read.ok ? read.text : undefined).toBe(isClean ? text : undefined);
      }),
    );
  });

  test('can say nothing but a text, whatever follows the scheme', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (rest) => {
        const parsed = parseCommandLine({
          argv: ['/opt/linkify-tray', `linkify:${rest}`],
          packaged: true,
        });
        const kind = parsed.ok ? parsed.options.action.kind : 'refused';
        expect(['share-text', 'refused']).toContain(kind);
      }),
    );
  });

  test('as long as a browser passes it takes no longer than its length', () => {
    expect(readShareUrl(`linkify://share?text=${'%'.repeat(5_000_000)}`).ok).toBe(false);
  });
});

test('a command line that shares a URL can have no file beside it', () => {
  const parsed = parseCommandLine({
    argv: ['/opt/linkify-tray', 'linkify://share?text=a', '/etc/passwd'],
    cwd: '/',
    packaged: true,
  });
  expect(parsed.ok).toBe(false);
});
