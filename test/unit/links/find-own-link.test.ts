import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFindOwnLink } from '../../../main/links/find-own-link.ts';
import { formatLink } from '../../../main/links/format-link.ts';
import type { RecentLink } from '../../../main/links/schema.ts';
import type { LinkFormat } from '../../../preload/contract.ts';
import { fakeClient } from '../../support/fakes.ts';
import { TestTarget, testTargets } from '../../support/targets.ts';

const URL_OF_LINK = 'http://192.168.1.20:39400/s/Abc123_-xyz';
const built: RecentLink = {
  id: 'Abc123_-xyz',
  kind: 'text',
  title: 'Notes [draft] (1)',
  sizeBytes: 1,
  count: 1,
  link: URL_OF_LINK,
  service: { kind: 'built-in', name: 'This computer', baseUrl: 'http://127.0.0.1:1' },
  createdAtMs: 0,
  state: 'active',
  assetIds: [],
};
const pieces: RecentLink = {
  ...built,
  id: 'p',
  link: 'https://someone.pieces.cloud/?p=ff00',
  service: { kind: 'pieces', name: 'Pieces OS', baseUrl: 'http://127.0.0.1:39300' },
};

function find(
  content: { readonly text: string; readonly html?: string },
  more: { links?: readonly RecentLink[]; template?: string; lastWritten?: string } = {},
): string | undefined {
  const { links = [built, pieces], template = '{title}: {link}' } = more;
  const findOwnLink = createFindOwnLink({
    links: { list: () => links },
    targets: testTargets(new TestTarget(fakeClient(), { kind: 'built-in', name: '' })),
    settings: { values: () => ({ linkTemplate: template }) },
    writeLink: { lastText: () => more.lastWritten },
    now: () => 1_000,
  });
  return findOwnLink({ kind: 'text', ...content })?.id;
}

describe('one of our links is recognized', () => {
  it.each([
    URL_OF_LINK,
    `  ${URL_OF_LINK}\r\n`,
    `<${URL_OF_LINK}>`,
    `${URL_OF_LINK}/`,
    `${URL_OF_LINK}#L10`,
    `${URL_OF_LINK}/raw`,
    // Copied before the network changed.
    'http://10.0.0.7:39400/s/Abc123_-xyz',
    `[Another title](${URL_OF_LINK})`,
    `Notes [draft] (1): ${URL_OF_LINK}`,
  ])('as text: %s', (text) => {
    expect(find({ text })).toBe(built.id);
  });

  it.each([
    `<a href="${URL_OF_LINK}">Notes</a>`,
    `<meta charset='utf-8'><A class=x HREF='${URL_OF_LINK}'><b>Notes</b></A>\n<!-- end -->`,
    `<html><body><p><a href=${URL_OF_LINK}>Notes</a></p></body></html>`,
  ])('as HTML: %s', (html) => {
    expect(find({ text: 'Notes', html })).toBe(built.id);
  });

  it('with a query of its own', () => {
    expect(find({ text: pieces.link })).toBe('p');
    expect(find({ text: 'x', html: `<a href="${pieces.link}&amp;v=1">x</a>` })).toBeUndefined();
  });

  it('in a format that was changed since it was copied', () => {
    const lastWritten = `Old format → ${URL_OF_LINK} ←`;
    expect(find({ text: lastWritten })).toBeUndefined();
    expect(find({ text: lastWritten }, { lastWritten })).toBe(built.id);
  });

  it('in any format, whatever its title', () => {
    const formats = fc.constantFrom<LinkFormat>('plain', 'markdown', 'html', 'template');
    const template = fc.constantFrom('{title}: {link}', '"{link}" ({title})', 'see {link}', 'x');
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), formats, template, (title, format, own) => {
        const link = { ...built, title };
        const written = formatLink(link, format, own);
        expect(find(written, { links: [link], template: own })).toBe(built.id);
      }),
      { examples: [['](', 'markdown', '{link}']] },
    );
  });
});

describe('what is more than the link, or no link that works, is not', () => {
  it.each([
    `Have a look: ${URL_OF_LINK}`,
    `${URL_OF_LINK} is the draft`,
    `${URL_OF_LINK}\n${pieces.link}`,
    `- [Notes](${URL_OF_LINK})\n- [More](${pieces.link})`,
    `[a](x) [b](${URL_OF_LINK})`,
    `${URL_OF_LINK}4`,
    'http://192.168.1.20:39400/s/another',
    `${pieces.link}00`,
    'Notes [draft] (1)',
  ])('%s', (text) => {
    expect(find({ text })).toBeUndefined();
  });

  it.each([
    `See <a href="${URL_OF_LINK}">Notes</a>`,
    `<a href="${URL_OF_LINK}">Notes</a> <a href="https://example.org">More</a>`,
    `<a href="${URL_OF_LINK}"><img src="x.png"></a>`,
    `<a href="https://example.org">Notes</a>`,
  ])('%s', (html) => {
    expect(find({ text: 'See Notes', html })).toBeUndefined();
  });

  it('a link that was revoked, or has expired', () => {
    const text = URL_OF_LINK;
    expect(find({ text }, { links: [{ ...built, state: 'revoked' }] })).toBeUndefined();
    expect(find({ text }, { links: [{ ...built, expiresAtMs: 1_000 }] })).toBeUndefined();
    expect(find({ text }, { links: [{ ...built, state: 'failed' }] })).toBe(built.id);
  });

  it('a long text', () => {
    expect(find({ text: `${URL_OF_LINK}/${'x'.repeat(5_000)}` })).toBeUndefined();
  });
});
