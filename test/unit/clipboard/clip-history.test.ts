import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import {
  type ClipHistory,
  createClipHistory,
  historyEntryView,
  MAX_HISTORY_BYTES,
} from '../../../main/clipboard/clip-history.ts';
import type { Clip, Content } from '../../../main/clipboard/content.ts';
import { english } from '../../support/messages.ts';

const clip = (content: Content, concealed = false): Clip => ({ content, concealed });
const text = (value: string): Clip => clip({ kind: 'text', text: value });
const image = (megabytes: number): Clip =>
  clip({ kind: 'image', mime: 'image/png', bytes: new Uint8Array(megabytes * 1024 * 1024) });

let maxClips = 20;
let nowMs = 0;
let history: ClipHistory;
const titles = (): readonly string[] => history.list().map(({ seen }) => seen.title);

beforeEach(() => {
  maxClips = 20;
  nowMs = 1_000;
  history = createClipHistory({ maxClips: () => maxClips, messages: english, now: () => nowMs });
});

test('the last 20 copies are kept, newest first', () => {
  for (let index = 1; index <= 25; index++) history.add(text(`copy ${index}`));
  expect(titles()).toHaveLength(20);
  expect(titles()[0]).toBe('copy 25');
  expect(titles()[19]).toBe('copy 6');
});

test('what was copied again moves to the top', () => {
  for (const value of ['a', 'b', 'a']) history.add(text(value));
  expect(titles()).toEqual(['a', 'b']);
});

test('a secret, nothing, and what cannot be shared are not kept', () => {
  expect(history.add(clip({ kind: 'empty' }, true))).toBe(false);
  expect(history.add(clip({ kind: 'text', text: 'hunter2' }, true))).toBe(false);
  expect(history.add(clip({ kind: 'empty' }))).toBe(false);
  expect(history.add(clip({ kind: 'unsupported', formats: ['x'] }))).toBe(false);
  expect(history.list()).toEqual([]);
});

test('64 MB are the most: older clips go first, and a larger one is not kept at all', () => {
  history.add(text('small'));
  history.add(image(40));
  expect(titles()).toHaveLength(2);
  history.add(image(30));
  expect(history.list().map(({ seen }) => seen.sizeBytes / 1024 / 1024)).toEqual([30]);
  expect(history.add(image(65))).toBe(false);
  expect(titles()).toHaveLength(1);
});

test('switched off, it lets go of everything and keeps nothing', () => {
  history.add(text('a'));
  maxClips = 0;
  history.tidy();
  expect(history.add(text('b'))).toBe(false);
  expect(history.list()).toEqual([]);
});

test('single clips can be removed', () => {
  for (const value of ['a', 'b', 'c']) history.add(text(value));
  const id = history.list()[1]?.id ?? 0;
  history.remove(id);
  expect(titles()).toEqual(['c', 'a']);
  expect(history.get(id)).toBeUndefined();
});

test('a clip is listed without its content', () => {
  history.add(text('import os\nprint(os.getcwd())\n# marker-7f3a'.repeat(20)));
  const [kept] = history.list();
  const view = kept && historyEntryView(kept, 'data:image/png;base64,AA==');
  expect(view).toEqual({
    id: '1',
    kind: 'code',
    title: expect.stringMatching(/^import os print/),
    sizeBytes: 840,
    copiedAtMs: 1_000,
    thumbnail: 'data:image/png;base64,AA==',
  });
  expect(JSON.stringify(view).length).toBeLessThan(400);
});

test('listeners hear of changes, and of nothing else', () => {
  let heard = 0;
  const stop = history.subscribe(() => heard++);
  history.add(text('a'));
  const id = history.list()[0]?.id ?? 0;
  history.list();
  history.tidy();
  history.add(clip({ kind: 'empty' }, true));
  expect(heard).toBe(1);
  stop();
  history.remove(id);
  expect(heard).toBe(1);
});

test('whatever is copied, it stays within its limits', () => {
  const copies = fc.array(
    fc.oneof(
      fc.string().map(text),
      fc
        .integer({ min: 1, max: 70 })
        .map((megabytes) =>
          clip({ kind: 'text', text: `${megabytes}`.padEnd(megabytes * 512 * 1024) }),
        ),
      fc.constant(clip({ kind: 'files', paths: ['/a'] })),
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(copies, fc.integer({ min: 0, max: 30 }), (clips, most) => {
      maxClips = most;
      for (const { id } of history.list()) history.remove(id);
      for (const one of clips) history.add(one);
      const kept = history.list();
      expect(kept.length).toBeLessThanOrEqual(Math.min(20, most));
      const bytes = kept.reduce(
        (sum, { content }) => sum + (content.kind === 'text' ? 2 * content.text.length : 0),
        0,
      );
      expect(bytes).toBeLessThanOrEqual(MAX_HISTORY_BYTES);
    }),
    { numRuns: 30 },
  );
});
