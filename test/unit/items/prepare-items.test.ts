import { expect, test } from 'vitest';
import {
  isOneFile,
  type OpenFile,
  prepareFiles,
  prepareText,
} from '../../../main/items/prepare-items.ts';
import { english } from '../../support/messages.ts';

/** Opens each path as a file; `folder` as one that becomes a zip. */
const openFile: OpenFile = async (location) => {
  const item = { kind: 'file', name: location, sizeBytes: 1, async *open() {} } as const;
  if (location !== 'folder') return { ok: true, item };
  const inside = { files: [], unreadable: [], skipped: 0, replaced: () => Promise.reject() };
  return { ok: true, item: { ...item, inside } };
};

test.each([
  [['a.txt'], true],
  [['folder'], false],
  [['a.txt', 'b.txt'], false],
] as const)('%j is one file: %s', async (paths, expected) => {
  const preparation = await prepareFiles(paths, openFile, english);
  expect(preparation.ok && isOneFile(preparation.prepared)).toBe(expected);
});

test('a text is not a file', () => {
  expect(isOneFile(prepareText('a text', english))).toBe(false);
});
