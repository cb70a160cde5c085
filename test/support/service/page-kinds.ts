import { MEDIA_SAMPLES } from './media.ts';
import { type Api, fileSeed, get, keyIn, sendForm, textSeed } from './run.ts';
import { mp4, pdf, png, wav } from './samples.ts';

const CODE = `/** Adds up what a cart holds. Prices in cents. */
export function total(items: readonly Item[], { taxRate = 0.19 }: Options = {}): number {
  const net = items.reduce((sum, { price, count }) => sum + price * count, 0);
  if (net < 0) throw new RangeError(\`a cart of \${net} cents\`);
  // Rounded once, at the end, so that cents do not get lost.
  return Math.round(net * (1 + taxRate));
}

export interface Item {
  readonly name: string;
  readonly price: number;
  readonly count: number;
}

const cart: Item[] = [
  { name: 'Kaffee', price: 350, count: 2 },
  { name: 'Franzbrötchen', price: 220, count: 3 },
];
console.log(\`Total: \${(total(cart) / 100).toFixed(2)} € — thanks for a rather long line that is here to be wrapped or scrolled\`);
`;

const NOTES = `---
title: Release notes
version: 2.4
---
# Release notes

Version **2.4** brings *faster* search and fixes a few bugs.

## New

- Search as you type, also in [archived notes](https://example.com/notes)
- A dark mode that follows the system
- \`Ctrl+K\` opens everything

> Thanks to everyone who wrote to us.

| Platform | Size | Works |
| --- | ---: | --- |
| Linux | 84 MB | yes |
| Windows | 91 MB | yes |

\`\`\`sh
npm install --global notes
\`\`\`

> [!WARNING]
> Make a copy of your notes first, see [below](#new).

- [x] Linux
- [ ] macOS, by [Ada](https://example.com/ada)[^1]

![The harbour](Sunset%20over%20the%20harbour.png)

[^1]: In December.
`;

const TERMINAL = `\x1b]0;build\x07\x1b[1m> notes@2.4.0 test\x1b[0m

 \x1b[32m✓\x1b[0m search \x1b[2m(14 tests)\x1b[0m \x1b[33m312 ms\x1b[0m
 \x1b[31m✗ dark mode\x1b[0m \x1b[41;97m FAIL \x1b[0m \x1b[4mexpected\x1b[0m \x1b[7m#101415\x1b[0m
 \x1b[38;5;208m14 warnings\x1b[0m \x1b[38;2;120;200;255mtook 4 s\x1b[0m \x1b[34mblue\x1b[0m \x1b[97mwhite\x1b[0m \x1b[30mblack\x1b[0m
`;

const ARABIC =
  'مرحبا بالعالم\nThe meeting moves to Thursday.\nتم تأجيل الاجتماع إلى يوم الخميس، 10:30.\n';

const LETTER =
  'Dear all,\n\nthe meeting moves to Thursday, 10:30, in the room by the stairs. Please bring the printed plans, and tell me if you cannot come so that we can send you the notes afterwards. The way there: https://example.com/way?from=(station).\n\nAda\n';

const file = (name: string, content: string | Uint8Array) =>
  fileSeed(typeof content === 'string' ? Buffer.from(content) : content, name);

const SEEDS = {
  code: file('cart.ts', CODE),
  markdown: file('Release notes.md', NOTES),
  text: textSeed(LETTER, 'Notes.txt', 'txt'),
  terminal: file('build.log', TERMINAL),
  rtl: textSeed(ARABIC, 'رسالة.txt', 'txt'),
  legacy: file(
    'Brief.txt',
    Buffer.from('Grüße aus München, schöne Tage\nund viele Umlaute: äöü\n', 'latin1'),
  ),
  movie: file('Harbour.mov', MEDIA_SAMPLES[0]?.bytes ?? ''),
  image: file('Sunset over the harbour.png', png(1_600, 1_000)),
  audio: file('Voice memo.wav', wav()),
  video: file('Harbour.mp4', mp4()),
  pdf: file('Invoice 2026-11.pdf', pdf()),
  file: file('quarterly-report-2026-final-version.zip', 'PK\u0003\u0004……'),
  empty: textSeed('', 'Nothing.txt'),
  // Few lines, for axe looks at each.
  long: textSeed(
    `${'Words of a log that nobody reads to its end. '.repeat(60)}
`.repeat(300),
    'server.log',
  ),
} as const;

export type PageKinds = Readonly<
  Record<
    | keyof typeof SEEDS
    | 'code-lines'
    | 'markdown-source'
    | 'collection'
    | 'collection-item'
    | 'collection-list'
    | 'once'
    | 'once-password'
    | 'password'
    | 'soon'
    | 'revoked'
    | 'expired'
    | 'used-up'
    | 'max-opens'
    | 'unknown',
    string
  >
>;

/** Shares one of everything: the address of each kind of page. */
export async function sharePageKinds(api: Api): Promise<PageKinds> {
  const linkOf = async (seed: unknown, shareOptions?: object): Promise<string> =>
    (await api.share(seed, shareOptions)).link;
  const links: Record<string, string> = {};
  for (const [kind, seed] of Object.entries(SEEDS)) {
    links[kind] = await linkOf(seed, kind === 'terminal' ? {} : { sharedBy: 'Ada Lovelace' });
  }
  const assets: string[] = [];
  for (const kind of ['code', 'markdown', 'image', 'file', 'pdf', 'audio'] as const) {
    assets.push(await api.create(SEEDS[kind]));
  }
  const collect = async (name: string, ids: readonly string[]): Promise<string> => {
    const body = { access: 'PUBLIC', assets: ids, name };
    return (await api.call('POST', '/linkify/multiple', body)).json.iterable[0].link;
  };
  const collection = await collect('Release 2.4', assets);
  const more: string[] = [];
  for (const kind of ['video', 'text', 'terminal', 'legacy', 'movie', 'empty'] as const) {
    more.push(await api.create(SEEDS[kind]));
  }
  const gone = await api.share(textSeed('gone'));
  await api.revoke(gone.id);
  const soonOver = await linkOf(textSeed('over'), { expiresInSeconds: 1 });
  const usedUp = await linkOf(textSeed('once'), { once: true });
  await sendForm(usedUp, { key: keyIn((await get(usedUp)).text) });
  const maxOpens = await linkOf(textSeed('twice'), { maxOpens: 1 });
  await get(maxOpens, { 'user-agent': 'another client' });
  while ((await get(soonOver)).status === 200) await new Promise((done) => setTimeout(done, 100));
  return {
    ...(links as Record<keyof typeof SEEDS, string>),
    'code-lines': `${links.code}#L3-L6`,
    'markdown-source': `${links.markdown}?source`,
    collection,
    'collection-item': `${collection}/2`,
    'collection-list': await collect('Everything of November', [...assets, ...more]),
    once: await linkOf(SEEDS.file, { once: true }),
    'once-password': await linkOf(SEEDS.text, { once: true, password: 'secret' }),
    password: await linkOf(SEEDS.text, { password: 'secret', sharedBy: 'Ada Lovelace' }),
    soon: await linkOf(SEEDS.text, { graceSeconds: 60 }),
    revoked: gone.link,
    expired: soonOver,
    'used-up': usedUp,
    'max-opens': maxOpens,
    unknown: `${new URL(gone.link).origin}/s/unknown`,
  };
}
