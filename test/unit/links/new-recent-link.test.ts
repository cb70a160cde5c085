import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prepareText } from '../../../main/items/prepare-items.ts';
import { recentLinkOf } from '../../../main/links/new-recent-link.ts';
import { RecentLinks } from '../../../main/links/recent-links.ts';
import { AppDatabase } from '../../../main/storage/app-database.ts';
import { english } from '../../support/messages.ts';

const target = { kind: 'custom', name: 'share.example', baseUrl: 'https://share.example' } as const;

test('every link that is made is on the list after a restart, whatever it is called', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 400, size: 'max' }),
        fc.constant('🙂'.repeat(300)),
      ),
      fc.nat(700),
      (name, assets) => {
        const share = {
          id: 'sh-1',
          link: 'https://share.example/1',
          assetIds: Array.from({ length: assets }, (_, index) => `as-${index}`),
        };
        const link = recentLinkOf(share, prepareText('text', english, name), target, 1);
        const database = new AppDatabase({ path: ':memory:' });
        const open = () => new RecentLinks({ database });
        open().add(link);
        expect(open().list()).toEqual([link]);
      },
    ),
  );
});

test('a link has the terms that its service confirmed', () => {
  const share = { id: 'sh-1', link: 'https://share.example/1', assetIds: [] };
  const prepared = prepareText('text', english);
  const shareOptions = {
    once: true,
    maxOpens: 4,
    password: true,
    views: 0,
    expiresAtMs: 61_000,
    opensAtMs: 6_000,
  };
  expect(recentLinkOf({ ...share, extension: shareOptions }, prepared, target, 1)).toMatchObject({
    expiresAtMs: 61_000,
    opensAtMs: 6_000,
    once: true,
    maxOpens: 4,
    password: true,
  });
  const none = { once: false, password: false, views: 3 };
  expect(recentLinkOf({ ...share, extension: none }, prepared, target, 1)).toEqual(
    recentLinkOf(share, prepared, target, 1),
  );
});
