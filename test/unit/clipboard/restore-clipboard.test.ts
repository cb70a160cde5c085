import { beforeEach, expect, test } from 'vitest';
import type { Clip, Content, SystemClipboard } from '../../../main/clipboard/content.ts';
import { trackOwnWrites } from '../../../main/clipboard/own-writes.ts';
import { createRestoreClipboard } from '../../../main/clipboard/restore-clipboard.ts';

const original: Content = { kind: 'text', text: 'mine', html: '<b>mine</b>' };
const LINK = 'https://link.example';

let now: Clip;
const system: SystemClipboard = {
  read: async () => now,
  formats: async () => [],
  writeText: async (text) => {
    now = { content: { kind: 'text', text }, concealed: false };
  },
  write: async (content) => {
    now = { content, concealed: false };
  },
  onChange: () => () => {},
};

async function shared() {
  const clipboard = trackOwnWrites(system);
  const back = createRestoreClipboard(clipboard);
  await clipboard.writeText(LINK);
  back.record(original, 'one');
  return { back, clipboard };
}

beforeEach(() => {
  now = { content: original, concealed: false };
});

test('on a key the original comes back, with its formatting, once', async () => {
  const { back } = await shared();
  expect(await back.restore()).toEqual(original);
  expect(now.content).toEqual(original);
  expect(await back.restore()).toBeUndefined();
});

test('what was copied since is never overwritten', async () => {
  const { back } = await shared();
  now = { content: { kind: 'text', text: 'something new' }, concealed: false };
  expect(await back.restore()).toBeUndefined();
  expect(now.content).toEqual({ kind: 'text', text: 'something new' });
});

test('a secret copied since stays, too', async () => {
  const { back } = await shared();
  now = { content: { kind: 'empty' }, concealed: true };
  expect(await back.restore()).toBeUndefined();
  expect(now.concealed).toBe(true);
});

test('a second share keeps the newer original', async () => {
  const { back, clipboard } = await shared();
  await clipboard.writeText('https://second.example');
  back.record({ kind: 'text', text: 'newer' }, 'two');
  await back.restore();
  expect(now.content).toEqual({ kind: 'text', text: 'newer' });
});

test('an undo restores what its own link replaced, and nothing for another link', async () => {
  const { back } = await shared();
  expect(await back.restore('another')).toBeUndefined();
  expect(await back.restore('one')).toEqual(original);
  expect(now.content).toEqual(original);
});

test('a link copied again stays, until its share is undone', async () => {
  const { back, clipboard } = await shared();
  await clipboard.writeText(`[Link](${LINK})`);
  back.copied('one');
  expect(await back.restore()).toBeUndefined();
  expect(await back.restore('one')).toEqual(original);
});

test('another link that was copied is not overwritten by an undo', async () => {
  const { back, clipboard } = await shared();
  await clipboard.writeText('https://other.example');
  back.copied('other');
  expect(await back.restore('one')).toBeUndefined();
  expect(now.content).toEqual({ kind: 'text', text: 'https://other.example' });
});
