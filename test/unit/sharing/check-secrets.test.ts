import { expect, test } from 'vitest';
import { createSecretFinder } from '../../../main/clipboard/secret-finder.ts';
import type { ShareItem } from '../../../main/linkify/model.ts';
import { createCheckSecrets } from '../../../main/sharing/check-secrets.ts';
import type { Prepared } from '../../../main/sharing/prepare.ts';

const TOKEN = `ghp_${'aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0zAbCdE'}`;
const find = createSecretFinder({
  workerUrl: new URL('../../../main/clipboard/scan-secrets-worker.ts', import.meta.url),
});
const check = createCheckSecrets({ find, allowedKinds: () => [] });

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

test('a file that cannot be read is left to the sending', async () => {
  const broken: ShareItem = {
    kind: 'file',
    name: 'gone.txt',
    sizeBytes: 5,
    // biome-ignore lint/correctness/useYield: it fails before its first part
    open: async function* () {
      throw new Error('ENOENT');
    },
  };
  expect((await check(share(broken))).decision).toEqual({ kind: 'share' });
});

test('a scan that fails asks instead of sending', async () => {
  const blind = createCheckSecrets({ find: async () => ({ ok: false }), allowedKinds: () => [] });
  const { decision, masked } = await blind(share(text('hello')));
  expect(decision).toMatchObject({ kind: 'ask', canMask: false });
  expect(await masked()).toBeUndefined();
});
