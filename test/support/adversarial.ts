/**
 * Inputs on which a regular expression or a parser that backtracks takes quadratic time or worse:
 * each seed is repeated up to the length limit of the function, between several heads and tails.
 */

/** Repeated, each of these has made some parser slow; a function may add seeds of its own. */
export const ADVERSARIAL_SEEDS: readonly string[] = [
  ...['a', ' ', '\n', '\r', '\r\n', '\t', '\u00a0', '0', '1', '-', '_', '.', ',', ';', ':', '='],
  ...['#', '*', '~', '`', '|', '<', '>', '&', '/', '\\', '"', "'", '(', ')', '[', ']', '{', '}'],
  ...['!', '?', '@', '%', '^', '+', '$', '\0', '\x1b', '\x1b[', '\x1b]', '\u009b', 'é', '日', '😀'],
  ...[
    '\ud800',
    '\ufffd',
    '\u202e',
    'A',
    'aA',
    'a ',
    ' a',
    '\n ',
    ' \n',
    '\n\n ',
    '\na',
    'a\n',
    'a.',
  ],
  ...[
    'a-',
    'a,',
    'a=',
    'a;',
    'a:',
    'a"',
    "a'",
    'a@',
    '@a',
    'a/',
    './',
    '../',
    '//',
    '/*',
    '*/',
    '--',
  ],
  ...[
    '<!--',
    '-->',
    '<a',
    '<a ',
    '<a b="',
    '</',
    '<script',
    '<style>',
    '<title>',
    '<?',
    '<![CDATA[',
  ],
  ...[
    '&amp',
    '&#',
    '&#x',
    '&a;',
    '%2',
    '%20',
    '\\u',
    '\\"',
    '${',
    '{{',
    '{%',
    '=>',
    '::',
    '[]',
    '()',
  ],
  ...[
    '[[',
    '![',
    '[a](',
    '](',
    '[a]',
    '[^a]',
    '[^a]:',
    '[a]:',
    '**a',
    '*a_',
    '__a',
    '~~a',
    '``',
    '`a',
  ],
  ...[
    '> ',
    '- ',
    '* ',
    '1. ',
    '- [ ] ',
    '# ',
    '\n# ',
    '\n> ',
    '\n- ',
    '|a',
    '|-',
    '\n|',
    '|-|\n',
    '    a\n',
  ],
  ...[
    '```\n',
    '~~~\n',
    '---\n',
    '***\n',
    '===\n',
    'a\n=\n',
    '<<A\n',
    'template<',
    'function(',
    'class ',
  ],
  ...[
    'http://',
    'https://a.',
    'www.a',
    'a@a.',
    'mailto:',
    'a.b.c',
    '-----BEGIN ',
    'eyJ-',
    'key=',
    'x:y,',
  ],
  ...[
    'q=0.',
    'a;q=',
    'en-',
    'bytes=',
    '0-',
    '"a",',
    "filename*=UTF-8''",
    '\x1b[0;',
    '\x1b[38;5;',
    '\x1b[m',
  ],
];

/** What stands before and after the repeated seed. */
const AROUND: readonly (readonly [string, string])[] = [
  ['', ''],
  ['\n', '!'],
  ['a', '\n'],
  [' ', 'a'],
  ['"', '\0'],
  ['<', '}'],
];

/** `npm run test:linear` tries every head and tail; otherwise a seed is tried without them. */
const TRY_ALL = process.env.LINEAR_INPUTS === 'all';

/** The part of a limit at which an input is tried first: what is slow there is not tried longer. */
const STEPS = [1 / 64, 1 / 8, 1];

/** A busy machine makes one measurement too long: only what is slow in each of these counts. */
const ATTEMPTS = 8;

/**
 * Four times the length takes about 4 times as long in linear time; in quadratic time 16. Garbage
 * collections that only the longer one needs have made 8 of 4.
 */
const LINEAR_GROWTH = 5;
const MAX_GROWTH = 10;

export interface SlowInput {
  readonly head: string;
  readonly seed: string;
  readonly tail: string;
  /** In UTF-16 code units. */
  readonly length: number;
  /** CPU time in ms of the fastest of several runs. */
  readonly ms: number;
}

export interface AdversarialOptions {
  /** The longest input that the function is ever given, in UTF-16 code units. */
  readonly limit: number;
  /** CPU time in ms below which growth does not matter: it is measured no further. */
  readonly enoughMs?: number;
  readonly seeds?: readonly string[];
  /** In place of the table, for functions that differ in little. */
  readonly only?: readonly string[];
  /** How many heads and tails `npm run test:linear` tries around each seed: all unless told. */
  readonly around?: number;
}

/**
 * Returns the inputs on which a function takes more than linear time.
 * Compares CPU time of this thread for a length and a quarter of it, so that neither the speed of
 * the machine nor other processes count.
 * @param run may return a promise; work that it gives to another thread is not measured
 */
export async function slowInputs(
  run: (text: string) => unknown,
  { limit, enoughMs = 50, seeds = [], only, around = AROUND.length }: AdversarialOptions,
): Promise<readonly SlowInput[]> {
  // Loads what is loaded at the first call, and lets it be compiled.
  for (let call = 0; call < 3; call++) await run('warm-up');
  const slow: SlowInput[] = [];
  for (const seed of new Set(only ?? [...ADVERSARIAL_SEEDS, ...seeds])) {
    for (const [head, tail] of AROUND.slice(0, TRY_ALL ? around : 1)) {
      for (const step of STEPS) {
        const shortest = head.length + seed.length + tail.length;
        const length = Math.max(shortest, Math.floor(limit * step));
        const text = (parts: number): string => adversarialText(head, seed, tail, length / parts);
        const ms = await superlinearMs(run, text(1), text(4), enoughMs);
        if (ms !== undefined) {
          slow.push({ head, seed, tail, length, ms });
          break;
        }
      }
    }
  }
  return slow;
}

/** CPU time in ms for the whole, where it is more than linear growth from its quarter explains. */
async function superlinearMs(
  run: (text: string) => unknown,
  whole: string,
  quarter: string,
  enoughMs: number,
): Promise<number | undefined> {
  let ms = await cpuMs(() => run(whole));
  let quarterMs = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < ATTEMPTS && ms > enoughMs; attempt++) {
    quarterMs = Math.min(quarterMs, await cpuMs(() => run(quarter)));
    if (ms <= LINEAR_GROWTH * quarterMs) return undefined;
    ms = Math.min(ms, await cpuMs(() => run(whole)));
  }
  return ms > enoughMs && ms > MAX_GROWTH * quarterMs ? ms : undefined;
}

/** `seed` again and again between `head` and `tail`, of exactly `length` UTF-16 code units. */
export function adversarialText(head: string, seed: string, tail: string, length: number): string {
  const room = Math.max(0, Math.floor(length) - head.length - tail.length);
  return head + seed.repeat(Math.ceil(room / seed.length)).slice(0, room) + tail;
}

async function cpuMs(run: () => unknown): Promise<number> {
  const before = process.threadCpuUsage();
  await run();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}
