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

/** The part of a limit at which an input is tried first: what is slow there is not tried longer. */
const STEPS = [1 / 64, 1 / 8, 1];

/** Runs of which the fastest counts: others only say how busy the machine is. */
const RUNS = 5;

export interface SlowInput {
  readonly head: string;
  readonly seed: string;
  readonly tail: string;
  /** In UTF-16 code units. */
  readonly length: number;
  /** CPU time of the fastest of several runs. */
  readonly ms: number;
}

export interface AdversarialOptions {
  /** The longest input that the function is ever given, in UTF-16 code units. */
  readonly limit: number;
  /** CPU time that no input of this length may take, in ms. */
  readonly maxMs?: number;
  readonly seeds?: readonly string[];
  /** In place of the table, for functions that differ in little. */
  readonly only?: readonly string[];
}

/**
 * The inputs on which a function takes longer than allowed: none, where it is linear in practice.
 * Measures CPU time of this thread, so that other processes do not count, and takes the fastest of several runs.
 * @param run may return a promise; work that it gives to another thread is not measured
 */
export async function slowInputs(
  run: (text: string) => unknown,
  { limit, maxMs = 50, seeds = [], only }: AdversarialOptions,
): Promise<readonly SlowInput[]> {
  // Loads what is loaded at the first call, and lets it be compiled.
  for (let call = 0; call < 3; call++) await run('warm-up');
  const slow: SlowInput[] = [];
  for (const seed of new Set(only ?? [...ADVERSARIAL_SEEDS, ...seeds])) {
    for (const [head, tail] of AROUND) {
      for (const step of STEPS) {
        const length = Math.max(head.length + seed.length + tail.length, Math.floor(limit * step));
        const text = adversarialText(head, seed, tail, length);
        const ms = await fastest(() => run(text), maxMs);
        if (ms > maxMs) {
          slow.push({ head, seed, tail, length, ms });
          break;
        }
      }
    }
  }
  return slow;
}

/**
 * The inputs on which a function takes more than linear time, for functions that may take long: for
 * four times the length it needs more than eight times as long.
 * @param options `limit`: the longer of the two lengths
 */
export async function growingInputs(
  run: (text: string) => unknown,
  { limit, seeds = [], only }: Omit<AdversarialOptions, 'maxMs'>,
): Promise<readonly SlowInput[]> {
  for (let call = 0; call < 3; call++) await run('warm-up');
  const growing: SlowInput[] = [];
  for (const seed of new Set(only ?? [...ADVERSARIAL_SEEDS, ...seeds])) {
    for (const [head, tail] of AROUND.slice(0, 2)) {
      const whole = adversarialText(head, seed, tail, limit);
      // Too short a time to tell: it could not become long.
      const enough = 20;
      let ms = await fastest(() => run(whole), enough);
      if (ms <= enough) continue;
      const quarter = adversarialText(head, seed, tail, Math.floor(limit / 4));
      const before = await fastest(() => run(quarter), 0);
      if (ms > before * 8) ms = Math.min(ms, await fastest(() => run(whole), before * 8));
      if (ms > before * 8) growing.push({ head, seed, tail, length: limit, ms });
    }
  }
  return growing;
}

/** `seed` again and again between `head` and `tail`, of exactly `length` UTF-16 code units. */
export function adversarialText(head: string, seed: string, tail: string, length: number): string {
  const room = Math.max(0, length - head.length - tail.length);
  return head + seed.repeat(Math.ceil(room / seed.length)).slice(0, room) + tail;
}

async function fastest(run: () => unknown, enoughMs: number): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let count = 0; count < RUNS && best > enoughMs; count++) {
    const before = process.threadCpuUsage();
    await run();
    const { user, system } = process.threadCpuUsage(before);
    best = Math.min(best, (user + system) / 1_000);
    // No machine is that busy.
    if (best > 10 * enoughMs) break;
  }
  return best;
}
