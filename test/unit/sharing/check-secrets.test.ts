import { expect, test } from 'vitest';
import { type Prepared, prepareText, prepareTexts } from '../../../main/items/prepare-items.ts';
import type { ShareItem } from '../../../main/linkify/model.ts';
import { createSecretFinder } from '../../../main/secrets/scanner.ts';
import { createCheckSecrets } from '../../../main/sharing/check-secrets.ts';
import { english } from '../../support/messages.ts';
import { seededBytes } from '../../support/random.ts';

const TOKEN = `ghp_${'aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0zAbCdE'}`;
const find = createSecretFinder({
  workerUrl: new URL('../../../main/secrets/scan-worker.ts', import.meta.url),
  // A busy machine is no reason to give up.
  limitMs: 120_000,
});
const check = createCheckSecrets({ find, allowedKinds: () => [] });
/** For megabytes of text, where it matters what is read and not how it is scanned. */
const checkByWord = createCheckSecrets({
  find: async (value) => ({
    ok: true,
    secrets: value.includes(TOKEN)
      ? [{ kind: 'github-token', label: 'GitHub token', start: 0, end: 1 }]
      : [],
  }),
  allowedKinds: () => [],
});

const text = (value: string): ShareItem => ({ kind: 'text', name: 'a text', text: value });
const file = (name: string, bytes: Uint8Array): ShareItem => ({
  kind: 'file',
  name,
  sizeBytes: bytes.byteLength,
  open: async function* () {
    for (let at = 0; at < bytes.byteLength; at += 10) yield bytes.subarray(at, at + 10);
  },
});
const share = (first: ShareItem, ...rest: ShareItem[]): Prepared => ({
  kind: 'collection',
  title: 't',
  sizeBytes: 1,
  description: 'd',
  items: [first, ...rest],
});
async function contents(prepared: Prepared | undefined): Promise<readonly string[]> {
  const items = prepared?.items ?? [];
  return Promise.all(
    items.map(async (item) => {
      if (item.kind === 'text') return item.text;
      const parts: Uint8Array[] = [];
      for await (const part of item.open()) parts.push(part);
      return Buffer.concat(parts).toString('latin1');
    }),
  );
}

test('a share without credentials goes on', async () => {
  const { decision } = await check(share(text('hello'), file('a.md', Buffer.from('# hi'))));
  expect(decision).toEqual({ kind: 'share' });
});

test('a credential in a file is found, and can be hidden in that file alone', async () => {
  const picture = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 1, 2);
  const prepared = share(
    text('hello'),
    file('.env', Buffer.from(`PORT=1\nTOKEN=${TOKEN}\n`)),
    file('a.png', picture),
  );
  const { decision, masked } = await check(prepared);
  expect(decision).toMatchObject({ kind: 'ask', labels: ['GitHub token'] });
  const hidden = await masked();
  expect(await contents(hidden)).toEqual([
    'hello',
    'PORT=1\nTOKEN=[GitHub token hidden]\n',
    Buffer.from(picture).toString('latin1'),
  ]);
  expect(hidden?.items[1]).toMatchObject({ sizeBytes: 35, name: '.env' });
  expect(hidden?.items[0]).toBe(prepared.items[0]);
});

test('a credential in a text is hidden in the text', async () => {
  const { masked } = await check(share(text(`mine is ${TOKEN}`)));
  expect(await contents(await masked())).toEqual(['mine is [GitHub token hidden]']);
});

test('a credential among the first words of a text is not in the title, nor in a name', async () => {
  const secret = `export TOKEN=${TOKEN} # of the build`;
  const alone = prepareText(secret, english);
  expect(alone.title).toContain('ghp_');
  const collection = prepareTexts([{ text: secret }, { text: 'hello' }], undefined, english);
  if (!collection.ok) throw new Error('not prepared');
  for (const prepared of [alone, collection.prepared]) {
    const hidden = await (await check(prepared)).masked();
    expect(hidden?.title).toContain('[GitHub token hidden]');
    expect(hidden?.items[0].name).toBe('export TOKEN=[GitHub token hidden] # of the build');
  }
});

test('a text keeps the name that it was given when a credential in it is hidden', async () => {
  const { masked } = await check(prepareText(`mine is ${TOKEN}`, english, 'deploy.sh'));
  expect(await masked()).toMatchObject({ title: 'deploy.sh', items: [{ name: 'deploy.sh' }] });
});

test('a file that cannot be read ends the share before anything of it is sent', async () => {
  const broken: ShareItem = {
    kind: 'file',
    name: 'gone.txt',
    sizeBytes: 5,
    // biome-ignore lint/correctness/useYield: it fails before its first part
    open: async function* () {
      throw new Error('ENOENT');
    },
  };
  await expect(check(share(broken))).rejects.toMatchObject({
    fault: { kind: 'unreadable-content', name: 'gone.txt' },
  });
});

const SECRET = `PORT=1\nTOKEN=${TOKEN}\n`;

test.each([
  ['in UTF-16, as PowerShell writes it', Buffer.from(`\ufeff${SECRET}`, 'utf16le')],
  ['in UTF-16 without a mark', Buffer.from(SECRET, 'utf16le')],
  ['beside one letter in Latin-1', Buffer.from(`# Schlüssel\n${SECRET}`, 'latin1')],
  ['before one NUL', Buffer.from(`${SECRET}\0`)],
  ['in a small binary file', Buffer.concat([Buffer.from([1, 2, 3, 4, 5, 6]), Buffer.from(SECRET)])],
  ['behind 8 MiB of text', Buffer.from(`${'lorem ipsum\n'.repeat(750_000)}${SECRET}`)],
  ['at the end of 20 MiB of text', Buffer.from(`${'lorem ipsum\n'.repeat(1_750_000)}${SECRET}`)],
  ['at the start of 20 MiB of text', Buffer.from(`${SECRET}${'lorem ipsum\n'.repeat(1_750_000)}`)],
])('a credential %s is asked about', async (_where, bytes) => {
  const item = { ...file('app.conf', bytes), open: whole(bytes) };
  const { decision } = await (bytes.byteLength > 1_000_000 ? checkByWord : check)(share(item));
  expect(decision).toMatchObject({ kind: 'ask', kinds: ['github-token'] });
});

const whole = (bytes: Uint8Array) =>
  async function* () {
    yield bytes;
  };

test('only the end of a long file is read for its end, where that is possible', async () => {
  const bytes = Buffer.from(`${'lorem ipsum\n'.repeat(1_750_000)}${SECRET}`);
  const offsets: number[] = [];
  const item = {
    ...file('app.log', bytes),
    async *open() {
      for (let at = 0; at < 9 * 1024 * 1024; at += 65_536) yield bytes.subarray(at, at + 65_536);
      throw new Error('read too far');
    },
    async *openFrom(offset: number) {
      offsets.push(offset);
      yield bytes.subarray(offset);
    },
  };
  expect((await checkByWord(share(item))).decision).toMatchObject({ kinds: ['github-token'] });
  expect(offsets).toEqual([bytes.byteLength - 8 * 1024 * 1024]);
});

test('what is found in another encoding cannot be hidden; UTF-8 beside it can be', async () => {
  const utf16 = file('.env', Buffer.from(`\ufeff${SECRET}`, 'utf16le'));
  const one = await check(share(utf16));
  expect(one.decision).toMatchObject({ kind: 'ask', canMask: false });
  expect(await one.masked()).toBeUndefined();
  const harmless = file('notes.txt', Buffer.from('Grüße', 'latin1'));
  const both = await check(share(file('.env', Buffer.from(SECRET)), harmless));
  expect(both.decision).toMatchObject({ kind: 'ask', canMask: true });
  expect((await contents(await both.masked()))[1]).toBe('Gr\xfc\xdfe');
});

test('a binary file is asked about by its name, and remembered as such', async () => {
  const binary = seededBytes('a binary file', 20_000);
  for (const name of ['cert.p12', 'id_rsa', 'vault.kdbx', '.env']) {
    const { decision } = await check(share(file(name, binary), text('hello')));
    expect(decision, name).toMatchObject({
      kind: 'ask',
      kinds: ['credentials-file'],
      canMask: false,
    });
  }
  const keynote = Buffer.concat([Buffer.from('PK\x03\x04'), binary]);
  for (const item of [file('photo.jpg', binary), file('talk.key', keynote)]) {
    expect((await check(share(item))).decision, item.name).toEqual({ kind: 'share' });
  }
  const allowed = createCheckSecrets({ find, allowedKinds: () => ['credentials-file'] });
  expect((await allowed(share(file('cert.p12', binary)))).decision).toEqual({ kind: 'share' });
});

test('too much text to scan is asked about, also in many files', async () => {
  const much = Buffer.from('lorem ipsum\n'.repeat(1_200_000));
  const items = [1, 2, 3].map((n) => ({ ...file(`${n}.log`, much), open: whole(much) }));
  const { decision } = await checkByWord(share(text('hello'), ...items));
  expect(decision).toMatchObject({ kind: 'ask', canMask: false });
});

test('a scan that fails asks instead of sending', async () => {
  const blind = createCheckSecrets({ find: async () => ({ ok: false }), allowedKinds: () => [] });
  const { decision, masked } = await blind(share(text('hello')));
  expect(decision).toMatchObject({ kind: 'ask', canMask: false });
  expect(await masked()).toBeUndefined();
});
