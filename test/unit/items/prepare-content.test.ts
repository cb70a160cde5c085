import fc from 'fast-check';
import { expect, test } from 'vitest';
import { named, prepareContent, prepareText } from '../../../main/items/prepare-items.ts';
import { english as messages } from '../../support/messages.ts';

const prepare = (bytes: Uint8Array | string, name?: string) => {
  const preparation = prepareContent(Buffer.from(bytes), name, messages);
  if (!preparation.ok) return preparation.fault.kind;
  return preparation.prepared;
};

test('UTF-8 is a text, with its first words or the given name as title', () => {
  expect(prepare('hello\n')).toMatchObject({
    kind: 'text',
    title: 'hello',
    items: [{ kind: 'text', text: 'hello\n' }],
  });
  expect(prepare('hello\n', 'Greeting')).toMatchObject({ title: 'Greeting' });
});

test('a name with an extension makes a file of the same bytes', () => {
  expect(prepare('a,b\n', 'table.csv')).toMatchObject({
    kind: 'file',
    title: 'table.csv',
    items: [{ kind: 'file', name: 'table.csv', sizeBytes: 4 }],
  });
});

test.each([[[0xff, 0xfe, 0x41]], [[0x61, 0x00, 0x62]], [[0xc3]]])(
  'bytes %j are no text, and so a file',
  (bytes) => {
    expect(prepare(Uint8Array.from(bytes))).toMatchObject({ kind: 'file' });
  },
);

test.each(['', ' \n\t'])('%j is nothing to share', (text) => {
  expect(prepare(text)).toBe('nothing-to-share');
});

test('an empty file is not shared, whatever its name', () => {
  expect(prepare('', 'empty.txt')).toBe('nothing-to-share');
});

test('no byte is lost, whatever stdin has', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1 }), async (bytes) => {
      const prepared = prepare(bytes);
      if (prepared === 'nothing-to-share') return;
      if (typeof prepared === 'string') throw new Error(prepared);
      const [item] = prepared.items;
      if (item.kind === 'text') {
        expect(Buffer.from(item.text).equals(Buffer.from(bytes))).toBe(true);
        return;
      }
      const read: Uint8Array[] = [];
      for await (const part of item.open()) read.push(part);
      expect(Buffer.concat(read).equals(Buffer.from(bytes))).toBe(true);
    }),
  );
});

test('a name renames what has none of its own, and entitles the rest', () => {
  const text = { ok: true, prepared: prepareText('hello', messages) } as const;
  expect(named(text, 'Greeting')).toMatchObject({
    prepared: { title: 'Greeting', items: [{ name: 'Greeting' }] },
  });
  const file = prepareContent(Buffer.from([0]), 'a.bin', messages);
  expect(named(file, 'Data')).toMatchObject({
    prepared: { title: 'Data', items: [{ name: 'a.bin' }] },
  });
  expect(named(text, undefined)).toBe(text);
});
