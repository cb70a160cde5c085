import { setTimeout as pause } from 'node:timers/promises';
import { isConcealed, OWN_MARKS } from '../../clipboard/concealed.ts';
import type { Content, SystemClipboard } from '../../clipboard/content.ts';
import { GNOME_FILES, gnomeFilesOf, KDE_CUT, uriListOf } from '../../clipboard/file-list.ts';
import type {
  ClipboardPlatform,
  RawClipboard,
  ReadableClipboard,
  WatchClipboard,
} from '../../clipboard/raw-clipboard.ts';
import { type ConvertToPng, readClip } from '../../clipboard/read-clip.ts';
import { SilentError } from '../x11/connection.ts';
import type { X11Selection } from '../x11/selection.ts';
import { type Before44Deps, rawClipboardBefore44 } from './electron-before-44.ts';
import { rawClipboardSince44, type Since44Deps } from './electron-since-44.ts';
import { ClipboardBusyError, ClipboardNeedsFocusError } from './errors.ts';
import { offeredTypes, readOfferedTypes } from './offered-types.ts';
import { pollForChanges } from './watch.ts';

export interface SystemClipboardDeps {
  /** Electron's; which of its two shapes it has is found out by looking. */
  readonly clipboard: Before44Deps['clipboard'] | Since44Deps['clipboard'];
  /** There since Electron 44. */
  readonly ClipboardItem?: Since44Deps['ClipboardItem'];
  readonly nativeImage: Before44Deps['nativeImage'];
  readonly platform: NodeJS.Platform;
  /** Opens the X server's clipboard, where reading it is cheaper than by Electron; when first read. */
  readonly openX11?: () => Promise<X11Selection>;
  /** Owns the X server's clipboard with formats by their names, where Electron can write only one. */
  readonly ownX11?: (parts: ReadonlyMap<string, Uint8Array>) => Promise<unknown>;
  /**
   * Whether a window of ours has the focus: given where Electron can use the clipboard only then
   * (Wayland). It doesn't fail otherwise, but answers from memory. Everything is written by `ownX11`
   * there, if that is given.
   */
  readonly hasFocus?: () => boolean;
  /** Converts what browsers can't show. */
  readonly toPng?: ConvertToPng;
  /** Gives the native watcher, loaded when someone first listens; without it changes are polled. */
  readonly loadWatch?: () => Promise<WatchClipboard | undefined>;
}

/** The system's clipboard by Electron, in both of its shapes, and by the X server. */
export function createSystemClipboard(deps: SystemClipboardDeps): SystemClipboard {
  const { openX11, ownX11, hasFocus } = deps;
  const platform = platformOf(deps.platform);
  const raw = guarded(rawClipboard(deps, platform), hasFocus);
  const x11 = openX11 === undefined ? undefined : reconnecting(openX11);
  const reading: <T>(step: (by: ReadableClipboard) => Promise<T>) => Promise<T> = (step) =>
    x11 === undefined
      ? step(raw)
      : x11(
          (selection) =>
            step(readOfferedTypes(selection, hasFocus ? undefined : renderedPngOf(raw))),
          () => step(raw),
        );
  const poll = pollForChanges(raw, platform);
  const watch = shareOneWatch(async () => withFallback(await deps.loadWatch?.(), poll));

  const write = async (content: Content): Promise<void> => {
    const offered = offeredTypes(content);
    if (offered === undefined) return;
    // Of several formats Electron may write only one.
    const isSeveral = content.kind === 'files' || (content.kind === 'text' && content.concealed);
    if (ownX11 !== undefined && (hasFocus !== undefined || isSeveral)) {
      const owned = ownX11(offered);
      await (hasFocus ? owned : owned.catch(() => writeRaw(raw, content, platform)));
    } else await writeRaw(raw, content, platform);
    const isThere = await x11?.(
      (selection) => offers(selection, content, offered),
      async () => true,
    );
    if (isThere === false) throw new ClipboardBusyError();
  };

  return {
    async read() {
      const clip = await reading((by) => readClip(by, platform, deps.toPng));
      if (x11 === undefined || clip.concealed) return clip;
      // Markers and content are read separately. Another program may have taken the clipboard in
      // between, so its marker is checked too.
      const concealed = await reading((by) => isConcealed(by, platform));
      return concealed ? { content: { kind: 'empty' }, concealed } : clip;
    },
    formats: () => reading(async (by) => (await by.snapshot()).formats),
    writeText: (text) => write({ kind: 'text', text }),
    write,
    onChange: watch,
  };
}

const renderedPngOf = (raw: RawClipboard) => async (): Promise<Uint8Array | undefined> =>
  (await raw.snapshot()).renderedPng();

/** Whether the X server gives other programs what was written. */
async function offers(
  selection: X11Selection,
  content: Content,
  written: ReadonlyMap<string, Uint8Array>,
): Promise<boolean> {
  const text = content.kind === 'text' ? written.get('UTF8_STRING') : undefined;
  if (text !== undefined) {
    const found = await selection.read('UTF8_STRING');
    return found !== undefined && Buffer.compare(found, text) === 0;
  }
  // Electron may encode an image anew, so of others the names have to do.
  const targets = await selection.targets();
  return written.size === 0 || targets.some((name) => written.has(name));
}

/** Refuses what Electron would answer from memory. */
function guarded(raw: RawClipboard, hasFocus: SystemClipboardDeps['hasFocus']): RawClipboard {
  if (hasFocus === undefined) return raw;
  const focused = async <T>(step: () => Promise<T>): Promise<T> => {
    if (!hasFocus()) throw new ClipboardNeedsFocusError();
    const result = await step();
    if (!hasFocus()) throw new ClipboardNeedsFocusError();
    return result;
  };
  return {
    mark: (format, needsValue) => focused(() => raw.mark(format, needsValue)),
    snapshot: () => focused(() => raw.snapshot()),
    writeText: (text) => focused(() => raw.writeText(text)),
    write: (parts) => focused(() => raw.write(parts)),
    clear: () => focused(() => raw.clear()),
  };
}

/**
 * Uses one connection to the X server for as long as it works, and a new one the next time.
 * @returns runs a step over the connection, or the other step where there is none
 * @throws ClipboardBusyError when what owns the clipboard gives no answer
 */
function reconnecting(
  open: () => Promise<X11Selection>,
): <T>(step: (selection: X11Selection) => Promise<T>, otherwise: () => Promise<T>) => Promise<T> {
  let opened: Promise<X11Selection> | undefined;
  return async (step, otherwise) => {
    opened ??= open();
    const mine = opened;
    try {
      return await step(await mine);
    } catch (error) {
      // Don't fall back to Electron: it would block the whole app until the same program responds.
      // Keep the connection: a program that responds to a closed window may crash.
      if (error instanceof SilentError) throw new ClipboardBusyError();
      if (opened === mine) opened = undefined;
      void mine.then(
        (selection) => selection.close(),
        () => undefined,
      );
      return otherwise();
    }
  };
}

function rawClipboard(deps: SystemClipboardDeps, platform: ClipboardPlatform): RawClipboard {
  const { clipboard, ClipboardItem, nativeImage } = deps;
  if ('readBuffer' in clipboard) {
    return rawClipboardBefore44({ clipboard, nativeImage, platform });
  }
  if (ClipboardItem === undefined) throw new TypeError('this clipboard needs ClipboardItem');
  return rawClipboardSince44({ clipboard, ClipboardItem });
}

function platformOf(platform: NodeJS.Platform): ClipboardPlatform {
  return platform === 'darwin' || platform === 'win32' ? platform : 'linux';
}

/** Writes by Electron. */
async function writeRaw(
  raw: RawClipboard,
  content: Content,
  platform: ClipboardPlatform,
): Promise<void> {
  switch (content.kind) {
    case 'text':
      if (content.concealed) {
        const marks = [...OWN_MARKS[platform]].map(([format, bytes]) => ({ format, bytes }));
        return raw.write([{ format: 'text/plain', text: content.text }, ...marks]);
      }
      if (content.html === undefined) return writeText(raw, content.text, platform);
      return raw.write([
        { format: 'text/plain', text: content.text },
        { format: 'text/html', text: content.html },
      ]);
    case 'image':
      return raw.write([{ format: content.mime, bytes: content.bytes }]);
    case 'files': {
      const { paths, cut = false } = content;
      const uris = { format: 'text/uri-list', text: uriListOf(paths) };
      const gnome = { format: GNOME_FILES, text: gnomeFilesOf(paths, cut) };
      const kde = { format: KDE_CUT, text: cut ? '1' : '0' };
      // Where only the first can be written, that of files that were cut has to say so.
      const all = platform !== 'linux' ? [uris] : cut ? [gnome, uris, kde] : [uris, gnome, kde];
      return raw.write(
        all.map(({ format, text }) => ({ format, bytes: new TextEncoder().encode(text) })),
      );
    }
    case 'empty':
      return raw.clear();
    case 'unsupported':
      return undefined;
  }
}

/** How often, and how far apart in ms, a write is tried on Windows. */
const TRIES = 5;
const PAUSE_MS = 40;

/**
 * On Windows any program can hold the clipboard open, and a write then fails without a word:
 * there the text is read back, and written again, before it counts as copied. On macOS a read may
 * ask the user for permission, so only the names of formats are read back.
 * @throws ClipboardBusyError
 */
async function writeText(
  raw: RawClipboard,
  text: string,
  platform: ClipboardPlatform,
): Promise<void> {
  const isThere = async (): Promise<boolean> => {
    if (platform === 'linux') return true;
    const snapshot = await raw.snapshot();
    return platform === 'darwin'
      ? snapshot.formats.includes('text/plain')
      : (await snapshot.text()) === text;
  };
  await raw.writeText(text);
  for (let tries = 1; !(await isThere()); tries++) {
    if (tries === TRIES) throw new ClipboardBusyError();
    await pause(PAUSE_MS);
    await raw.writeText(text);
  }
}

/** A native watch that cannot begin (no display to watch, say) gives way to the other one. */
function withFallback(native: WatchClipboard | undefined, poll: WatchClipboard): WatchClipboard {
  if (native === undefined) return poll;
  return (onChange) => {
    try {
      return native(onChange);
    } catch {
      return poll(onChange);
    }
  };
}

/** One watch for all listeners: begun with the first of them, ended with the last. */
function shareOneWatch(load: () => Promise<WatchClipboard>): SystemClipboard['onChange'] {
  const listeners = new Set<() => void>();
  let stop: Promise<() => void> | undefined;
  const begin = async (): Promise<() => void> => {
    const watch = await load();
    return watch(() => {
      for (const listener of [...listeners]) listener();
    });
  };
  return (onChange, onReady) => {
    // A wrapper of its own, so that one function can listen twice.
    const listener = (): void => onChange();
    listeners.add(listener);
    stop ??= begin();
    void stop.then(() => {
      if (listeners.has(listener)) onReady?.();
    });
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      const ended = stop;
      stop = undefined;
      void ended?.then((end) => end());
    };
  };
}
