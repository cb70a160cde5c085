import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { startService } from '../../main/service/start.ts';

// Pictures of every kind of share page, light and dark, on a desktop and on a phone, in
// test-results/share-pages: to be looked at.

const FOLDER = join(import.meta.dirname, '../../test-results/share-pages');

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

const NOTES = `# Release notes

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
`;

const service = await startService({
  dataDir: await mkdtemp(join(tmpdir(), 'linkify-pages-')),
  apiPort: 0,
  pagesPort: 0,
  reach: 'loopback',
});

async function call(path: string, body: BodyInit, type = 'application/json') {
  const response = await fetch(service.apiBaseUrl + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${service.token}`, 'content-type': type },
    body,
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as {
    id: string;
    iterable: readonly [{ id: string; link: string }];
  };
}

const upload = (name: string, bytes: Uint8Array<ArrayBuffer>) =>
  call(`/x-linkify/assets?name=${encodeURIComponent(name)}`, bytes, 'application/octet-stream');

const linkOf = async (assetId: string, terms = {}) =>
  (
    await call(
      '/linkify',
      JSON.stringify({ access: 'PUBLIC', asset: { id: assetId }, 'x-linkify': terms }),
    )
  ).iterable[0].link;

const text = (source: string) => new TextEncoder().encode(source);

/** A picture with a gradient, as a PNG without a library. */
function png(width: number, height: number): Uint8Array<ArrayBuffer> {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * (width * 3 + 1) + 1 + x * 3;
      rows[at] = 40 + Math.round((200 * x) / width);
      rows[at + 1] = 90 + Math.round((100 * y) / height);
      rows[at + 2] = 200 - Math.round((120 * x) / width);
    }
  }
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(body.length + 8);
    frame.writeUInt32BE(data.length, 0);
    body.copy(frame, 4);
    frame.writeUInt32BE(crc32(body), body.length + 4);
    return frame;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return new Uint8Array(
    Buffer.concat([
      Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
      chunk('IHDR', head),
      chunk('IDAT', deflateSync(rows)),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

const code = await upload('cart.ts', text(CODE));
const notes = await upload('Release notes.md', text(NOTES));
const picture = await upload('Sunset over the harbour.png', png(1280, 800));
const archive = await upload('quarterly-report-2026-final-version.zip', text('PK\u0003\u0004……'));
const document = await upload('Invoice 2026-11.pdf', text('%PDF-1.4\n'));
const sound = await upload('Voice memo.wav', text('RIFF\u0024\0\0\0WAVEfmt '));
const plain = await upload(
  'Notes.txt',
  text(
    'Dear all,\n\nthe meeting moves to Thursday, 10:30, in the room by the stairs. Please bring the printed plans, and tell me if you cannot come so that we can send you the notes afterwards.\n\nAda\n',
  ),
);
const collection = await call(
  '/linkify/multiple',
  JSON.stringify({
    access: 'PUBLIC',
    assets: [code, notes, picture, archive, document].map(({ id }) => id),
    name: 'Release 2.4',
  }),
);
const revoked = await call(
  '/linkify',
  JSON.stringify({ access: 'PUBLIC', asset: { id: plain.id } }),
);
await fetch(`${service.apiBaseUrl}/linkify/${revoked.iterable[0].id}/revoke`, {
  method: 'POST',
  headers: { authorization: `Bearer ${service.token}` },
});
const plainAgain = await upload(
  'Notes.txt',
  text(
    'Dear all,\n\nthe meeting moves to Thursday, 10:30, in the room by the stairs. Please bring the printed plans, and tell me if you cannot come so that we can send you the notes afterwards.\n\nAda\n',
  ),
);

const pages: Readonly<Record<string, string>> = {
  code: await linkOf(code.id),
  'code-lines': `${await linkOf(code.id)}#L3-L6`,
  markdown: await linkOf(notes.id),
  text: await linkOf(plainAgain.id),
  image: await linkOf(picture.id),
  file: await linkOf(archive.id),
  pdf: await linkOf(document.id),
  audio: await linkOf(sound.id),
  collection: collection.iterable[0].link,
  'collection-item': `${collection.iterable[0].link}/1`,
  once: await linkOf(plainAgain.id, { once: true, password: 'secret' }),
  password: await linkOf(plainAgain.id, { password: 'secret' }),
  soon: await linkOf(plainAgain.id, { graceSeconds: 60 }),
  gone: revoked.iterable[0].link,
  unknown: `${new URL(revoked.iterable[0].link).origin}/s/unknown`,
};

await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER, { recursive: true });
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [device, viewport] of [
      ['desktop', { width: 1100, height: 720 }],
      ['phone', { width: 360, height: 740 }],
    ] as const) {
      const context = await browser.newContext({ viewport, colorScheme });
      const tab = await context.newPage();
      for (const [name, url] of Object.entries(pages)) {
        await tab.goto('about:blank');
        await tab.goto(url);
        const wide = await tab.evaluate('document.documentElement.scrollWidth > innerWidth');
        if (wide) console.log(`${name} is wider than the window on ${device}`);
        await tab.screenshot({ path: join(FOLDER, `${name}-${device}-${colorScheme}.png`) });
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
  await service.close();
}
console.log(FOLDER);
