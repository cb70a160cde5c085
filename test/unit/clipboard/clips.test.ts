import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Clips, type ClipsDeps } from '../../../main/clipboard/clips.ts';
import type { Clip, Content } from '../../../main/clipboard/content.ts';
import { type OwnWrites, trackOwnWrites } from '../../../main/clipboard/own-writes.ts';
import { fakeClipboard } from '../../support/fakes.ts';
import { english } from '../../support/messages.ts';
import { text as message } from '../../support/text.ts';

const text = (value: string): Content => ({ kind: 'text', text: value });
const image: Content = { kind: 'image', mime: 'image/png', bytes: new Uint8Array([1, 2, 3]) };

/** Titles of our links by their URL. */
const ownLinks = new Map([['http://127.0.0.1/s/1', 'Notes']]);

let settings: ReturnType<ClipsDeps['settings']['values']>;
let memory: ReturnType<typeof fakeClipboard>;
let clipboard: OwnWrites;
let copied: Clip[];
let clips: Clips;

const begin = (mayRead = true): void => {
  clips = new Clips({
    clipboard,
    messages: english,
    settings: { values: () => settings },
    scan: { copied: () => {} },
    ownLinkTitle: (content) => ownLinks.get(content.kind === 'text' ? content.text : ''),
    mayRead,
    now: Date.now,
  });
  clips.on('copied', (clip) => copied.push(clip));
  clips.apply();
};
const settle = (ms = 100): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const copy = async (content: Content): Promise<void> => {
  memory.set(content);
  await settle();
};
const titles = (): readonly string[] | undefined => clips.view().clips?.map(({ title }) => title);

beforeEach(() => {
  vi.useFakeTimers();
  settings = { watchClipboard: true, keepClips: 20 };
  memory = fakeClipboard({ kind: 'empty' });
  clipboard = trackOwnWrites(memory);
  copied = [];
});
afterEach(() => {
  clips.stop();
  vi.useRealTimers();
});

test('what is copied is listed, newest first, and described', async () => {
  begin();
  await copy(text('one'));
  await copy(text('two'));
  expect(titles()).toEqual(['two', 'one']);
  expect(clips.view().clipboard.description).toBe(message('clipText', { count: 3 }));
});

test('what was there before the app looked is described, not kept', async () => {
  memory.set(text('from before'));
  begin();
  await settle();
  expect(clips.view().clipboard.description).toBe(message('clipText', { count: 11 }));
  expect(titles()).toEqual([]);
  expect(copied).toEqual([]);
});

test('the app’s own link is described as a link, and neither kept nor shared again', async () => {
  begin();
  await copy(text('mine'));
  await clipboard.writeText('http://127.0.0.1/s/1');
  await settle();
  expect(titles()).toEqual(['mine']);
  const view = { kind: 'text', description: message('clipOwnLink', { title: 'Notes' }) };
  expect(clips.view().clipboard).toEqual({ ...view, shareable: false });
  // Also where another program passes it on.
  await copy(text('something else'));
  expect(clips.view().clipboard.shareable).toBe(true);
  await copy(text('http://127.0.0.1/s/1'));
  expect(clips.view().clipboard).toEqual({ ...view, shareable: false });
});

test('what its owner marked as secret is neither kept nor told of', async () => {
  memory = fakeClipboard({ kind: 'empty' }, true);
  clipboard = trackOwnWrites(memory);
  begin();
  await settle();
  expect(clips.view().clipboard).toMatchObject({ kind: 'unknown', shareable: false });
  expect(titles()).toEqual([]);
  expect(copied).toEqual([]);
});

test('an image’s preview is an address, made when somebody looks', async () => {
  begin();
  await copy(image);
  const [clip] = clips.view().clips ?? [];
  expect(clip?.thumbnail).toBe(`thumbnails/clips/${clip?.id}`);
  expect(clips.get(Number(clip?.id))?.content).toBe(image);
});

test('several are shared in the order in which they were copied', async () => {
  begin();
  for (const value of ['one', 'two', 'three']) await copy(text(value));
  const ids = (clips.view().clips ?? []).map(({ id }) => id);
  const seen = (kept: ReturnType<Clips['find']>): readonly string[] =>
    kept.map(({ seen }) => seen.title);
  expect(seen(clips.find(ids))).toEqual(['one', 'two', 'three']);
  expect(seen(clips.last(2))).toEqual(['two', 'three']);
  clips.remove(ids[0] ?? '');
  expect(seen(clips.find(ids))).toEqual(['one', 'two']);
  expect(titles()).toEqual(['two', 'one']);
});

test('paused for a while nothing is seen; then it watches again by itself', async () => {
  begin();
  clips.pause(15 * 60_000);
  expect(clips.view()).toMatchObject({
    isWatchingClipboard: false,
    clipboard: { kind: 'unknown' },
  });
  expect(clips.view().pausedUntilMs).toBe(Date.now() + 15 * 60_000);
  await copy(text('private'));
  await settle(15 * 60_000);
  expect(clips.view()).toMatchObject({ isWatchingClipboard: true });
  expect(clips.view().pausedUntilMs).toBeUndefined();
  expect(titles()).toEqual([]);
  await copy(text('after'));
  expect(titles()).toEqual(['after']);
});

test('switched off in Settings it watches no more, and what was kept stays until it is let go', async () => {
  begin();
  await copy(text('kept'));
  settings = { ...settings, watchClipboard: false };
  clips.apply();
  await copy(text('unseen'));
  expect(titles()).toEqual(['kept']);
  settings = { ...settings, keepClips: 0 };
  clips.apply();
  expect(clips.view().clips).toBeUndefined();
});

test('where reading needs a person, only the kind is known and nothing is kept', async () => {
  begin(false);
  await copy(text('hello'));
  expect(clips.view().clipboard.description).toBe('Text');
  expect(clips.view().clips).toBeUndefined();
});

test('where it may be read only in front, nothing is watched, described or listed', async () => {
  begin();
  await copy(text('one'));
  clips.needFocus();
  await copy(text('two'));
  clips.apply();
  clips.retranslate();
  await copy(text('three'));
  expect(clips.view()).toMatchObject({
    canWatchClipboard: false,
    readsInFrontOnly: true,
    clipboard: { kind: 'unknown', shareable: true },
    clips: undefined,
  });
  expect(copied).toHaveLength(1);
});
