import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { previewOf } from '../../../main/clipboard/clip-preview.ts';

const none = () => undefined;

test('a short text is shown whole', async () => {
  const text = 'a\n\tb';
  expect(await previewOf({ kind: 'text', text }, none)).toEqual({ kind: 'text', text });
});

test('of a longer text the beginning is shown, in whole characters', async () => {
  const unit = fc.constantFrom('a', '😀', '\n', '漢', '\u202e');
  const texts = fc.array(unit, { minLength: 2_001, maxLength: 2_100 });
  await fc.assert(
    fc.asyncProperty(texts, async (parts) => {
      const text = parts.join('');
      const preview = await previewOf({ kind: 'text', text }, none);
      if (preview.kind !== 'text') throw new Error(preview.kind);
      expect(preview.text.isWellFormed()).toBe(true);
      expect(preview.text.length).toBeGreaterThanOrEqual(2_000);
      expect(preview.text.length).toBeLessThanOrEqual(2_001);
      expect(preview.text.endsWith('…')).toBe(true);
      expect(text.startsWith(preview.text.slice(0, -1))).toBe(true);
    }),
  );
});

test('an image is shown as a PNG, if it can be decoded', async () => {
  const image = { kind: 'image', mime: 'image/png', bytes: new Uint8Array([1]) } as const;
  const png = new Uint8Array([2, 3]);
  expect(await previewOf(image, () => png)).toEqual({
    kind: 'image',
    src: 'data:image/png;base64,AgM=',
  });
  expect(await previewOf(image, none)).toEqual({ kind: 'none' });
});

test('files are shown with their sizes; folders and what is not here, without', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'linkify-preview-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'a.txt');
  writeFileSync(file, '12345');
  const gone = Array.from({ length: 20 }, (_, index) => join(folder, `gone-${index}`));
  const paths = [file, folder, 'smb://nas/share/b.txt', ...gone];
  const preview = await previewOf({ kind: 'files', paths }, none);
  if (preview.kind !== 'files') throw new Error(preview.kind);
  expect(preview.files.slice(0, 4)).toEqual([
    { name: 'a.txt', sizeBytes: 5 },
    { name: folder.split('/').at(-1) },
    { name: 'b.txt' },
    { name: 'gone-0' },
  ]);
  expect(preview.files.length + preview.moreCount).toBe(paths.length);
  expect(preview.moreCount).toBe(3);
});
