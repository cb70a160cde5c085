import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Clip, Content, SystemClipboard } from '../../../main/clipboard/content.ts';
import { rememberOwnWrites } from '../../../main/clipboard/own-writes.ts';
import { createGiveBack } from '../../../main/clipboard/restore-clipboard.ts';

const original: Content = { kind: 'text', text: 'mine', html: '<b>mine</b>' };
const LINK = 'https://link.example';

let now: Clip;
let problems: unknown[];
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

async function shared(options: { afterMs?: number; mayRead?: boolean } = {}) {
  const clipboard = rememberOwnWrites(system);
  const { afterMs = 0, mayRead = true } = options;
  const back = createGiveBack({
    clipboard,
    afterMs: () => afterMs,
    mayRead,
    onProblem: (cause) => problems.push(cause),
  });
  await clipboard.writeText(LINK);
  back.keep(original, 'one');
  return { back, clipboard };
}

beforeEach(() => {
  vi.useFakeTimers();
  now = { content: original, concealed: false };
  problems = [];
});
afterEach(() => vi.useRealTimers());

test('on a key the original comes back, with its formatting, once', async () => {
  const { back } = await shared();
  expect(back.pending()).toBe(true);
  expect(await back.giveBack()).toEqual(original);
  expect(now.content).toEqual(original);
  expect(back.pending()).toBe(false);
  expect(await back.giveBack()).toBeUndefined();
});

test('after the time that was set it comes back by itself', async () => {
  await shared({ afterMs: 30_000 });
  await vi.advanceTimersByTimeAsync(29_000);
  expect(now.content).toEqual({ kind: 'text', text: LINK });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(now.content).toEqual(original);
});

test('what was copied since is never overwritten', async () => {
  const { back } = await shared({ afterMs: 30_000 });
  now = { content: { kind: 'text', text: 'something new' }, concealed: false };
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await back.giveBack()).toBeUndefined();
  expect(now.content).toEqual({ kind: 'text', text: 'something new' });
});

test('a secret copied since stays, too', async () => {
  const { back } = await shared();
  now = { content: { kind: 'empty' }, concealed: true };
  expect(await back.giveBack()).toBeUndefined();
  expect(now.concealed).toBe(true);
});

test('where reading needs a person, it waits for the key', async () => {
  const { back } = await shared({ afterMs: 30_000, mayRead: false });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(now.content).toEqual({ kind: 'text', text: LINK });
  expect(await back.giveBack()).toEqual(original);
});

test('a second share within the time keeps the newer original', async () => {
  const { back, clipboard } = await shared({ afterMs: 30_000 });
  await vi.advanceTimersByTimeAsync(20_000);
  await clipboard.writeText('https://second.example');
  back.keep({ kind: 'text', text: 'newer' }, 'two');
  await vi.advanceTimersByTimeAsync(20_000);
  expect(now.content).toEqual({ kind: 'text', text: 'https://second.example' });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(now.content).toEqual({ kind: 'text', text: 'newer' });
});

test('a clipboard that cannot be read is told', async () => {
  const clipboard = rememberOwnWrites({
    ...system,
    read: async () => {
      throw new Error('busy');
    },
  });
  const back = createGiveBack({
    clipboard,
    afterMs: () => 1_000,
    mayRead: true,
    onProblem: (cause) => problems.push(cause),
  });
  back.keep(original, 'one');
  await vi.advanceTimersByTimeAsync(2_000);
  expect(problems).toHaveLength(1);
});

test('an undo restores what its own link replaced, and nothing for another link', async () => {
  const { back } = await shared();
  expect(await back.giveBack('another')).toBeUndefined();
  expect(await back.giveBack('one')).toEqual(original);
  expect(now.content).toEqual(original);
});

test('a link copied again stays, until its share is undone', async () => {
  const { back, clipboard } = await shared({ afterMs: 1_000 });
  await clipboard.writeText(`[Link](${LINK})`);
  back.copied('one');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await back.giveBack()).toBeUndefined();
  expect(await back.giveBack('one')).toEqual(original);
});

test('another link that was copied is not overwritten by an undo', async () => {
  const { back, clipboard } = await shared();
  await clipboard.writeText('https://other.example');
  back.copied('other');
  expect(await back.giveBack('one')).toBeUndefined();
  expect(now.content).toEqual({ kind: 'text', text: 'https://other.example' });
});
