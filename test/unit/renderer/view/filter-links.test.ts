import { describe, expect, it } from 'vitest';
import { createSearch, searchableText } from '../../../../renderer/view/filter-links.ts';
import { aLink, manyLinks } from '../../../support/window-states.ts';

const links = [
  aLink({ id: 'a', kind: 'image', title: 'Screenshot of the Straße' }),
  aLink({ id: 'b', kind: 'code', title: 'createShareClipboard', serviceName: 'Pieces OS' }),
  aLink({ id: 'c', kind: 'file', title: 'Ｒｅｐｏｒｔ.pdf' }),
];
const idsFor = (query: string): readonly string[] =>
  createSearch(links, searchableText)(query).map((link) => link.id);

describe('searching links', () => {
  it('finds all words in any order and case', () => {
    expect(idsFor('share CREATE')).toEqual(['b']);
    expect(idsFor('screenshot pieces')).toEqual([]);
  });

  it('looks at title, service, kind and address', () => {
    expect(idsFor('pieces')).toEqual(['b']);
    expect(idsFor('image')).toEqual(['a']);
    expect(idsFor('39400/s/c')).toEqual(['c']);
  });

  it('finds full-width letters by their plain form', () => {
    expect(idsFor('report')).toEqual(['c']);
  });

  it('shows everything while nothing is typed', () => {
    expect(idsFor('  ')).toEqual(['a', 'b', 'c']);
  });

  it('treats what is typed as text, not as a pattern', () => {
    expect(idsFor('.*')).toEqual([]);
  });

  it('finds one of 10,000 links', () => {
    const search = createSearch(manyLinks(10_000), searchableText);
    expect(search('entry number 9999').map((link) => link.id)).toEqual(['n9999']);
  });
});
