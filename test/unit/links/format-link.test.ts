import { describe, expect, it } from 'vitest';
import { formatLink } from '../../../main/links/format-link.ts';

const link = { link: 'http://192.168.1.2:4100/s/abc', title: 'a [b] <i>&</i>' };

describe('a link as it is pasted', () => {
  it('plain', () => expect(formatLink(link, 'plain')).toEqual({ text: link.link }));
  it('as Markdown, with the title as text', () =>
    expect(formatLink(link, 'markdown').text).toBe(
      '[a \\[b\\] \\<i\\>&\\</i\\>](http://192.168.1.2:4100/s/abc)',
    ));
  it('as HTML, with the title as text', () =>
    expect(formatLink(link, 'html')).toEqual({
      text: link.link,
      html: '<a href="http://192.168.1.2:4100/s/abc">a [b] &lt;i&gt;&amp;&lt;/i&gt;</a>',
    }));
  it("in the person's own format, where a title cannot smuggle in the link again", () =>
    expect(formatLink({ ...link, title: '{link}' }, 'template', '{title} <- {link}').text).toBe(
      '{link} <- http://192.168.1.2:4100/s/abc',
    ));
});
