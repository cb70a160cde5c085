import { createHash } from 'node:crypto';
import type {
  ClipboardPlatform,
  RawClipboard,
  WatchClipboard,
} from '../../clipboard/raw-clipboard.ts';

/**
 * Loads the source of change events: the X server, or the native library on Windows and macOS.
 * @returns `undefined` if neither is available
 */
export async function loadWatch(platform: NodeJS.Platform): Promise<WatchClipboard | undefined> {
  try {
    if (platform === 'win32' || platform === 'darwin') return await loadNativeWatch();
    const { watchX11Clipboard } = await import('./watch-x11.ts');
    return await watchX11Clipboard();
  } catch {
    return undefined;
  }
}

/**
 * The native library, an optional dependency: not installed everywhere, and without a binary
 * for some machines. Nothing else of it may be called: its other calls block the main thread.
 * (On X11 it looks twice a second, too late for us, so it is not used there.)
 */
async function loadNativeWatch(): Promise<WatchClipboard> {
  const { startWatch } = await import('@crosscopy/clipboard');
  return (onChange) => {
    // It stops by itself once nobody holds it, so whoever listens must keep what is returned.
    const watcher = startWatch(onChange);
    return () => watcher.stop();
  };
}

/** Shortest and longest time between two looks, in ms. */
const EVERY_MS = 1000;
const AT_MOST_EVERY_MS = 30_000;

/** After a slow poll the pause is longer: 500 times as long as the poll took. */
const REST = 500;

/**
 * Fallback without change events: polls the format names and the text, never images. On macOS the
 * names alone, for reading there may ask the user for permission. So two images or files in a row
 * look the same.
 */
export function pollForChanges(
  raw: Pick<RawClipboard, 'snapshot'>,
  platform: ClipboardPlatform,
): WatchClipboard {
  const look = async (): Promise<string> => {
    const { formats, text } = await raw.snapshot();
    const readable = platform !== 'darwin' && formats.includes('text/plain');
    const words = readable
      ? createHash('sha256')
          .update(await text())
          .digest('base64')
      : '';
    return [...formats, words].join('\n');
  };
  return (onChange) => {
    let timer: NodeJS.Timeout | undefined;
    let stopped = false;
    let before: string | undefined;
    const tick = async (): Promise<void> => {
      const startMs = performance.now();
      // A clipboard that cannot be read now is looked at again later.
      const now = await look().catch(() => before);
      if (stopped) return;
      const restMs = (performance.now() - startMs) * REST;
      timer = setTimeout(tick, Math.min(Math.max(EVERY_MS, restMs), AT_MOST_EVERY_MS));
      const changed = before !== undefined && now !== before;
      before = now;
      if (!changed) return;
      onChange();
      // It may stand for two: a write of ours, and what another program copied after it. On macOS the
      // second could not be read, and so not be told from ours.
      if (platform !== 'darwin') onChange();
    };
    void tick();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  };
}
