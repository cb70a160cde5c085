import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type BookedLink, LinkBook, newMarker, sha256Of } from '../../support/soak/link-book.ts';
import { slopeOf } from '../../support/soak/slopes.ts';

const link = (id: string, more: Partial<BookedLink> = {}): BookedLink => ({
  id,
  contentPath: `/${id}`,
  sha256: sha256Of('content'),
  bytes: 7,
  markers: [newMarker(Math.random)],
  ...more,
});

/** Serves `content` at each of these paths, 410 elsewhere. */
async function serve(paths: readonly string[]) {
  const server = createServer((request, response) => {
    response.writeHead(paths.includes(request.url ?? '') ? 200 : 410).end('content');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { pages: `http://127.0.0.1:${port}`, close: () => server.close() };
}

test('a link that is gone or has other bytes is lost; one that ended and opens is reopened', async () => {
  const book = new LinkBook();
  for (const id of ['whole', 'gone', 'revoked', 'revived', 'unknown']) book.add(link(id));
  book.add(link('other', { sha256: sha256Of('something else') }));
  book.add(link('expired', { expiresAtMs: Date.now() - 60_000 }));
  for (const id of ['revoked', 'revived']) book.mark(id, 'ended');
  book.mark('unknown', 'unknown');
  const server = await serve(['/whole', '/other', '/revived', '/expired']);
  try {
    expect(await book.verify(server.pages)).toEqual({ lost: 2, reopened: 2, checked: 6 });
  } finally {
    server.close();
  }
});

test('content of ended links is found in files, that of active ones is not counted', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'linkify-soak-test-'));
  try {
    const book = new LinkBook();
    const [active, ended, removed] = [link('active'), link('ended'), link('removed')];
    for (const each of [active, ended, removed]) book.add(each);
    book.mark('ended', 'ended');
    book.mark('removed', 'ended');
    const text = `\0${active.markers[0]}\xff${ended.markers[0]}`;
    await writeFile(join(folder, 'file'), Buffer.from(text, 'latin1'));
    expect(await book.contentLeft([folder])).toBe(1);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a slope is that within the runs, whatever a restart changes', () => {
  const hour = 3_600_000;
  const run = (from: number, value: number) =>
    Array.from({ length: 10 }, (_, index) => ({ atMs: from + index * hour, value: value + index }));
  const runs = [run(0, 100), run(20 * hour, 0)];
  expect(slopeOf(runs, ({ value }) => value)).toMatchObject({ perHour: 1, error: 0 });
});
