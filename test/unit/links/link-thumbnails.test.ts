import { beforeEach, expect, test } from 'vitest';
import type { ShareItem } from '../../../main/linkify/model.ts';
import { LinkThumbnails } from '../../../main/links/link-thumbnails.ts';
import { RecentLinks } from '../../../main/links/recent-links.ts';
import type { RecentLink } from '../../../main/links/schema.ts';
import { AppDatabase } from '../../../main/storage/app-database.ts';

const image = (id: string): RecentLink => ({
  id,
  kind: 'image',
  title: 'Image',
  sizeBytes: 12,
  count: 1,
  link: `http://192.168.1.20:4100/s/${id}`,
  service: { kind: 'built-in', name: 'This computer', baseUrl: 'http://127.0.0.1:4100' },
  createdAtMs: 1_700_000_000_000,
  state: 'active',
  assetIds: [],
});

const item = (sizeBytes = 12): ShareItem => ({
  kind: 'file',
  name: 'image.png',
  sizeBytes,
  async *open() {
    yield new Uint8Array([1, 2]);
    yield new Uint8Array([3]);
  },
});

let database: AppDatabase;
let links: RecentLinks;
beforeEach(() => {
  database = new AppDatabase({ path: ':memory:' });
  links = new RecentLinks({ database });
});
const open = (thumbnailOf = (bytes: Uint8Array): Uint8Array | undefined => bytes) =>
  new LinkThumbnails({ database, links, thumbnailOf, wait: async () => {} });
const stored = () => database.rows('select id from link_thumbnails').length;

test('an image has a thumbnail, also after the next start', async () => {
  links.add(image('a'));
  const thumbnails = open();
  const created: string[] = [];
  thumbnails.events.on('created', (id) => created.push(id));
  await thumbnails.create(image('a'), item());
  expect(created).toEqual(['a']);
  for (const each of [thumbnails, open()]) {
    expect(each.has('a')).toBe(true);
    expect([...(each.get('a') ?? [])]).toEqual([1, 2, 3]);
  }
});

test.each<[string, () => Promise<void>]>([
  ['text', () => open().create({ ...image('a'), kind: 'text' }, item())],
  ['an image that takes long to decode', () => open().create(image('a'), item(3_000_001))],
  ['what is no image', () => open(() => undefined).create(image('a'), item())],
  ['a large thumbnail', () => open(() => new Uint8Array(16_385)).create(image('a'), item())],
  ['a link that is gone', () => open().create(image('gone'), item())],
])('stores nothing for %s', async (_what, create) => {
  links.add(image('a'));
  await create();
  expect(stored()).toBe(0);
});

test('it is deleted once the link has ended for good, not while it can be restored', async () => {
  links.add(image('a'));
  const thumbnails = open();
  await thumbnails.create(image('a'), item());
  links.update('a', { state: 'revoked', closedUntilMs: 5_000 });
  expect(thumbnails.has('a')).toBe(true);
  links.update('a', { closedUntilMs: undefined });
  expect(thumbnails.has('a')).toBe(false);
  expect(thumbnails.get('a')).toBeUndefined();
  expect(stored()).toBe(0);
});

test('it is deleted with the row, also by the next start', async () => {
  links.add(image('a'));
  links.add(image('b'));
  const thumbnails = open();
  for (const id of ['a', 'b']) await thumbnails.create(image(id), item());
  links.remove('a');
  expect(stored()).toBe(1);
  links = new RecentLinks({ database: new AppDatabase({ path: ':memory:' }) });
  open();
  expect(stored()).toBe(0);
});
