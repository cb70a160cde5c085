import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prepareFiles, prepareText, prepareTexts } from '../../../main/items/prepare-items.ts';
import { newEntry } from '../../../main/outbox/entry.ts';
import { readHead } from '../../../main/outbox/schema.ts';
import { restore, toEntry } from '../../../main/outbox/share-content.ts';
import { english } from '../../support/messages.ts';

const service = {
  kind: 'custom',
  name: 'share.example',
  baseUrl: 'https://share.example',
} as const;
/** Whatever a clipboard or a disk may hold: long, invisible, half characters, line breaks. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400, size: 'max' }),
  fc.string({ maxLength: 20_000, size: 'max' }),
  fc.constant('\ud800'),
  fc.constant('🙂'.repeat(300)),
  fc.constant('ä'.repeat(5_000)),
);
const filled = anyText.filter((text) => text.trim() !== '');

/** Kept, written as the disk has it, read again, and put together. */
async function there(prepared: Parameters<typeof toEntry>[0]['prepared']) {
  const kept = await toEntry({
    id: 'entry-1',
    prepared,
    shareOptions: {},
    service,
    clip: { kind: 'empty' },
    nowMs: 1,
  });
  if (kept === undefined) throw new Error('too large to keep');
  const head = readHead(JSON.parse(JSON.stringify(kept.head)));
  if (head?.type !== 'share') throw new Error('it cannot be read again: it is lost');
  const content = async (_id: string, item: number): Promise<Uint8Array> => {
    const found = kept.contents.get(item);
    if (found === undefined) throw new Error('no such content');
    return found;
  };
  const openFile: Parameters<typeof restore>[2] = async (path) => ({
    ok: true,
    item: {
      kind: 'file',
      name: path,
      sizeBytes: 3,
      async *open() {},
      origin: { path, modifiedMs: 1 },
    },
  });
  return restore(newEntry(head), { content }, openFile, false);
}

test('every text that can be shared can be kept and read again, whatever it is called', async () => {
  await fc.assert(
    fc.asyncProperty(filled, fc.option(anyText, { nil: undefined }), async (text, name) => {
      const back = await there(prepareText(text, english, name));
      if (!back.ok) throw new Error(back.why);
      const [item] = back.prepared.items;
      // Half a character cannot be sent either: as UTF-8 it is its replacement.
      const same = item.kind === 'text' && item.text.toWellFormed() === text.toWellFormed();
      expect(same).toBe(true);
    }),
  );
});

test('collections too', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(filled, { minLength: 2, maxLength: 6 }),
      fc.option(anyText, { nil: undefined }),
      async (texts, name) => {
        const prepared = prepareTexts(
          texts.map((text) => ({ text })),
          name,
          english,
        );
        if (!prepared.ok) return;
        const back = await there(prepared.prepared);
        expect(back.ok && back.prepared.items).toHaveLength(texts.length);
      },
    ),
  );
});

test('files by whatever name the disk has', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 255, size: 'max' }),
      async (name) => {
        const path = `/home/ada/${name}`;
        const prepared = await prepareFiles(
          [path],
          async () => ({
            ok: true,
            item: {
              kind: 'file',
              name,
              sizeBytes: 3,
              async *open() {},
              origin: { path, modifiedMs: 1 },
            },
          }),
          english,
        );
        if (!prepared.ok) return;
        expect(await there(prepared.prepared)).toMatchObject({ ok: true });
      },
    ),
  );
});
