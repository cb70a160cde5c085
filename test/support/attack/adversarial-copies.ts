import { ADVERSARIAL_SEEDS, adversarialText } from '../adversarial.ts';
import { launchApp } from '../app.ts';
import { waitFor } from '../desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../desktop.ts';

export const name = 'copied texts that are made to let the app stand still';

/**
 * Longest time that the tray may take to answer, in ms. A text that gets through costs seconds to
 * minutes. One slow answer may be the machine's: a text is copied twice before it counts.
 */
const ANSWERS_WITHIN_MS = 2_000;

interface Copy {
  readonly what: string;
  readonly parts: Readonly<Record<string, string>>;
}

const text = (what: string, content: string): Copy => ({ what, parts: { UTF8_STRING: content } });
const html = (what: string, content: string): Copy => ({ what, parts: { 'text/html': content } });

/**
 * Texts that once took seconds, and some seeds as text and as HTML without text; all of less than the
 * 256 KiB that one request to the X server carries.
 */
const COPIES: readonly Copy[] = [
  text('style sheet', '\n'.repeat(1_365) + 'a'.repeat(2_731)),
  text('templates', `template<${'\n'.repeat(4_000)}`),
  text('private keys', '-----BEGIN PRIVATE KEY-----\n'.repeat(8_900)),
  text('web tokens', 'eyJ-'.repeat(62_000)),
  text('brackets', '['.repeat(64 * 1024 - 1)),
  text('blanks', ` ${' \n'.repeat(120_000)}a`),
  html('open tags', '<'.repeat(250_000)),
  html('comments', '<!--'.repeat(62_000)),
  html('entities', '&#32;'.repeat(50_000)),
  html('scripts', '<script>'.repeat(31_000)),
  {
    what: 'a list of files',
    parts: { 'text/uri-list': 'file:///%41\r\n'.repeat(20_000) },
  },
  ...ADVERSARIAL_SEEDS.filter((_, index) => index % 12 === 0).flatMap((seed) => [
    text(JSON.stringify(seed), adversarialText('a', seed, '\n', 60_000)),
    html(JSON.stringify(seed), adversarialText('<', seed, '}', 60_000)),
  ]),
];

/**
 * Copies one text after the other while the app watches, and asks the tray for its menu all the time.
 * @returns for which of them the tray took longer than 2 s, twice; `undefined` for none
 */
export async function run(): Promise<string | undefined> {
  const desktop = await startDesktop();
  try {
    const app = await launchApp({ desktop });
    try {
      await copied(desktop, text('a first copy', 'hello'));
      let slowestMs = 0;
      for (const copy of COPIES) {
        const ms = await copied(desktop, copy);
        const fastestMs = ms < ANSWERS_WITHIN_MS ? ms : Math.min(ms, await copied(desktop, copy));
        slowestMs = Math.max(slowestMs, fastestMs);
        if (fastestMs >= ANSWERS_WITHIN_MS) {
          return `the tray took ${Math.round(fastestMs)} ms after ${copy.what}`;
        }
      }
      console.log(
        `${COPIES.length} copies, slowest answer of the tray ${Math.round(slowestMs)} ms`,
      );
      return undefined;
    } finally {
      await app.close();
    }
  } finally {
    await desktop.close();
  }
}

/**
 * Puts one copy and then a plain text on the clipboard. Once the tray shows the plain text, the app
 * is done with the copy before it.
 * @returns the slowest answer of the tray meanwhile, in ms
 */
async function copied(desktop: Desktop, { what, parts }: Copy): Promise<number> {
  let slowestMs = 0;
  const labels = async (): Promise<readonly string[]> => {
    const startMs = performance.now();
    const items = await desktop.tray.layout();
    slowestMs = Math.max(slowestMs, performance.now() - startMs);
    return items.map(({ label }) => label);
  };
  const before = (await labels()).join();
  await desktop.clipboard.writeParts(parts);
  await waitFor(`the tray to show ${what}`, async () => (await labels()).join() !== before, 30_000);
  count += 1;
  const plain = 'x'.repeat(count);
  await desktop.clipboard.writeParts({ UTF8_STRING: plain });
  await waitFor(
    'the tray to show the text after it',
    async () => (await labels()).some((label) => new RegExp(`\\b${count} char`).test(label)),
    30_000,
  );
  return slowestMs;
}

/** How many characters the last plain text has: each time another number. */
let count = 10;
