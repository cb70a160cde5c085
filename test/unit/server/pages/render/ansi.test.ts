import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  hasEscapes,
  terminalText,
  withoutEscapes,
} from '../../../../../main/server/pages/render/ansi.ts';
import { styleRules, type TextStyle } from '../../../../../main/server/pages/render/ansi-style.ts';

const linesOf = (text: string): readonly string[] =>
  terminalText(text).lines.map((line) => line.text);

/** What the rules say of the first class, in the light color scheme. */
const lookOf = (sequence: string): string =>
  /^\.t0\{(.*)\}/.exec(terminalText(`\x1b[${sequence}mx`).styles)?.[1] ?? '';

describe('colors and styles', () => {
  test.each([
    ['31', 'color:#cd0000'],
    ['0;1;31', 'color:#cd0000;font-weight:700'],
    ['41', 'color:#ffffff;background:#cd0000'],
    ['44;97', 'color:#ffffff;background:#0000ee'],
    ['38;5;196', 'color:#e60000'],
    ['38;5;22', 'color:#005f00'],
    ['38;5;236', 'color:#303030'],
    ['38;2;10;20;30', 'color:#0a141e'],
    ['38:2::10:20:30', 'color:#0a141e'],
    ['38:2:10:20:30', 'color:#0a141e'],
    ['38:5:22', 'color:#005f00'],
    ['48;2;1;2;3;38;2;250;250;250', 'color:#fafafa;background:#010203'],
    ['1', 'font-weight:700'],
    ['2', 'color:var(--dim)'],
    ['3;4', 'font-style:italic;text-decoration:underline'],
    ['4:3', 'text-decoration:underline'],
    ['9;4', 'text-decoration:underline line-through'],
    ['7', 'color:var(--card);background:var(--fg)'],
    ['7;31', 'color:#ffffff;background:#cd0000'],
    ['8', 'visibility:hidden'],
  ])('%s is %s', (sequence, look) => expect(lookOf(sequence)).toBe(look));

  test.each([
    '',
    '0',
    '39',
    '49',
    '4:0',
    '38;5;256',
    '38;5',
    '38;2;1;2',
    '38;5;-1',
    '>4;1',
    '?25',
    'x',
  ])('%j is as usual', (sequence) => expect(lookOf(sequence)).toBe(''));

  test('each end ends its own beginning', () => {
    const text = '\x1b[1;3;4;9;31;42ma\x1b[22mb\x1b[23mc\x1b[24md\x1b[29me\x1b[39mf\x1b[49mg';
    const names = [...(linesOf(text)[0]?.matchAll(/class="(\w+)">(\w)|(\w)$/g) ?? [])];
    expect(names.map((found) => found[2] ?? found[3])).toEqual([...'abcdefg']);
    expect(new Set(names.map((found) => found[1])).size).toBe(7);
  });

  test('go on over the end of a line', () => {
    expect(linesOf('\x1b[31mone\ntwo\x1b[0m three\n')).toEqual([
      '<span class="t0">one</span>',
      '<span class="t0">two</span> three',
      '',
    ]);
  });

  test('can be read in both color schemes', () => {
    const colors = fc.oneof(
      fc.nat(255),
      fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)),
    ) as fc.Arbitrary<NonNullable<TextStyle['fg']>>;
    fc.assert(
      fc.property(colors, fc.option(colors, { nil: undefined }), (fg, bg) => {
        const style = { fg, ...(bg === undefined ? {} : { bg }) };
        const rules = styleRules([{ name: 't0', style }]);
        const [light, dark] = rules.split('@media');
        expect(contrastIn(light ?? '', '#ffffff')).toBeGreaterThanOrEqual(4.5);
        if (dark !== undefined) expect(contrastIn(dark, '#171d1f')).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  function contrastIn(rule: string, page: string): number {
    const color = /[{;]color:(#\w{6})/.exec(rule)?.[1] ?? '';
    const ground = /background:(#\w{6})/.exec(rule)?.[1] ?? page;
    const luminance = (hex: string): number => {
      const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
        const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
    };
    const [low = 1, high = 1] = [luminance(color), luminance(ground)].sort((a, b) => a - b);
    return high / low;
  }

  test('end where there are more looks than a log has', () => {
    const text = Array.from({ length: 2_000 }, (_, i) => `\x1b[38;2;1;${i >> 8};${i & 255}mx`).join(
      '',
    );
    expect(terminalText(text).styles.length).toBeLessThan(100_000);
    expect(withoutEscapes(text)).toBe('x'.repeat(2_000));
  });
});

test.each([
  ['a\x1b[2K\x1b[1Gb', 'ab'],
  ['a\x1b]0;title\x07b', 'ab'],
  ['a\x1b]8;;https://example.com\x1b\\link\x1b]8;;\x1b\\b', 'alinkb'],
  ['a\x1b]0;never ends\nb', 'a\nb'],
  ['a\x1bP1;2q#1\x1b\\b', 'ab'],
  ['a\x1b(Bb\x1b=c\x1b7d', 'abcd'],
  ['a\x1b[?25lb\x1b[?2004h', 'ab'],
  ['a\u009b31mb\u009b0m', 'ab'],
  ['a\x1b(B\x0f\x07b', 'ab'],
  ['a\x1b[31', 'a'],
  ['a\x1b[31\nb', 'a\nb'],
  ['a\x1b', 'a'],
  ['a\x1b[31é', 'aé'],
  ['\x1b\x1b[31ma', 'a'],
  ['tab\tand\r\nline', 'tab\tand\r\nline'],
])('%j reads %j', (text, plain) => {
  expect(withoutEscapes(text)).toBe(plain);
  const shown = terminalText(text).lines.map((line) => line.text.replace(/<[^>]*>/g, ''));
  expect(shown.join('\n')).toBe(plain);
});

test('whatever a program wrote, the page has its text, escaped, in spans of our own', () => {
  const parts = fc.oneof(
    fc.constantFrom(
      '\x1b',
      '\x1b[',
      '\x1b]',
      '\u009b',
      '\x07',
      '\x1b\\',
      'm',
      ';',
      ':',
      '38',
      '5',
      '\n',
    ),
    fc.constantFrom(
      '<script>',
      '"',
      "'",
      '&',
      '</span>',
      '</style>',
      '}',
      '31',
      '?',
      ' ',
      '\x1b[1m',
    ),
    fc.string(),
  );
  fc.assert(
    fc.property(
      fc.array(parts, { maxLength: 60 }).map((all) => all.join('')),
      (text) => {
        fc.pre(hasEscapes(text));
        const { lines, styles } = terminalText(text);
        const html = lines.map((line) => line.text).join('\n');
        const unescaped = html
          .replace(/<span class="t\d+">|<\/span>/g, '')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&quot;', '"')
          .replaceAll('&#39;', "'")
          .replaceAll('&amp;', '&');
        expect(unescaped).toBe(withoutEscapes(text));
        expect(html.replace(/<span class="t\d+">|<\/span>/g, '')).not.toMatch(/[<>"']/);
        expect(styles).not.toMatch(/[<>"'\\]|url|@import/);
      },
    ),
    { numRuns: 2_000 },
  );
});
