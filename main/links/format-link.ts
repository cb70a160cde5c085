import type { LinkFormat } from '../../preload/contract.ts';

export const DEFAULT_TEMPLATE = '{title}: {link}';

/**
 * A link as someone wants to paste it. Its title is someone's text: whatever would be markup
 * in the target format is escaped.
 * @param template with `{link}` and `{title}`, for the format `template`
 */
export function formatLink(
  { link, title }: { readonly link: string; readonly title: string },
  format: LinkFormat,
  template = DEFAULT_TEMPLATE,
): { readonly text: string; readonly html?: string } {
  switch (format) {
    case 'plain':
      return { text: link };
    case 'markdown':
      return {
        text: `[${title.replace(/[\\`*_[\]<>]/g, '\\$&')}](${link.replaceAll(')', '%29')})`,
      };
    case 'html':
      return { text: link, html: `<a href="${escapeHtml(link)}">${escapeHtml(title)}</a>` };
    case 'template': {
      const values: Readonly<Record<string, string>> = { '{link}': link, '{title}': title };
      // A template without the link would share nothing.
      const whole = template.includes('{link}') ? template : `${template} {link}`;
      return { text: whole.replace(/\{(?:link|title)\}/g, (name) => values[name] ?? name) };
    }
  }
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
