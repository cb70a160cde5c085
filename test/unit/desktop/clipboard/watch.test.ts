import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { trackOwnWrites } from '../../../../main/clipboard/own-writes.ts';
import { type ClipboardUpdate, watchClipboard } from '../../../../main/clipboard/watcher.ts';
import { pollForChanges } from '../../../../main/desktop/clipboard/watch.ts';
import { english } from '../../../support/messages.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A clipboard of texts without change events, and what is reported of it. */
async function watchPolled() {
  const updates: ClipboardUpdate[] = [];
  let now = '';
  const copy = (text: string): void => {
    now = text;
  };
  const snapshot = { formats: ['text/plain'], text: async () => now };
  const polled = pollForChanges(
    {
      snapshot: async () => ({
        ...snapshot,
        complete: true,
        html: async () => '',
        bytes: async () => undefined,
        renderedPng: async () => undefined,
      }),
    },
    'linux',
  );
  const clipboard = trackOwnWrites({
    read: async () => ({ content: { kind: 'text', text: now }, concealed: false }),
    formats: async () => snapshot.formats,
    writeText: async (text) => copy(text),
    write: async () => {},
    onChange: polled,
  });
  const stop = watchClipboard({
    clipboard,
    messages: english,
    mayRead: true,
    onUpdate: (update) => updates.push(update),
  });
  // The first look, from which others differ.
  await vi.advanceTimersByTimeAsync(700);
  return { copy, clipboard, updates, stop: () => stop.stop() };
}

const lastText = (updates: readonly ClipboardUpdate[]): unknown => updates.at(-1)?.clip?.content;

test('a copy right after a write of ours is reported as what it is', async () => {
  const { copy, clipboard, updates, stop } = await watchPolled();
  await clipboard.writeText('our link');
  copy('theirs');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(lastText(updates)).toEqual({ kind: 'text', text: 'theirs' });
  expect(updates.at(-1)?.copied).toBe(true);
  stop();
});

test('a write of ours is not reported as a copy', async () => {
  const { clipboard, updates, stop } = await watchPolled();
  await clipboard.writeText('our link');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(lastText(updates)).toEqual({ kind: 'text', text: 'our link' });
  expect(updates.some(({ copied }) => copied)).toBe(false);
  stop();
});
