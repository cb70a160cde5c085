import { join } from 'node:path';
import { Failures } from '../../../main/failures/failures.ts';
import { openLinks } from '../../../main/links/open-links.ts';
import { openTestStore } from '../service/open-test-store.ts';
import { type LinkBook, newMarker, sha256Of, textWith } from './link-book.ts';

const TEXT_BYTES = 1_000;

/** Fills the list of a profile whose app is not running, and its built-in server. */
export async function seedLinks(
  profile: string,
  count: number,
  book: LinkBook,
  random: () => number,
): Promise<void> {
  const { store, close } = await openTestStore({ dataDir: join(profile, 'service') });
  const { database, links } = openLinks(profile, new Failures(Date.now));
  const seed = async (index: number): Promise<void> => {
    const marker = newMarker(random);
    const content = Buffer.from(textWith(marker, TEXT_BYTES));
    const title = `earlier text ${index}`;
    const { share } = await store.shareNew({ name: title, form: 'text', ext: 'txt', content }, {});
    links.add({
      id: share.id,
      kind: 'text',
      title,
      sizeBytes: content.length,
      count: 1,
      // The app replaces the address with that of the server it starts.
      link: `http://127.0.0.1:1/s/${share.id}`,
      service: { kind: 'built-in', name: 'This computer', baseUrl: 'http://127.0.0.1:1' },
      createdAtMs: share.createdAtMs,
      state: 'active',
      assetIds: share.assetIds.slice(),
    });
    book.add({
      id: share.id,
      contentPath: `/s/${share.id}/raw`,
      sha256: sha256Of(content),
      bytes: content.length,
      markers: [marker],
    });
  };
  try {
    await Promise.all(Array.from({ length: count }, (_, index) => seed(index)));
  } finally {
    database.close();
    await close();
  }
}
