import type { LinkFormat } from '../../preload/contract.ts';
import type { SystemClipboard } from '../clipboard/content.ts';
import type { Settings } from '../settings/settings.ts';
import { formatLink } from './format-link.ts';

export interface CopyLinkDeps {
  readonly clipboard: Pick<SystemClipboard, 'write' | 'writeText'>;
  /** The user's format and template are read at each write. */
  readonly settings: Pick<Settings, 'values'>;
}

/** Puts a link on the clipboard, in the user's usual format unless another one is given. */
export type WriteLink = (
  link: { readonly link: string; readonly title: string },
  format?: LinkFormat,
) => Promise<void>;

/** `lastText` is the text that the last link was written as; `undefined` before the first. */
export function createWriteLink({
  clipboard,
  settings,
}: CopyLinkDeps): WriteLink & { lastText(): string | undefined } {
  let last: string | undefined;
  const write = async (...[link, format]: Parameters<WriteLink>): Promise<void> => {
    const { linkFormat, linkTemplate } = settings.values();
    const { text, html } = formatLink(link, format ?? linkFormat, linkTemplate);
    last = text;
    if (html === undefined) await clipboard.writeText(text);
    else await clipboard.write({ kind: 'text', text, html });
  };
  return Object.assign(write, { lastText: () => last });
}
