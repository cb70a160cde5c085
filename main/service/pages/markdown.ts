import { SafeHtml } from './html.ts';

/** Longer ones are shown as their source, in bytes. */
export const MAX_MARKDOWN_BYTES = 512 * 1024;

/**
 * Renders Markdown. HTML in it stays text, and what comes out goes through a sanitizer all the
 * same; pictures from elsewhere become links, for a page loads nothing from elsewhere.
 * Both libraries are loaded at the first call.
 */
export async function renderMarkdown(source: string): Promise<SafeHtml> {
  const [{ default: MarkdownIt }, { default: sanitizeHtml }] = await Promise.all([
    import('markdown-it'),
    import('sanitize-html'),
  ]);
  const markdown = new MarkdownIt({ html: false, linkify: false, maxNesting: 100 });
  const clean = sanitizeHtml(markdown.render(source), {
    allowedTags: [
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'ul', 'ol', 'li', 'blockquote', 'pre', 'code'],
      ...['em', 'strong', 's', 'a', 'hr', 'br', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
    ],
    allowedAttributes: { a: ['href', 'title', 'rel'], ol: ['start'] },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowProtocolRelative: false,
    transformTags: {
      a: (_tag, { href = '', title }) => ({
        tagName: 'a',
        attribs: { href, rel: 'noopener noreferrer nofollow', ...(title ? { title } : {}) },
      }),
      img: (_tag, { src = '', alt }) => ({
        tagName: 'a',
        attribs: { href: src, rel: 'noopener noreferrer nofollow' },
        text: alt || 'Picture',
      }),
    },
  });
  return new SafeHtml(clean);
}
