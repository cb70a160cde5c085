import { isAbsolute } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  packCommandLine,
  parseCommandLine,
  unpackCommandLine,
  whatIsWrongWithServiceUrl,
} from '../../main/command-line.ts';

const parse = (...args: string[]) =>
  parseCommandLine({ argv: ['/opt/linkify-tray', ...args], cwd: '/home/ada', packaged: true });
const action = (...args: string[]) => {
  const parsed = parse(...args);
  return parsed.ok ? parsed.options.action : parsed.sentence;
};

test.each([
  [[], { kind: 'start' }],
  [['--share-clipboard'], { kind: 'share-clipboard' }],
  [['--share', 'a.txt'], { kind: 'share-files', paths: ['/home/ada/a.txt'] }],
  [['--share=a.txt'], { kind: 'share-files', paths: ['/home/ada/a.txt'] }],
  [['--share', '../b c', '/x'], { kind: 'share-files', paths: ['/home/b c', '/x'] }],
  [['a.txt', '--share'], { kind: 'share-files', paths: ['/home/ada/a.txt'] }],
  [
    ['--share', '--', '-a', '--quit'],
    { kind: 'share-files', paths: ['/home/ada/-a', '/home/ada/--quit'] },
  ],
  [
    ['--share', 'a', '--share', 'b'],
    { kind: 'share-files', paths: ['/home/ada/a', '/home/ada/b'] },
  ],
  [['--list'], { kind: 'list' }],
  [['--copy', 'id-1'], { kind: 'copy', id: 'id-1' }],
  [['--revoke=id-1'], { kind: 'revoke', id: 'id-1' }],
  [['--quit'], { kind: 'quit' }],
  [['-h'], { kind: 'help' }],
  [['--help', '--list'], { kind: 'help' }],
  [['--version'], { kind: 'version' }],
])('%j means %j', (args, expected) => {
  expect(action(...args)).toEqual(expected);
});

test.each([
  [['--share'], '--share needs at least one file.'],
  [['--share', ''], '--share got an empty file name.'],
  [['a.txt'], 'To share files, put --share before them: --share a.txt'],
  [['--share-clipbord'], 'There is no --share-clipbord. Did you mean --share-clipboard?'],
  [['--shar', 'x'], 'There is no --shar. Did you mean --share?'],
  [['--copy'], '--copy needs a value.'],
  [['--copy', '--list'], '--copy needs a value.'],
  [['--revoke='], '--revoke needs the id of a link, as --list prints it.'],
  [['--list=yes'], '--list takes no value.'],
  [['--list', '--quit'], 'Only one of --list and --quit can be done at a time.'],
  [['--copy', 'a', '--copy', 'b'], '--copy was given twice.'],
  [['--service-token', 'two words'], '--service-token needs a token without blanks.'],
  [['--service-url=ftp://x'], 'The service address must begin with http:// or https://.'],
])('%j is refused: %s', (args, sentence) => {
  expect(parse(...args)).toEqual({ ok: false, sentence });
});

test('a service and its token are read beside an action', () => {
  expect(parse('--service-url', 'http://127.0.0.1:4100', '--service-token=abc', '--list')).toEqual({
    ok: true,
    options: { action: { kind: 'list' }, serviceUrl: 'http://127.0.0.1:4100', serviceToken: 'abc' },
  });
});

test('a token never shows in a sentence', () => {
  const parsed = parse('--service-token', 'sec\tret', '--list', '--list');
  expect(JSON.stringify(parsed)).not.toContain('ret');
});

test('switches of Chromium, Electron and the system are passed over', () => {
  const switches = [
    '--no-sandbox',
    '--user-data-dir=/tmp/x',
    '--inspect=0',
    '--remote-debugging-port=0',
    '-psn_0_123',
    '--enable-features=A,B',
    '--ozone-platform=wayland',
    '--disable-gpu',
    '--lang=de',
    '--hidden',
    '--original-process-start-time=1',
    '--enable-crashpad',
    '--allow-file-access-from-files',
    '--no-first-run',
  ];
  expect(parse(...switches)).toEqual({ ok: true, options: { action: { kind: 'start' } } });
  for (const one of switches) {
    expect(action(one, '--share', 'a', one, 'b', one)).toEqual({
      kind: 'share-files',
      paths: ['/home/ada/a', '/home/ada/b'],
    });
  }
});

test('unpackaged, the app folder is no file to share, wherever the switches stand', () => {
  for (const argv of [
    ['electron', '/app', '--share', 'a'],
    ['electron', '--no-sandbox', '/app', '--share', 'a'],
    ['electron', '--inspect=0', '--no-sandbox', '.', '--share', 'a', '--lang=de'],
  ]) {
    const parsed = parseCommandLine({ argv, cwd: '/w', packaged: false });
    expect(parsed).toEqual({
      ok: true,
      options: { action: { kind: 'share-files', paths: ['/w/a'] } },
    });
  }
});

describe('service addresses', () => {
  test.each([
    'http://127.0.0.1:39300',
    'http://localhost:1',
    'http://[::1]:80',
    'https://example.com/linkify',
    'HTTPS://EXAMPLE.COM',
  ])('%s is fine', (address) => expect(whatIsWrongWithServiceUrl(address)).toBeUndefined());
  test.each([
    'example.com',
    'http://example.com',
    'http://192.168.1.2:39300',
    'http://127.0.0.1.evil.com',
    'http://localhost.evil.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://user:pass@example.com',
    'https://example.com/?a',
    'https://example.com/#a',
    `https://example.com/${'x'.repeat(2100)}`,
    '',
    'http://',
  ])('%j is refused with a sentence', (address) => {
    expect(whatIsWrongWithServiceUrl(address)).toMatch(/\.$/);
  });
});

test('any command line gives options or a sentence for people, never a crash', () => {
  const argument = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      '--',
      '-',
      '--share',
      '--share=',
      '--copy',
      '--revoke',
      '--list',
      '--quit',
      '--service-url',
      '--service-token',
      '--help',
      '--__proto__',
      '--constructor',
      '--toString=x',
      'a',
      '/b',
    ),
  );
  fc.assert(
    fc.property(fc.array(argument, { maxLength: 8 }), fc.boolean(), (args, packaged) => {
      const parsed = parseCommandLine({ argv: ['x', ...args], cwd: '/home/ada', packaged });
      if (!parsed.ok) {
        expect(parsed.sentence).toMatch(/[.?]$|--share /);
        expect(parsed.sentence).not.toMatch(/\p{Cc}/u);
        return;
      }
      const { action } = parsed.options;
      if (action.kind === 'share-files')
        expect(action.paths.every((path) => isAbsolute(path))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('every file name survives after "--"', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 10 }), (names) => {
      const files = names.map((name) => `/${name.replaceAll('/', '_')}x`);
      expect(action('--share', '--', ...files)).toEqual({ kind: 'share-files', paths: files });
    }),
  );
});

test('a command line arrives whole at the app that runs, whatever is in it', () => {
  const argument = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(' ', '\t', '\n', '\0', ' a '),
  );
  fc.assert(
    fc.property(
      fc.array(argument, { maxLength: 40 }),
      fc.string(),
      fc.boolean(),
      (argv, cwd, packaged) => {
        const data = packCommandLine({ argv, cwd, packaged });
        // Electron loses blanks and zero bytes on the way.
        expect(data.packed).toMatch(/^[\w-]+$/);
        expect(unpackCommandLine(structuredClone(data))).toEqual({ argv, cwd, packaged });
      },
    ),
  );
});

test('a command line that only Chromium can carry shares the same files in the same order', () => {
  const files = Array.from({ length: 600 }, (_, index) => `some folder/picture ${index}.png`);
  const input = { argv: ['/opt/linkify-tray', '--share', ...files], cwd: '/w', packaged: true };
  expect(packCommandLine(input)).toEqual({ packed: '' });
  const reordered = ['/opt/linkify-tray', '--share', '--allow-file-access-from-files', ...files];
  expect(parseCommandLine({ ...input, argv: reordered })).toEqual(parseCommandLine(input));
  expect(parseCommandLine(input)).toMatchObject({ ok: true });
});

test('a command line that would end the running app is refused', () => {
  expect(parse('--share', ...Array.from({ length: 1000 }, () => 'x'.repeat(40)))).toEqual({
    ok: false,
    sentence: 'That command line is too long to reach the running app. Share fewer files.',
  });
});

test.each([
  null,
  undefined,
  3,
  'x',
  {},
  { packed: '' },
  { packed: 5 },
  packed({ argv: [1], cwd: '/', packaged: true }),
  packed({ argv: 'a', cwd: '/', packaged: true }),
  packed({ argv: [], packaged: true }),
  packed([]),
])('anything else is no command line: %j', (data) => {
  expect(unpackCommandLine(data)).toBeUndefined();
});

function packed(value: unknown): object {
  return { packed: Buffer.from(JSON.stringify(value)).toString('base64url') };
}
