import type { LinkFormat } from '../../preload/contract.ts';
import type { SystemClipboard } from '../clipboard/content.ts';
import { formatLink } from './format-link.ts';

export interface CopyLinkDeps {
  readonly clipboard: Pick<SystemClipboard, 'write' | 'writeText'>;
  /** How the person wants links: read at each write. */
  readonly usual: () => { readonly format: LinkFormat; readonly template: string };
}

/** Puts a link on the clipboard, in the person's usual format unless another one is given. */
export type WriteLink = (
  link: { readonly link: string; readonly title: string },
  format?: LinkFormat,
) => Promise<void>;

/** `lastText` is the text that the last link was written as; `undefined` before the first. */
export function createWriteLink({
  clipboard,
  usual,
}: CopyLinkDeps): WriteLink & { lastText(): string | undefined } {
  let last: string | undefined;
  const write = async (...[link, format]: Parameters<WriteLink>): Promise<void> => {
    const { format: usualFormat, template } = usual();
    const { text, html } = formatLink(link, format ?? usualFormat, template);
    last = text;
    if (html === undefined) await clipboard.writeText(text);
    else await clipboard.write({ kind: 'text', text, html });
  };
  return Object.assign(write, { lastText: () => last });
}
