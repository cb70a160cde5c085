import { expect, test } from 'vitest';
import type { Content } from '../../../main/clipboard/content.ts';
import { prepareClips } from '../../../main/items/prepare-clips.ts';
import type { OpenFile } from '../../../main/items/prepare-items.ts';
import { english } from '../../support/messages.ts';
import { text as message } from '../../support/text.ts';

const openFile: OpenFile = async (path) => {
  const name = path.split('/').at(-1) ?? '';
  return name.startsWith('gone')
    ? { ok: false, fault: { kind: 'unreadable-file', name } }
    : { ok: true, item: { kind: 'file', name, sizeBytes: 10, open: async function* () {} } };
};
const text = (value: string): Content => ({ kind: 'text', text: value });
const image: Content = { kind: 'image', mime: 'image/png', bytes: new Uint8Array(5) };
const prepare = (contents: readonly Content[], name?: string) =>
  prepareClips(contents, name, openFile, english);

test('one clip is shared as if it were on the clipboard', async () => {
  expect(await prepare([image])).toMatchObject({
    prepared: { kind: 'image', items: [{ name: 'clipboard.png', sizeBytes: 5 }] },
  });
});

test('several become one collection with their name, in the order given', async () => {
  const result = await prepare([text('one'), image, text('two')], 'Notes');
  expect(result).toMatchObject({
    prepared: {
      kind: 'collection',
      title: 'Notes',
      name: 'Notes',
      description: message('clips', { count: 3 }),
      items: [{ name: 'one' }, { name: 'clipboard.png' }, { name: 'two' }],
    },
  });
});

test('each image of a collection has a name of its own', async () => {
  const result = await prepare([image, image, text('x'), image]);
  expect(result).toMatchObject({
    prepared: {
      items: [
        { name: 'clipboard.png' },
        { name: 'clipboard-2.png' },
        { name: 'x' },
        { name: 'clipboard-3.png' },
      ],
    },
  });
});

test('files of a clip become entries of their own; one that is gone is told', async () => {
  expect(await prepare([{ kind: 'files', paths: ['/a', '/b'] }, text('x')])).toMatchObject({
    prepared: { items: [{ name: 'a' }, { name: 'b' }, { name: 'x' }] },
  });
  expect(await prepare([text('x'), { kind: 'files', paths: ['/gone'] }])).toMatchObject({
    ok: false,
    fault: { kind: 'unreadable-file', name: 'gone' },
  });
});

test('clips that are kept no longer are told', async () => {
  expect(await prepare([])).toEqual({ ok: false, fault: { kind: 'clip-not-found' } });
});
