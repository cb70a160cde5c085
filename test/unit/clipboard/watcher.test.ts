import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Clip, Content } from '../../../main/clipboard/content.ts';
import { trackOwnWrites } from '../../../main/clipboard/own-writes.ts';
import {
  type ClipboardUpdate,
  type Watcher,
  watchClipboard,
} from '../../../main/clipboard/watcher.ts';
import { english } from '../../support/messages.ts';
import { text as message } from '../../support/text.ts';

const text = (value: string): Content => ({ kind: 'text', text: value });

/** A clipboard in memory that tells of its changes, and counts its reads. */
function memoryClipboard() {
  const listeners = new Set<() => void>();
  let clip: Clip = { content: { kind: 'empty' }, concealed: false };
  const state = {
    reads: 0,
    failing: false,
    refusing: false,
    slow: undefined as Promise<void> | undefined,
  };
  const change = (content: Content, concealed = false): void => {
    clip = { content, concealed };
    for (const listener of listeners) listener();
  };
  return {
    state,
    listeners,
    change,
    clipboard: trackOwnWrites({
      async read() {
        state.reads++;
        const seen = clip;
        await state.slow;
        if (state.failing) throw new Error('busy');
        return seen;
      },
      formats: async () => ['text/plain'],
      async writeText(value) {
        if (state.refusing) throw new Error('refused');
        change(text(value));
      },
      write: async (content) => change(content),
      onChange(listener) {
        listeners.add(listener);
        return () => {
          listeners.delete(listener);
        };
      },
    }),
  };
}

let memory: ReturnType<typeof memoryClipboard>;
let sightings: ClipboardUpdate[];
let problems: unknown[];
let watcher: Watcher;
const watch = (mayRead = true): void => {
  watcher = watchClipboard({
    clipboard: memory.clipboard,
    messages: english,
    mayRead,
    onUpdate: (sighting) => sightings.push(sighting),
    onProblem: (cause) => problems.push(cause),
  });
};
const settle = (ms = 100): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
/** What was copied, in the order in which it was told. */
const seen = (): readonly string[] =>
  sightings.filter(({ copied }) => copied).map(({ view }) => view.description);

beforeEach(() => {
  vi.useFakeTimers();
  memory = memoryClipboard();
  sightings = [];
  problems = [];
});
afterEach(() => {
  watcher.stop();
  vi.useRealTimers();
});

test('a copy is seen once, with its content, within 100 ms', async () => {
  watch();
  memory.change(text('hello'));
  await settle();
  expect(sightings).toEqual([
    {
      clip: { content: text('hello'), concealed: false },
      copied: true,
      view: { kind: 'text', description: message('clipText', { count: 5 }), shareable: true },
    },
  ]);
});

test('a program that writes its formats one by one is read once, when it is done', async () => {
  watch();
  for (const value of ['h', 'he', 'hel']) {
    memory.change(text(value));
    await settle(20);
  }
  await settle();
  expect(seen()).toEqual([message('clipText', { count: 3 })]);
  expect(memory.state.reads).toBe(1);
});

test('what came while the watch was still being set up is not missed', async () => {
  const { clipboard } = memory;
  let ready = (): void => {};
  watcher = watchClipboard({
    clipboard: {
      ...clipboard,
      onChange(_listener, onReady = () => {}) {
        ready = onReady;
        return () => {};
      },
    },
    messages: english,
    mayRead: true,
    onUpdate: (sighting) => sightings.push(sighting),
  });
  await settle();
  memory.change(text('early'));
  ready();
  await settle();
  expect(sightings.at(-1)).toMatchObject({
    view: { description: message('clipText', { count: 5 }) },
  });
});

test('what is there at the beginning is told, and is not taken for a copy', async () => {
  memory.change(text('from before'));
  watch();
  await settle();
  expect(sightings).toMatchObject([
    { copied: false, view: { description: message('clipText', { count: 11 }) } },
  ]);
});

test('the app’s own link is known without being read', async () => {
  watch();
  await settle();
  const { reads } = memory.state;
  await memory.clipboard.writeText('https://link');
  expect(sightings.at(-1)).toMatchObject({
    copied: false,
    view: { description: message('clipText', { count: 12 }) },
  });
  await settle();
  expect(memory.state.reads).toBe(reads);
});

test('a change long after a write of the app is looked at', async () => {
  watch();
  await settle();
  memory.listeners.clear();
  // Nobody told of this write.
  await memory.clipboard.writeText('https://link');
  await settle(600);
  watcher.stop();
  watch();
  await settle();
  memory.change(text('mine'));
  await settle();
  expect(seen()).toEqual([message('clipText', { count: 4 })]);
});

test('the app’s own link is not taken for something copied, what comes after it is', async () => {
  watch();
  await memory.clipboard.writeText('https://link');
  await settle();
  memory.change(text('mine'));
  await settle();
  expect(seen()).toEqual([message('clipText', { count: 4 })]);
});

test('copying the app’s link again later is something copied', async () => {
  watch();
  await memory.clipboard.writeText('https://link');
  await settle();
  memory.change(text('mine'));
  await settle();
  memory.change(text('https://link'));
  await settle();
  expect(seen()).toHaveLength(2);
});

test('a copy right behind the app’s own write is not lost', async () => {
  watch();
  await memory.clipboard.writeText('https://link');
  memory.change(text('mine'));
  await settle();
  expect(seen()).toEqual([message('clipText', { count: 4 })]);
});

test('a copy right behind a write that was refused is read', async () => {
  watch();
  await settle();
  memory.state.refusing = true;
  await expect(memory.clipboard.writeText('http://127.0.0.1:9/s/1')).rejects.toThrow('refused');
  expect(memory.clipboard.own()).toBeUndefined();
  memory.change(text('theirs'));
  await settle();
  expect(sightings.at(-1)).toMatchObject({ copied: true, clip: { content: text('theirs') } });
});

test('a concealed clip is told of without its content', async () => {
  watch();
  memory.change({ kind: 'empty' }, true);
  await settle();
  expect(sightings).toMatchObject([{ view: { shareable: false }, clip: { concealed: true } }]);
});

test('where reading needs a person, the formats alone are looked at', async () => {
  watch(false);
  memory.change(text('hello'));
  await settle();
  expect(sightings).toEqual([
    { copied: true, view: { kind: 'text', description: message('clipSomeText'), shareable: true } },
  ]);
  expect(memory.state.reads).toBe(0);
});

test('where reading needs a person, a change right after our write is ours', async () => {
  watch(false);
  await memory.clipboard.writeText('https://link');
  await settle();
  expect(seen()).toEqual([]);
  memory.change(text('mine'));
  await settle();
  expect(seen()).toEqual(['Text']);
});

test('a clipboard that cannot be read is told, and the next copy is seen', async () => {
  watch();
  memory.state.failing = true;
  memory.change(text('lost'));
  await settle();
  expect(problems).toHaveLength(1);
  memory.state.failing = false;
  memory.change(text('found'));
  await settle();
  expect(seen()).toEqual([message('clipText', { count: 5 })]);
});

test('a link that is written during a slow read of what it replaces stays ours', async () => {
  watch();
  let answer: () => void = () => {};
  memory.state.slow = new Promise((resolve) => {
    answer = resolve;
  });
  memory.change(text('before'));
  await settle();
  expect(memory.state.reads).toBe(1);
  await memory.clipboard.writeText('http://127.0.0.1/s/1');
  answer();
  await settle();
  expect(memory.clipboard.own()).toEqual(text('http://127.0.0.1/s/1'));
});

test('a copy during a slow read is seen after it', async () => {
  watch();
  let goOn = (): void => {};
  memory.state.slow = new Promise((resolve) => {
    goOn = resolve;
  });
  memory.change(text('one'));
  await settle();
  memory.change(text('three'));
  await settle();
  expect(sightings).toEqual([]);
  goOn();
  await settle();
  expect(seen()).toEqual([message('clipText', { count: 3 }), message('clipText', { count: 5 })]);
});

describe('stopped', () => {
  test('nothing is heard or read any more', async () => {
    watch();
    watcher.stop();
    expect(memory.listeners.size).toBe(0);
    memory.change(text('private'));
    await settle(3_600_000);
    expect(memory.state.reads).toBe(0);
  });

  test('a copy just before is not told of any more', async () => {
    watch();
    memory.change(text('private'));
    watcher.stop();
    await settle();
    expect(sightings).toEqual([]);
  });
});

test('a password that the app copied is no copy, and cannot be shared', async () => {
  watch();
  await memory.clipboard.write({ kind: 'text', text: 'open sesame', concealed: true });
  await settle();
  expect(sightings.at(-1)).toMatchObject({
    copied: false,
    clip: { content: { kind: 'empty' }, concealed: true },
    view: { shareable: false },
  });
});
