import Slugger from 'github-slugger';
import MarkdownIt, { type Token } from 'markdown-it';
// @ts-expect-error: it has no types; what it exports is a plugin.
import footnotes from 'markdown-it-footnote';
import { html, SafeHtml } from '../markup/html.ts';
import { findItem, type LinkedItem, type LinkedItems } from './item-links.ts';
import { sanitizeMarkdown } from './sanitize-markdown.ts';

/** Before each id of the content, as on GitHub: none of them is a name that a script may look for. */
const ID_PREFIX = 'user-content-';

/** Blocks of text that find out their own direction. */
const DIRECTED = new Set([
  'paragraph_open',
  'heading_open',
  'list_item_open',
  'blockquote_open',
  'th_open',
  'td_open',
]);

/** What may follow "www.": a domain, and a path that does not end with a sign of the sentence. */
const WWW = /^(?:[\w-]{1,63}\.){1,10}[a-z]{2,20}(?:[/?#][^\s<>"'`]{0,500}[\w/=&#-])?/i;

const ALERT = /^\[!(note|tip|important|warning|caution)\]$/i;

/**
 * Renders Markdown as GitHub does: GFM with footnotes, alerts, headings with ids and front matter.
 * HTML in it stays text, and what comes out goes through a sanitizer all the same; pictures from
 * elsewhere become links, for a page loads nothing from elsewhere. Relative addresses lead to items
 * of the same collection, or nowhere.
 * It may take seconds for a text that was made for that.
 * @param others the items of its collection, and its own name there
 */
export function renderMarkdown(
  source: string,
  others?: { readonly items: LinkedItems; readonly from: string },
): SafeHtml {
  const markdown = new MarkdownIt({ html: false, linkify: true, maxNesting: 100 }).use(footnotes);
  // Not each name with a dot, such as README.md, but what GFM links: addresses, "www." and e-mail.
  markdown.linkify.set({ fuzzyLink: false }).add('www.', {
    validate: (text, at) => WWW.exec(text.slice(at, at + 700))?.[0].length ?? 0,
    normalize: (match) => {
      match.url = `http://${match.url}`;
    },
  });
  const { meta, body } = frontMatter(source);
  const env = {};
  const tokens = markdown.parse(body, env);
  const ids = new Set<string>();
  const find: Find = (address) => others && findItem(others.items, others.from, address);
  addHeadingIds(tokens, new Slugger(), ids);
  for (const [index, token] of tokens.entries()) {
    if (DIRECTED.has(token.type)) token.attrSet('dir', 'auto');
    alignCell(token);
    if (token.type === 'list_item_open') markTask(tokens, index);
    if (token.type === 'blockquote_open') markAlert(tokens, index);
    if (token.children) token.children = linked(token.children, ids, find);
  }
  const rendered = sanitizeMarkdown(
    markdown.renderer.render(tokens, markdown.options, env),
    ID_PREFIX,
  );
  return meta === undefined
    ? new SafeHtml(rendered)
    : html`<pre class="meta"><code>${meta}</code></pre>${new SafeHtml(rendered)}`;
}

/** What stands between `---` (YAML) or `+++` (TOML) at the very start, where it looks like it. */
function frontMatter(source: string): { readonly meta?: string; readonly body: string } {
  const mark = source.slice(0, 4);
  if (mark !== '---\n' && mark !== '+++\n') return { body: source };
  // From the line end before, so that an empty one is found.
  const end = source.indexOf(`\n${mark.trimEnd()}`, 3);
  const after = source.indexOf('\n', end + 1);
  const last = source.slice(end + 1, after < 0 ? undefined : after).trimEnd();
  if (end < 0 || last !== mark.trimEnd()) return { body: source };
  const meta = source.slice(4, end + 1).trimEnd();
  const first = meta.trimStart().split('\n', 1)[0] ?? '';
  const isData = mark === '+++\n' ? first.includes('=') : /^["'\w$-][^:]*:(\s|$)/.test(first);
  if (meta !== '' && !isData && !/^[#[]/.test(first)) return { body: source };
  const body = after < 0 ? '' : source.slice(after + 1);
  return meta === '' ? { body } : { meta, body };
}

function addHeadingIds(tokens: readonly Token[], slugger: Slugger, ids: Set<string>): void {
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'heading_open') continue;
    const words = (tokens[index + 1]?.children ?? []).map(({ type, content }) =>
      type === 'text' || type === 'code_inline' ? content : '',
    );
    const id = slugger.slug(words.join('').trim());
    if (id === '') continue;
    token.attrSet('id', id);
    ids.add(id);
  }
}

/** A style attribute would be against the page's policy. */
function alignCell(token: Token): void {
  const align = /^text-align:(left|center|right)$/.exec(String(token.attrGet('style') ?? ''))?.[1];
  if (align === undefined) return;
  token.attrs = [['class', align]];
  token.attrSet('dir', 'auto');
}

/** `- [ ] to do` and `- [x] done` (GFM, 5.3). */
function markTask(tokens: readonly Token[], index: number): void {
  const inline = tokens[index + 2];
  const [first] = inline?.children ?? [];
  const box = /^\[([ xX])\] /.exec(first?.type === 'text' ? first.content : '');
  if (!inline?.children || !first || tokens[index + 1]?.type !== 'paragraph_open' || !box) return;
  tokens[index]?.attrSet('class', 'task');
  first.content = first.content.slice(box[0].length);
  const checked = box[1] === ' ' ? '' : ' checked';
  inline.children = [
    ownHtml(first, `<label><input type="checkbox" disabled${checked}>`),
    ...inline.children,
    ownHtml(first, '</label>'),
  ];
}

/** A quote that begins with a line such as `[!NOTE]`, as on GitHub. */
function markAlert(tokens: readonly Token[], index: number): void {
  const inline = tokens[index + 2];
  const [first, second] = inline?.children ?? [];
  const kind = ALERT.exec(first?.type === 'text' ? first.content.trim() : '')?.[1]?.toLowerCase();
  if (kind === undefined || !inline?.children || !first) return;
  if (second !== undefined && second.type !== 'softbreak') return;
  tokens[index]?.attrSet('class', `alert ${kind}`);
  const title = `<strong>${kind.charAt(0).toUpperCase()}${kind.slice(1)}</strong>`;
  inline.children = [
    ownHtml(first, `${title}${second ? '<br>' : ''}`),
    ...inline.children.slice(2),
  ];
}

/** HTML of our own, which the sanitizer sees, too. */
function ownHtml(like: Token, content: string): Token {
  return Object.assign(Object.create(Object.getPrototypeOf(like)), like, {
    type: 'html_inline',
    tag: '',
    nesting: 0,
    attrs: null,
    children: null,
    content,
  });
}

/** The same, with addresses that lead somewhere; a link that leads nowhere is plain text. */
function linked(children: readonly Token[], ids: ReadonlySet<string>, find: Find): Token[] {
  const made: Token[] = [];
  const open: boolean[] = [];
  for (const token of children) {
    if (token.type === 'link_open') {
      const href = addressOf(String(token.attrGet('href') ?? ''), ids, find);
      open.push(href !== undefined);
      if (href === undefined) continue;
      token.attrSet('href', href);
    }
    if (token.type === 'link_close' && open.pop() === false) continue;
    if (token.type === 'image') made.push(...picture(token, open.includes(true), find));
    else made.push(token);
  }
  return made;
}

type Find = (address: string) => LinkedItem | undefined;

const isExternal = (href: string): boolean => /^(https?|mailto):/i.test(href);

function addressOf(href: string, ids: ReadonlySet<string>, find: Find): string | undefined {
  if (isExternal(href)) return href;
  const at = href.indexOf('#');
  const fragment = at < 0 ? '' : href.slice(at + 1);
  if (at === 0) return `#${idOf(fragment, ids)}`;
  if (URL.canParse(href)) return undefined;
  const item = find(href);
  if (item === undefined) return undefined;
  if (fragment === '') return item.path;
  return `${item.path}#${item.markdown ? ID_PREFIX : ''}${fragment}`;
}

/** The heading that a fragment means; letters' case is forgiven. */
function idOf(fragment: string, ids: ReadonlySet<string>): string {
  let id = fragment;
  try {
    id = decodeURIComponent(fragment);
  } catch {
    // Not encoded, then.
  }
  return encodeURIComponent(ids.has(id) ? id : ids.has(id.toLowerCase()) ? id.toLowerCase() : id);
}

/** A picture of the collection; of another, a link to it, or its words within a link. */
function picture(token: Token, inLink: boolean, find: Find): readonly Token[] {
  const src = String(token.attrGet('src') ?? '');
  const item = isExternal(src) || URL.canParse(src) ? undefined : find(src);
  if (item?.image) {
    token.attrs = [...(token.attrs ?? [])];
    token.attrSet('src', `${item.path}/raw`);
    return [token];
  }
  const href = item?.path ?? (/^https?:/i.test(src) ? src : undefined);
  const words = html`${token.content.replaceAll('\n', ' ') || 'Picture'}`.text;
  const link =
    href === undefined || inLink ? words : `<a href="${html`${href}`.text}">${words}</a>`;
  return [ownHtml(token, link)];
}
