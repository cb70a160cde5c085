import { isAbsolute } from 'node:path';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { parseCommandLine } from '../../../main/cli/command-line.ts';
import { commandEntries, OPTIONS } from '../../../main/cli/commands.ts';
import { helpText } from '../../../main/cli/help.ts';
import { serviceUrlProblem } from '../../../main/settings/service-url.ts';
import { shareOptionsSchema } from '../../../main/share-options.ts';

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
  [
    ['--max-opens', '5', '--share', 'a.txt'],
    { kind: 'share-files', paths: ['/home/ada/a.txt'], options: { maxOpens: 5 } },
  ],
  [
    ['--share-clipboard', '--max-opens=1000'],
    { kind: 'share-clipboard', options: { maxOpens: 1_000 } },
  ],
  [['--list'], { kind: 'list' }],
  [['--copy', 'id-1'], { kind: 'copy', link: 'id-1' }],
  [['--revoke=id-1'], { kind: 'revoke', link: 'id-1' }],
  [['--quit'], { kind: 'quit' }],
  [['--settings'], { kind: 'settings' }],
  [['-h'], { kind: 'help' }],
  [['--help', '--list'], { kind: 'help' }],
  [['--version'], { kind: 'version' }],
])('%j means %j', (args, expected) => {
  expect(action(...args)).toEqual(expected);
});

test.each([
  [['--share'], '--share'],
  [['--share', ''], 'empty'],
  [['a.txt'], 'share a.txt'],
  [['--share-clipbord'], '--share-clipboard'],
  [['--shar', 'x'], '--share'],
  [['-x'], '-x'],
  [['--copy'], '--copy'],
  [['--copy', '--list'], '--copy'],
  [['--revoke='], 'list'],
  [['--list=yes'], '--list'],
  [['--list', '--quit'], '--list and --quit'],
  [['--copy', 'a', '--copy', 'b'], '--copy'],
  [['--share-clipboard', '--max-opens', '0'], '1 to 1000'],
  [['--share-clipboard', '--max-opens', '1001'], '1 to 1000'],
  [['--share-clipboard', '--max-opens', '1e2'], '1 to 1000'],
  [['--max-opens', '5'], 'share'],
  [['--list', '--max-opens', '5'], 'share'],
  [['--share', 'a', '--max-opens', '5'], '--share'],
  [['--service-token', 'two words'], 'token'],
  [['--service-url=ftp://x'], 'https://'],
  [['--user-data-dir='], '--user-data-dir'],
])('%j is refused, and the sentence names %s', (args, named) => {
  expect(parse(...args)).toEqual({ ok: false, sentence: expect.stringContaining(named) });
});

// What a shell puts for `*` in a folder with files of these names.
test.each([
  '-plan.txt',
  '--plan.txt',
  '-',
  '-h.txt',
  '--no-sandbox',
  '--user-data-dir=p',
  '--service-url=http:127.0.0.1:39390',
  '--service-url=https:evil.example',
  '--service-token=x',
  '--remote-debugging-port=39399',
  '--utility-cmd-prefix=sh x.sh',
  '--share=..',
  '--list=',
  '--shar',
])('a file named %s is not dropped: the command is refused', (name) => {
  for (const args of [
    ['--share', name, 'b.txt'],
    ['--share', 'b.txt', name],
    ['a', '--share', name],
  ]) {
    expect(parse(...args)).toMatchObject({ ok: false });
  }
  expect(action('--share', '--', name, 'b.txt')).toEqual({
    kind: 'share-files',
    paths: [`/home/ada/${name}`, '/home/ada/b.txt'],
  });
});

test('the refusal of a name with a hyphen says what to write', () => {
  expect(parse('--share', '-plan.txt', 'b.txt')).toEqual({
    ok: false,
    sentence: expect.stringMatching(/"-plan\.txt".* -- /),
  });
});

test('our own options may follow the files', () => {
  expect(parse('--share', 'a', '--no-wait', '--service-url=https://example.com/x')).toEqual({
    ok: true,
    options: {
      action: { kind: 'share-files', paths: ['/home/ada/a'] },
      noWait: true,
      serviceUrl: 'https://example.com/x',
      switches: [],
    },
  });
});

test('a folder for the profile is read in both spellings, and must be absolute', () => {
  for (const args of [['--user-data-dir', '/p/../q'], ['--user-data-dir=/q']]) {
    expect(parse(...args)).toMatchObject({ ok: true, options: { userDataDir: '/q' } });
  }
  for (const args of [['--user-data-dir', 'p'], ['--user-data-dir=p'], ['--user-data-dir=~/p']]) {
    expect(parse(...args)).toMatchObject({ ok: false });
  }
});

test('where the current folder is gone, only relative paths are refused', () => {
  const nowhere = (...args: string[]) =>
    parseCommandLine({ argv: ['/opt/linkify-tray', ...args], packaged: true });
  expect(nowhere()).toMatchObject({ ok: true });
  expect(nowhere('--list', '--user-data-dir=/p')).toMatchObject({ ok: true });
  expect(nowhere('--share', '/a/../b')).toMatchObject({
    ok: true,
    options: { action: { paths: ['/b'] } },
  });
  expect(nowhere('--share', 'file:///a%20b', '/c')).toMatchObject({
    ok: true,
    options: { action: { paths: ['file:///a%20b', '/c'] } },
  });
  expect(nowhere('--share', '/a', 'b')).toMatchObject({ ok: false });
  expect(nowhere('--user-data-dir=p')).toMatchObject({ ok: false });
});

test.each(['linkify', 'linkify-tray'] as const)('the help of %s names all there is', (program) => {
  const help = helpText(program);
  for (const [name, { options }] of commandEntries) {
    expect(help).toContain(`${program} ${name}`);
    const own = helpText(program, name);
    for (const option of [...options, 'help']) expect(own).toContain(`--${option}`);
  }
  for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
});

const files = (...paths: string[]) => ({ kind: 'share-files', paths });

test.each([
  [['share', 'a.txt'], files('/home/ada/a.txt')],
  [['share', 'list', 'quit'], files('/home/ada/list', '/home/ada/quit')],
  [['share', '--', '-a', '-'], files('/home/ada/-a', '/home/ada/-')],
  [['share', '-'], { kind: 'share-content' }],
  [['share', '--clipboard'], { kind: 'share-clipboard' }],
  [
    ['share', 'a', '--expires', '1h', '--once', '-n', 'My plan'],
    { ...files('/home/ada/a'), options: { expiresInSeconds: 3_600, once: true }, name: 'My plan' },
  ],
  [
    ['share', '-', '--expires=never'],
    { kind: 'share-content', options: { expiresInSeconds: null } },
  ],
  [['list'], { kind: 'list' }],
  [['copy'], { kind: 'copy' }],
  [['copy', '2'], { kind: 'copy', link: '2' }],
  [['open', 'id-1'], { kind: 'open', link: 'id-1' }],
  [['revoke', 'http://h/s/a'], { kind: 'revoke', link: 'http://h/s/a' }],
  [['undo'], { kind: 'undo' }],
  [['status'], { kind: 'status' }],
  [['settings'], { kind: 'settings' }],
  [['settings', 'get'], { kind: 'get-settings' }],
  [['settings', 'get', 'theme'], { kind: 'get-settings', name: 'theme' }],
  [['settings', 'set', 'theme', 'dark'], { kind: 'set-setting', name: 'theme', value: 'dark' }],
  [['settings', 'set', 'serviceToken'], { kind: 'set-setting', name: 'serviceToken', value: '' }],
  [['completion', 'zsh'], { kind: 'completion', shell: 'zsh' }],
  [['quit'], { kind: 'quit' }],
  [['share', '--help'], { kind: 'help', command: 'share' }],
  [['--no-sandbox', '--user-data-dir', '/list', 'list'], { kind: 'list' }],
  [['--share', 'list'], files('/home/ada/list')],
])('%j means %j', (args, expected) => {
  expect(action(...args)).toEqual(expected);
});

test.each([
  [['share'], '--clipboard'],
  [['share', '-', 'a'], 'together'],
  [['share', '--clipboard', 'a'], 'together'],
  [['share', '-', '-'], 'once'],
  [['share', '-x'], '-x'],
  [['share', '--no-sandbox', 'a'], '--no-sandbox'],
  [['share', '--share', 'a'], '--share'],
  [['share', '--expires', '31d', 'a'], '30 days'],
  [['share', '--expires', '0s', 'a'], '30 days'],
  [['share', '--expires', '1.5h', 'a'], '30 days'],
  [['share', '--password=secret', 'a'], '--password-file'],
  [['share', '--password', '--password-file', 'f', 'a'], 'together'],
  [['share', '--name', ' ', 'a'], '--name'],
  [['list', '--once'], 'share'],
  [['lst'], 'lst'],
  [['revok', '1'], 'revoke'],
  [['list', 'x'], 'x'],
  [['revoke'], 'LINK'],
  [['settings', 'st'], 'settings set'],
  [['settings', 'set', 'theme'], 'value'],
  [['settings', 'set', 'serviceToken', 'abc'], 'Other users'],
  [['completion', 'csh'], 'fish'],
])('%j is refused, and the sentence names %s', (args, named) => {
  expect(parse(...args)).toEqual({ ok: false, sentence: expect.stringContaining(named) });
});

test('a password is never in a command line: a rejected one is not repeated', () => {
  expect(JSON.stringify(parse('share', '--password=hunter2', 'a'))).not.toContain('hunter2');
  expect(parse('share', '-p', 'a')).toMatchObject({ options: { password: 'terminal' } });
  expect(parse('share', '--password-file', 'f', 'a')).toMatchObject({
    options: { password: { file: '/home/ada/f' } },
  });
});

test('a file that is named like an option does not act as one', () => {
  const isFile = (name: string) => ['--once', '-', '--name=x', 'b.txt'].includes(name);
  const inFolder = (...args: string[]) =>
    parseCommandLine({ argv: ['linkify', ...args], cwd: '/w', packaged: true, isFile });
  for (const name of ['--once', '-', '--name=x']) {
    expect(inFolder('share', name, 'b.txt')).toMatchObject({ ok: false });
    expect(inFolder('--share', name, 'b.txt')).toMatchObject({ ok: false });
    expect(inFolder('share', 'b.txt', '--', name)).toMatchObject({
      options: { action: { paths: ['/w/b.txt', `/w/${name}`] } },
    });
  }
  expect(inFolder('share', '--json', 'b.txt')).toMatchObject({ ok: true });
});

test('linkify takes no switches of Chromium, and without a command shows its help', () => {
  const linkify = (...args: string[]) =>
    parseCommandLine({ argv: ['linkify', ...args], packaged: true, program: 'linkify' });
  expect(linkify('--no-sandbox', 'list')).toMatchObject({ ok: false });
  expect(linkify()).toMatchObject({ ok: true, options: { action: { kind: 'help' } } });
  expect(linkify('--list')).toMatchObject({ ok: true, options: { action: { kind: 'list' } } });
});

test('a service and its token are read beside an action', () => {
  expect(parse('--service-url', 'http://127.0.0.1:4100', '--service-token=abc', '--list')).toEqual({
    ok: true,
    options: {
      action: { kind: 'list' },
      serviceUrl: 'http://127.0.0.1:4100',
      serviceToken: 'abc',
      switches: [],
    },
  });
});

test('a token comes from the environment, too, where no process list shows it', () => {
  const input = { argv: ['x', '--service-url=https://example.com'], cwd: '/', packaged: true };
  expect(parseCommandLine(input, 'from-env')).toMatchObject({
    ok: true,
    options: { serviceToken: 'from-env' },
  });
  const both = { ...input, argv: [...input.argv, '--service-token=given'] };
  expect(parseCommandLine(both, 'from-env')).toMatchObject({ options: { serviceToken: 'given' } });
  expect(parseCommandLine(input, '')).not.toMatchObject({
    options: { serviceToken: expect.anything() },
  });
  expect(parseCommandLine(input, 'two words')).toMatchObject({ ok: false });
});

test('a token never shows in a sentence', () => {
  const parsed = parse('--service-token', 'sec\tret', '--list', '--list');
  expect(JSON.stringify(parsed)).not.toContain('ret');
});

test('switches of Chromium, Electron and the system are passed on', () => {
  const switches = [
    '--no-sandbox',
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
  expect(parse(...switches)).toEqual({
    ok: true,
    options: { action: { kind: 'start' }, switches },
  });
  for (const one of switches) {
    expect(action(one, '--share', 'a', 'b')).toEqual({
      kind: 'share-files',
      paths: ['/home/ada/a', '/home/ada/b'],
    });
  }
});

test('unpackaged, the app folder is no file to share, wherever the switches stand', () => {
  for (const argv of [
    ['electron', '/app', '--share', 'a'],
    ['electron', '--no-sandbox', '/app', '--share', 'a'],
    ['electron', '--inspect=0', '--no-sandbox', '.', '--lang=de', '--share', 'a'],
  ]) {
    const parsed = parseCommandLine({ argv, cwd: '/w', packaged: false });
    expect(parsed).toMatchObject({
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
  ])('%s is fine', (address) => expect(serviceUrlProblem(address)).toBeUndefined());
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
    'http:127.0.0.1:39390',
    'https:evil.example',
    'https:/evil.example',
    'https://exa\nmple.com',
    ' https://example.com',
  ])('%j is refused with a sentence', (address) => {
    expect(serviceUrlProblem(address)).toMatch(/\.$/);
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
      ...commandEntries.map(([name]) => name),
      ...Object.keys(OPTIONS).map((name) => `--${name}`),
      'get',
      'set',
      '1h',
      '/b',
    ),
  );
  fc.assert(
    fc.property(fc.array(argument, { maxLength: 8 }), fc.boolean(), (args, packaged) => {
      const parsed = parseCommandLine({ argv: ['x', ...args], cwd: '/home/ada', packaged });
      if (!parsed.ok) {
        expect(parsed.sentence).toMatch(/[.?]$/);
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

test('--max-opens takes what the share option takes', () => {
  for (const maxOpens of [0, 1, 9, 10, 99, 100, 999, 1_000, 1_001, 10_000]) {
    const parsed = parse('--share-clipboard', `--max-opens=${maxOpens}`);
    expect(parsed.ok).toBe(v.is(shareOptionsSchema, { maxOpens }));
  }
});
