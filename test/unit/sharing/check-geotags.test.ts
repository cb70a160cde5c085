import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFile, readRange } from '../../../main/desktop/files/open-file.ts';
import { imageLocation } from '../../../main/geotags/find-geotags.ts';
import { type Prepared, prepareClip, prepareFiles } from '../../../main/items/prepare-items.ts';
import { restore, toEntry } from '../../../main/outbox/share-content.ts';
import {
  createCheckLocation,
  type LocationChoice,
  removeLocation,
} from '../../../main/sharing/check-geotags.ts';
import { english } from '../../support/messages.ts';
import { exif, jpeg, movie, png } from '../../support/photo-samples.ts';

const PHOTO = jpeg({ exif: exif() });
let dir: string;
const at = (name: string): string => join(dir, name);

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'linkify-location-'));
  mkdirSync(at('holiday/beach'), { recursive: true });
  writeFileSync(at('photo.jpg'), PHOTO);
  // What it is follows from its bytes.
  writeFileSync(at('no extension'), PHOTO);
  writeFileSync(at('second.jpg'), jpeg({ exif: exif({ little: false }) }));
  writeFileSync(at('plain.jpg'), jpeg({ exif: exif({ withGps: false }) }));
  writeFileSync(at('notes.txt'), 'Exif\0\0 is what they begin with');
  writeFileSync(at('film.mov'), movie('qt  ', 'keys'));
  writeFileSync(at('film.mp4'), movie('isom', 'xyz'));
  writeFileSync(at('silent.mp4'), movie('isom', 'none'));
  writeFileSync(at('holiday/notes.txt'), 'sun');
  writeFileSync(at('holiday/beach/photo.jpg'), PHOTO);
});

afterAll(() => rmSync(dir, { recursive: true, force: true }));

const check = (prepared: Prepared, choice: LocationChoice = 'ask') =>
  createCheckLocation({ readRange, choice: () => choice })(prepared);

async function files(...names: readonly string[]): Promise<Prepared> {
  const preparation = await prepareFiles(names.map(at), openFile, english);
  if (!preparation.ok) throw new Error(preparation.fault.kind);
  return preparation.prepared;
}

async function contentOf(prepared: Prepared | undefined, index = 0): Promise<Buffer> {
  const item = prepared?.items[index];
  if (item?.kind !== 'file') throw new Error('no file');
  const parts: Uint8Array[] = [];
  for await (const part of item.open()) parts.push(part);
  return Buffer.concat(parts);
}

test.each([['photo.jpg'], ['no extension'], ['film.mov'], ['film.mp4']])(
  'someone is asked about %s, and it goes without its place when they say so',
  async (name) => {
    const prepared = await files(name);
    const found = await check(prepared);
    expect(found).toMatchObject({ kind: 'ask', name, count: 1 });
    if (found.kind !== 'ask') return;
    const clean = await contentOf(found.removed);
    expect(clean.byteLength).toBe(prepared.sizeBytes);
    expect(clean.equals(await contentOf(prepared))).toBe(false);
    const again = { ...prepared, items: found.removed?.items ?? prepared.items };
    const [item] = again.items;
    if (item.kind !== 'file') return;
    const { origin: _, ...inMemory } = item;
    expect(await check({ ...again, items: [inMemory] })).toMatchObject({ kind: 'share' });
  },
);

test.each([['plain.jpg'], ['notes.txt'], ['silent.mp4']])(
  'nobody is asked about %s',
  async (name) => {
    expect((await check(await files(name))).kind).toBe('share');
  },
);

test('several files are asked about once, and the others go as they are', async () => {
  const found = await check(await files('notes.txt', 'photo.jpg', 'second.jpg', 'film.mp4'));
  expect(found).toMatchObject({ kind: 'ask', name: 'photo.jpg', count: 3 });
  if (found.kind !== 'ask') return;
  expect(found.removed?.items.map(({ name }) => name)).toEqual([
    'notes.txt',
    'photo.jpg',
    'second.jpg',
    'film.mp4',
  ]);
  expect(await imageLocation(await contentOf(found.removed, 2))).toBeUndefined();
});

test('a folder is asked about, whose photos stay as they are', async () => {
  expect(await check(await files('holiday'))).toEqual({
    kind: 'ask',
    name: 'holiday.zip',
    count: 1,
    removed: undefined,
  });
});

test('a copied image is asked about', async () => {
  for (const [bytes, mime] of [
    [PHOTO, 'image/jpeg'],
    [png({ exif: exif() }), 'image/png'],
  ] as const) {
    const preparation = await prepareClip(
      { content: { kind: 'image', bytes, mime }, concealed: false },
      openFile,
      english,
    );
    if (!preparation.ok) throw new Error('not prepared');
    const found = await check(preparation.prepared);
    expect(found).toMatchObject({ kind: 'ask', count: 1 });
    if (found.kind !== 'ask') return;
    expect(await imageLocation(await contentOf(found.removed))).toBeUndefined();
  }
});

describe('what was chosen for good', () => {
  test('with the place: nothing is even read', async () => {
    const prepared = await files('photo.jpg');
    const found = await createCheckLocation({
      readRange: async () => {
        throw new Error('read');
      },
      choice: () => 'share',
    })(prepared);
    expect(found).toEqual({ kind: 'share', prepared });
  });
  test('without it: it goes without, and is asked about where that can not be done', async () => {
    const found = await check(await files('photo.jpg'), 'remove');
    expect(found.kind).toBe('share');
    if (found.kind !== 'share') return;
    expect(await imageLocation(await contentOf(found.prepared))).toBeUndefined();
    expect((await check(await files('holiday'), 'remove')).kind).toBe('ask');
  });
});

test('a pending share still goes without its place after a restart', async () => {
  const found = await check(await files('photo.jpg'), 'remove');
  if (found.kind !== 'share') throw new Error('asked');
  const kept = await toEntry({
    id: 'a',
    prepared: found.prepared,
    shareOptions: {},
    service: { kind: 'built-in', name: '', baseUrl: '' },
    clip: { kind: 'empty' },
    nowMs: 1,
  });
  if (kept === undefined) throw new Error('not kept');
  const entry = { head: JSON.parse(JSON.stringify(kept.head)) } as Parameters<typeof restore>[0];
  const outbox = { content: async () => new Uint8Array() };
  const again = await restore(entry, outbox, openFile, false, (item) =>
    removeLocation(item, readRange),
  );
  expect(again.ok && (await imageLocation(await contentOf(again.prepared)))).toBeUndefined();
  // Where it can't be removed, it is not sent.
  expect(await restore(entry, outbox, openFile, false)).toMatchObject({ ok: false });
});
