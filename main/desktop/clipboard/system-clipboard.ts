import { setTimeout as pause } from 'node:timers/promises';
import { isConcealed } from '../../clipboard/concealed.ts';
import type { Content, SystemClipboard } from '../../clipboard/content.ts';
import { GNOME_FILES, gnomeFilesOf, KDE_CUT, uriListOf } from '../../clipboard/file-list.ts';
import type {
  ClipboardPlatform,
  RawClipboard,
  WatchClipboard,
} from '../../clipboard/raw-clipboard.ts';
import { type ConvertToPng, readClip } from '../../clipboard/read-clip.ts';
import type { X11Selection } from '../x11/selection.ts';
import { type Before44Deps, rawClipboardBefore44 } from './electron-before-44.ts';
import { rawClipboardSince44, type Since44Deps } from './electron-since-44.ts';
import { pollForChanges } from './watch.ts';
import { rawClipboardX11 } from './x11.ts';

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
  readonly ownX11?: (parts: ReadonlyMap<string, Uint8Array>) => Promise<void>;
  /** Converts what browsers can't show. */
  readonly toPng?: ConvertToPng;
  /** Gives the native watcher, loaded when someone first listens; without it changes are polled. */
  readonly loadWatch?: () => Promise<WatchClipboard | undefined>;
}

/** Another program keeps the clipboard open, or owns it and gives no answer. */
export class ClipboardBusyError extends Error {
  override readonly name = 'ClipboardBusyError';
  constructor() {
    super('another program keeps the clipboard to itself');
  }
}

/** The one place that reads and writes the system's clipboard, for both of Electron's shapes. */
export function createSystemClipboard(deps: SystemClipboardDeps): SystemClipboard {
  const platform = platformOf(deps.platform);
  const raw = rawClipboard(deps, platform);
  const reading = readingBy(raw, deps.openX11);
  const poll = pollForChanges(raw, platform);
  const watch = shareOneWatch(async () => withFallback(await deps.loadWatch?.(), poll));
  return {
    async read() {
      const clip = await reading((by) => readClip(by, platform, deps.toPng));
      if (deps.openX11 === undefined || clip.concealed) return clip;
      // Markers and content are read separately. Another program may have taken the clipboard in
      // between, so its marker is checked too.
      const concealed = await reading((by) => isConcealed(by, platform));
      return concealed ? { content: { kind: 'empty' }, concealed } : clip;
    },
    formats: () => reading(async (by) => (await by.snapshot()).formats),
    writeText: (text) => writeText(raw, text, platform),
    async write(content) {
      switch (content.kind) {
        case 'text':
          return raw.write([
            { format: 'text/plain', text: content.text },
            ...(content.html === undefined
              ? []
              : [{ format: 'text/html', text: content.html } as const]),
          ]);
        case 'image':
          return raw.write([{ format: content.mime, bytes: content.bytes }]);
        case 'files':
          return writeFiles(content, raw, deps, platform);
        case 'empty':
          return raw.clear();
        case 'unsupported':
          // It was never read, so there is nothing to put back.
          return undefined;
      }
    },
    onChange: watch,
  };
}

/**
 * Reads by the X server where there is one; by Electron where that fails, and anew the next time.
 * @throws ClipboardBusyError when what owns the clipboard gives no answer
 */
function readingBy(
  electron: RawClipboard,
  open: SystemClipboardDeps['openX11'],
): <T>(step: (raw: RawClipboard) => Promise<T>) => Promise<T> {
  let opened: Promise<X11Selection> | undefined;
  return async (step) => {
    if (open === undefined) return step(electron);
    opened ??= open();
    const mine = opened;
    try {
      return await step(rawClipboardX11({ selection: await mine, electron }));
    } catch (error) {
      // Don't fall back to Electron: it would block the whole app until the same program responds.
      // Keep the connection: a program that responds to a closed window may crash.
      if (error instanceof Error && error.name === 'SilentError') throw new ClipboardBusyError();
      if (opened === mine) opened = undefined;
      void mine.then(
        (selection) => selection.close(),
        () => undefined,
      );
      return step(electron);
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

type Files = Content & { readonly kind: 'files' };

/** File managers of each desktop look for a format of their own: all of them are written at once. */
async function writeFiles(
  { paths, cut }: Files,
  raw: RawClipboard,
  { ownX11 }: Pick<SystemClipboardDeps, 'ownX11'>,
  platform: ClipboardPlatform,
): Promise<void> {
  const isCut = cut === true;
  const uris = { format: 'text/uri-list', text: uriListOf(paths) };
  const gnome = { format: GNOME_FILES, text: gnomeFilesOf(paths, isCut) };
  const kde = { format: KDE_CUT, text: isCut ? '1' : '0' };
  // Where only the first can be written, that of files that were cut has to say so.
  const all = platform !== 'linux' ? [uris] : isCut ? [gnome, uris, kde] : [uris, gnome, kde];
  const parts = all.map(({ format, text }) => ({ format, bytes: new TextEncoder().encode(text) }));
  if (ownX11 === undefined) return raw.write(parts);
  const named = new Map(parts.map(({ format, bytes }) => [format, bytes]));
  // As text, file managers offer the paths.
  named.set('UTF8_STRING', new TextEncoder().encode(paths.join('\n')));
  await ownX11(named).catch(() => raw.write(parts));
}

/** How often, and how far apart in ms, a write is tried on Windows. */
const TRIES = 5;
const PAUSE_MS = 40;

/**
 * On Windows any program can hold the clipboard open, and a write then fails without a word:
 * there the text is read back, and written again, before it counts as copied.
 * @throws ClipboardBusyError
 */
async function writeText(
  raw: RawClipboard,
  text: string,
  platform: ClipboardPlatform,
): Promise<void> {
  await raw.writeText(text);
  if (platform !== 'win32') return;
  for (let tries = 1; (await (await raw.snapshot()).text()) !== text; tries++) {
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
