import type { Content } from '../clipboard/content.ts';
import { textOfHtml } from '../clipboard/text-of-html.ts';
import type { LinkFormat, SettingValues } from '../settings/table.ts';
import type { Targets } from '../targets/targets.ts';
import { formatLink } from './format-link.ts';
import { mayOpen } from './link-state.ts';
import type { RecentLink } from './schema.ts';

/** Longest text or HTML that is searched, in characters: a title, a template and a URL fit in. */
const MAX_CHARS = 4_000;

export interface FindOwnLinkDeps {
  readonly links: { list(): readonly RecentLink[] };
  readonly targets: Pick<Targets, 'capabilitiesOf'>;
  /** The user's own format. */
  readonly settings: { values(): Pick<SettingValues, 'linkTemplate'> };
  readonly writeLink: { lastText(): string | undefined };
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

/**
 * The link in the list that content consists of, while it works: as a URL, in Markdown, as an HTML
 * anchor, or in the user's own format. `undefined` for text that says more than the link.
 */
export type FindOwnLink = (content: Content) => RecentLink | undefined;

export function createFindOwnLink(deps: FindOwnLinkDeps): FindOwnLink {
  return (content) => {
    if (content.kind !== 'text' || content.text.length > MAX_CHARS) return undefined;
    const text = unified(content.text);
    const href = content.html === undefined ? undefined : onlyHref(content.html);
    if (!/https?:/i.test(text) && href === undefined) return undefined;
    const isLast = text === unified(deps.writeLink.lastText() ?? '');
    return deps.links.list().find((link) => {
      const tail = tailOf(link, deps.targets);
      if (href !== undefined && isUrlOf(href, tail)) return mayOpen(link, deps.now());
      if (!text.includes(tail)) return false;
      return (
        (isLast || isForm(text, tail, link.title, deps.settings.values().linkTemplate)) &&
        mayOpen(link, deps.now())
      );
    });
  };
}

/** Line ends and blanks around it change on the way through other programs. */
const unified = (text: string): string => text.replaceAll('\r\n', '\n').trim();

/** The part of a link that stays: the address of this computer changes with its network. */
function tailOf({ link, service }: RecentLink, targets: Pick<Targets, 'capabilitiesOf'>): string {
  const path = targets.capabilitiesOf(service).movingAddress
    ? link.indexOf('/', link.indexOf('//') + 2)
    : -1;
  return path === -1 ? link : link.slice(path);
}

/** Whether a text is this URL, one of the page's own views (`/raw`), or a place on the page. */
function isUrlOf(text: string, tail: string): boolean {
  const at = text.indexOf(tail);
  if (at === -1 || !/^(?:https?:\/\/[^\s/?#]+)?$/i.test(text.slice(0, at))) return false;
  return /^(?:[/?#]\S*)?$/.test(text.slice(at + tail.length));
}

function isForm(text: string, tail: string, title: string, template: string): boolean {
  if (isUrlOf(text, tail)) return true;
  const autolink = /^<(\S+)>$/.exec(text)?.[1];
  if (autolink !== undefined && isUrlOf(autolink, tail)) return true;
  const at = text.indexOf(tail);
  const start = text.slice(0, at).search(/https?:\/\/[^\s/?#]*$/i);
  const url = text.slice(start === -1 ? at : start, at + tail.length);
  const isWrittenAs = (format: LinkFormat): boolean =>
    unified(formatLink({ link: url, title }, format, template).text) === text;
  if (isWrittenAs('template') || isWrittenAs('markdown')) return true;
  const label = text.lastIndexOf('](');
  if (!text.startsWith('[') || !text.endsWith(')') || label === -1) return false;
  return !text.slice(1, label).includes('](') && isUrlOf(text.slice(label + 2, -1), tail);
}

/** Where HTML leads that is one anchor and nothing else. */
function onlyHref(html: string): string | undefined {
  if (html.length > MAX_CHARS) return undefined;
  const begin = html.search(/<a\s/i);
  const open = html.indexOf('>', begin);
  const close = html.toLowerCase().indexOf('</a', open);
  if (begin === -1 || open === -1 || close === -1) return undefined;
  const rest = html.slice(0, begin) + html.slice(html.indexOf('>', close) + 1);
  if (/<a\s/i.test(rest) || /<img\s/i.test(html) || textOfHtml(rest).trim() !== '')
    return undefined;
  const href = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i.exec(html.slice(begin, open));
  return (href?.[1] ?? href?.[2] ?? href?.[3])?.replaceAll('&amp;', '&');
}
