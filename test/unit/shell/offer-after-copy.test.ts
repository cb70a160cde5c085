import { expect, test } from 'vitest';
import type { Clip, Content } from '../../../main/clipboard/content.ts';
import type { CopyKinds } from '../../../main/clipboard/copy-modes.ts';
import type { Notice } from '../../../main/shell/notices.ts';
import { createCopyModes } from '../../../main/shell/offer-after-copy.ts';
import { english } from '../../support/messages.ts';

const image: Content = { kind: 'image', mime: 'image/png', bytes: new Uint8Array(3) };
const clip = (content: Content, concealed = false): Clip => ({ content, concealed });
const text = (value: string): Clip => clip({ kind: 'text', text: value });
const OWN = 'http://192.168.1.20:39400/s/own';
const kept = { id: 7, content: image, seen: {} as never, copiedAtMs: 0 };

function setUp(mode: 'off' | 'offer' | 'automatic', kinds: CopyKinds = 'everything') {
  const notices: Notice[] = [];
  const shared: unknown[] = [];
  const scanned: string[] = [];
  let nowMs = 0;
  const copied = createCopyModes({
    settings: {
      values: () => ({
        offerToShare: mode === 'offer' ? kinds : 'off',
        shareAutomatically: mode === 'automatic' ? kinds : 'off',
      }),
    },
    async findSecrets(value) {
      scanned.push(value);
      const secrets = value.includes('TOKEN')
        ? [{ kind: 'made-up', label: 'made-up token', start: 0, end: 5 }]
        : [];
      return { ok: true, secrets };
    },
    findOwnLink: (content) =>
      content.kind === 'text' && content.text === OWN ? ({} as never) : undefined,
    messages: english,
    notify: (notice) => notices.push(notice),
    shareUnasked: async (source) => shared.push(source),
    now: () => nowMs,
  });
  return { copied, notices, shared, scanned, later: (ms: number) => (nowMs += ms) };
}

test('as long as nobody chose otherwise nothing happens, and nothing is looked into', async () => {
  const { copied, notices, shared, scanned } = setUp('off');
  await copied(text('hello'), undefined);
  expect([notices, shared, scanned]).toEqual([[], [], []]);
});

test('an offer is quiet, names the kind, and its click shares that very clip', async () => {
  const { copied, notices, shared } = setUp('offer', 'images');
  await copied(clip(image), kept);
  expect(notices).toMatchObject([
    { cause: 'offer', quiet: true, click: { kind: 'share-clip', id: '7' } },
  ]);
  expect(shared).toEqual([]);
});

test('what is not kept is offered as what is on the clipboard', async () => {
  const { copied, notices } = setUp('offer', 'images');
  await copied(clip(image), undefined);
  expect(notices).toMatchObject([{ click: { kind: 'share' } }]);
});

test('one of our own links is neither offered nor shared again', async () => {
  for (const mode of ['offer', 'automatic'] as const) {
    const { copied, notices, shared } = setUp(mode);
    await copied(text(OWN), undefined);
    expect([notices, shared]).toEqual([[], []]);
  }
});

test('offers come at most every 20 seconds', async () => {
  const { copied, notices, later } = setUp('offer');
  await copied(text('one'), undefined);
  later(19_000);
  await copied(text('two'), undefined);
  expect(notices).toHaveLength(1);
  later(2_000);
  await copied(text('three'), undefined);
  expect(notices).toHaveLength(2);
});

test('kinds that were not chosen are left alone', async () => {
  const { copied, notices } = setUp('offer', 'images');
  await copied(text('hello'), undefined);
  expect(notices).toEqual([]);
});

test('automatic shares the clip; what looks like a secret or is marked never', async () => {
  const { copied, notices, shared } = setUp('automatic');
  await copied(text('my TOKEN'), undefined);
  await copied(clip(image, true), undefined);
  expect([notices, shared]).toEqual([[], []]);
  await copied(clip(image), kept);
  expect(shared).toEqual([{ from: 'clips', contents: [image] }]);
});

test('a program that copies all the time is not followed: it becomes an offer', async () => {
  const { copied, notices, shared } = setUp('automatic', 'images');
  for (let copy = 0; copy < 12; copy++) await copied(clip(image), kept);
  expect(shared).toHaveLength(10);
  expect(notices).toHaveLength(1);
});
