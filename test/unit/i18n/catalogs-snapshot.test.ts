import { expect, test } from 'vitest';
import { AREAS, readCatalogs } from '../../support/catalogs.ts';

// The wording of English in one place, so that a change of it shows in a diff: `vitest run -u`
// accepts it. All other tests find texts by key (test/support/text.ts).

const ENGLISH = (await readCatalogs()).get('en');

test.each(AREAS)('%s is worded as in its snapshot', (area) => {
  const catalog = Object.entries(ENGLISH?.get(area) ?? {});
  // `main` contains whole catalogs, which have snapshots of their own.
  const contained =
    area === 'main'
      ? AREAS.filter((other) => other !== 'main' && other !== 'window' && other !== 'pages')
      : [];
  const own = catalog.filter(
    ([key]) => !contained.some((other) => Object.hasOwn(ENGLISH?.get(other) ?? {}, key)),
  );
  expect(Object.fromEntries(own)).toMatchSnapshot();
});
