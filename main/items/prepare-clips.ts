import type { Content } from '../clipboard/content.ts';
import type { Messages } from '../i18n/messages.ts';
import {
  bundle,
  named,
  type OpenFile,
  type Preparation,
  type PreparedItem,
  prepareClip,
} from './prepare-items.ts';

/**
 * What was copied earlier: one clip as if it were on the clipboard, several as one collection in
 * the order given. Files of a clip become entries of their own.
 */
export async function prepareClips(
  contents: readonly Content[],
  name: string | undefined,
  openFile: OpenFile,
  messages: Messages,
): Promise<Preparation> {
  const [first] = contents;
  if (first === undefined) return { ok: false, fault: { kind: 'clip-not-found' } };
  if (contents.length === 1) {
    const alone = await prepareClip({ content: first, concealed: false }, openFile, messages);
    return named(alone, name);
  }
  const items: PreparedItem[] = [];
  const unreadable: string[] = [];
  let sizeBytes = 0;
  for (const content of contents) {
    const part = await prepareClip({ content, concealed: false }, openFile, messages);
    if (!part.ok) return part;
    items.push(...part.prepared.items);
    unreadable.push(...(part.prepared.unreadable ?? []));
    sizeBytes += part.prepared.sizeBytes;
  }
  return bundle(
    apart(items),
    sizeBytes,
    name,
    messages.t('clips', { count: contents.length }),
    messages,
    unreadable,
  );
}

/** Files of the same name get a number each: three images are all called after the clipboard. */
function apart(items: readonly PreparedItem[]): readonly PreparedItem[] {
  const times = new Map<string, number>();
  return items.map((item) => {
    const before = times.get(item.name) ?? 0;
    times.set(item.name, before + 1);
    if (before === 0 || item.kind === 'text') return item;
    const dot = item.name.lastIndexOf('.');
    const end = dot > 0 ? dot : item.name.length;
    return { ...item, name: `${item.name.slice(0, end)}-${before + 1}${item.name.slice(end)}` };
  });
}
