import sanitizeHtml from 'sanitize-html';

/**
 * Lets through what rendered Markdown is made of, and nothing else: no style, no script, no address
 * that runs. Ids and links within the page get a prefix.
 */
export function sanitizeMarkdown(rendered: string, idPrefix: string): string {
  return sanitizeHtml(rendered, {
    allowedTags: [
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'ul', 'ol', 'li', 'blockquote', 'pre', 'code'],
      ...['em', 'strong', 's', 'a', 'hr', 'br', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
      ...['img', 'input', 'label', 'sup', 'section'],
    ],
    allowedAttributes: {
      '*': ['id', 'dir'],
      a: ['href', 'title', 'rel'],
      img: ['src', 'alt', 'title', 'loading'],
      input: ['type', 'checked', 'disabled'],
      ol: ['start'],
    },
    allowedClasses: {
      th: ['left', 'center', 'right'],
      td: ['left', 'center', 'right'],
      li: ['task'],
      section: ['footnotes'],
      blockquote: ['alert', 'note', 'tip', 'important', 'warning', 'caution'],
    },
    allowedSchemes: ['http', 'https', 'mailto'],
    // Pictures are those of our own pages.
    allowedSchemesByTag: { img: [] },
    allowProtocolRelative: false,
    transformTags: {
      a: (tagName, { href = '', title, id }) => ({
        tagName,
        attribs: {
          href: href.startsWith('#') ? `#${idPrefix}${href.slice(1)}` : href,
          ...(/^[/#]/.test(href) ? {} : { rel: 'noopener noreferrer nofollow' }),
          ...(title ? { title } : {}),
          ...(id ? { id } : {}),
        },
      }),
      img: (tagName, attribs) => ({ tagName, attribs: { ...attribs, loading: 'lazy' } }),
      '*': (tagName, { id, ...attribs }) => ({
        tagName,
        attribs: { ...attribs, ...(id ? { id: `${idPrefix}${id}` } : {}) },
      }),
    },
  });
}
