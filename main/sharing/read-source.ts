import type { Clip, Content, SystemClipboard } from '../clipboard/content.ts';
import { inspect } from '../clipboard/describe-content.ts';
import { faultOf } from '../failures/faults.ts';
import type { Messages } from '../i18n/messages.ts';
import { prepareClips } from '../items/prepare-clips.ts';
import {
  named,
  type OpenFile,
  type Preparation,
  prepareClip,
  prepareContent,
  prepareFiles,
  prepareText,
  prepareTexts,
  remoteFiles,
  textOf,
} from '../items/prepare-items.ts';
import type { FindOwnLink } from '../links/find-own-link.ts';
import type { RecentLink } from '../links/schema.ts';

/** What to share. */
export type ShareSource =
  | { readonly from: 'clipboard'; readonly name?: string }
  | { readonly from: 'text'; readonly text: string; readonly name?: string }
  | { readonly from: 'files'; readonly paths: readonly string[]; readonly name?: string }
  /** What a command read from stdin: a text where it is one, else a file. */
  | { readonly from: 'content'; readonly bytes: Uint8Array; readonly name?: string }
  /** What was copied earlier; several become one collection. */
  | { readonly from: 'clips'; readonly contents: readonly Content[]; readonly name?: string }
  | {
      readonly from: 'texts';
      readonly items: readonly { readonly text: string; readonly name?: string }[];
      readonly name?: string;
    };

export interface ReadSource {
  /** What is on the clipboard, whatever is shared: the link may take its place. */
  readonly clip: Clip;
  readonly preparation: Preparation;
}

/**
 * Reads the clipboard and prepares what is shared.
 * @param onTitle called before files are opened, which takes its time, with what they are called
 */
export type ReadShareSource = (
  source: ShareSource,
  onTitle: (title: string) => void,
) => Promise<ReadSource>;

/** What doesn't come from the clipboard is shared although only the app in front may read that. */
async function readClipboard(
  clipboard: Pick<SystemClipboard, 'read'>,
  source: ShareSource,
): Promise<Clip> {
  try {
    return await clipboard.read();
  } catch (error) {
    const needsFocus = faultOf(error).kind === 'clipboard-needs-focus';
    if (!needsFocus || source.from === 'clipboard') throw error;
    return { content: { kind: 'unsupported', formats: [] }, concealed: false };
  }
}

export function createReadSource(deps: {
  readonly clipboard: Pick<SystemClipboard, 'read'>;
  readonly openFile: OpenFile;
  /** What consists of one of our links is not shared again. */
  readonly findOwnLink: FindOwnLink;
  readonly messages: Messages;
}): ReadShareSource {
  const { messages, openFile, findOwnLink } = deps;

  const ownLinkOf = (source: ShareSource, clip: Clip): RecentLink | undefined => {
    switch (source.from) {
      case 'clipboard':
        return findOwnLink(clip.content);
      case 'text':
        return findOwnLink({ kind: 'text', text: source.text });
      case 'files':
        return undefined;
      case 'content': {
        const text = textOf(source.bytes);
        return text === undefined ? undefined : findOwnLink({ kind: 'text', text });
      }
      case 'clips':
      case 'texts': {
        const contents: readonly Content[] =
          source.from === 'clips'
            ? source.contents
            : source.items.map(({ text }) => ({ kind: 'text', text }));
        const found = contents.map(findOwnLink);
        return found.includes(undefined) ? undefined : found[0];
      }
    }
  };

  const prepareDroppedText = (text: string, name?: string): Preparation => {
    const remote = remoteFiles(text);
    if (remote !== undefined) return { ok: false, fault: remote };
    return text.trim() === ''
      ? { ok: false, fault: { kind: 'nothing-to-share' } }
      : { ok: true, prepared: prepareText(text, messages, name) };
  };

  const prepare = async (source: ShareSource, clip: Clip): Promise<Preparation> => {
    switch (source.from) {
      case 'clipboard':
        return named(await prepareClip(clip, openFile, messages), source.name);
      case 'text':
        return prepareDroppedText(source.text, source.name);
      case 'files':
        return named(await prepareFiles(source.paths, openFile, messages), source.name);
      case 'content':
        return prepareContent(source.bytes, source.name, messages);
      case 'clips':
        return prepareClips(source.contents, source.name, openFile, messages);
      case 'texts':
        return prepareTexts(source.items, source.name, messages);
    }
  };

  return async (source, onTitle) => {
    const clip = await readClipboard(deps.clipboard, source);
    const own = ownLinkOf(source, clip);
    if (own !== undefined) {
      const { id: linkId, title } = own;
      return { clip, preparation: { ok: false, fault: { kind: 'already-a-link', linkId, title } } };
    }
    const content: Content = source.from === 'files' ? { ...source, kind: 'files' } : clip.content;
    if (content.kind === 'files') onTitle(inspect(content, messages).title);
    return { clip, preparation: await prepare(source, clip) };
  };
}
