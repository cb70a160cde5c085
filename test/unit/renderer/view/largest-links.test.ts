import { expect, test } from 'vitest';
import type { LinkView } from '../../../../preload/contract.ts';
import { largestLinks } from '../../../../renderer/view/largest-links.ts';

const link = (id: string, sizeBytes: number, more: Partial<LinkView> = {}): LinkView => ({
  id,
  kind: 'file',
  title: id,
  sizeBytes,
  count: 1,
  link: `http://192.0.2.1/s/${id}`,
  serviceName: 'This computer',
  createdAtMs: 1,
  state: 'active',
  canUndo: false,
  canChange: true,
  ...more,
});

test('what fills this computer: its three largest links that still open, the largest first', () => {
  const links = [
    link('small', 900_000),
    link('film', 900_000_000),
    link('elsewhere', 2_000_000_000, { canChange: false }),
    link('over', 3_000_000_000, { expiresAtMs: 5 }),
    link('song', 5_000_000),
    link('disk image', 1_500_000_000),
    link('photo', 4_000_000),
  ];
  expect(largestLinks(links, 10).map(({ id }) => id)).toEqual(['disk image', 'film', 'song']);
});
