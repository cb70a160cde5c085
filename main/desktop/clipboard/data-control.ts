import { setTimeout as pause } from 'node:timers/promises';
import type { Content, SystemClipboard } from '../../clipboard/content.ts';
import type { ReadableClipboard } from '../../clipboard/raw-clipboard.ts';
import { type ConvertToPng, readClip } from '../../clipboard/read-clip.ts';
import { type DataControlClient, SelectionChangedError } from '../wayland/data-control.ts';
import { ClipboardBusyError } from './errors.ts';
import { offeredTypes, readOfferedTypes } from './offered-types.ts';

/** So often is a clipboard read that changes while it is read. */
const TRIES = 3;
/**
 * A write counts once it was on the clipboard for so long, in ms: programs that hold the clipboard take
 * it back within a few. Others can paste meanwhile.
 */
const STAYS_MS = 50;
/** Between two tries to watch, once the connection was lost, in ms. */
const RECONNECT_MS = 1_000;

/**
 * The clipboard of a Wayland compositor by data-control. What is read is what was on it when the
 * compositor was asked, from one program, marks included.
 * @param connect gives the connection, or a new one where that was lost
 */
export function createDataControlClipboard(
  connect: () => Promise<DataControlClient>,
  toPng?: ConvertToPng,
): SystemClipboard {
  const reading = async <T>(step: (by: ReadableClipboard) => Promise<T>): Promise<T> => {
    const client = await connect();
    for (let tries = 1; ; tries += 1) {
      const { serial, types } = await client.current();
      try {
        return await step(
          readOfferedTypes({
            targets: async () => types,
            read: (type) => client.read(serial, type),
          }),
        );
      } catch (error) {
        if (!(error instanceof SelectionChangedError)) throw error;
        if (tries === TRIES) throw new ClipboardBusyError();
      }
    }
  };
  const write = async (content: Content): Promise<void> => {
    const offered = offeredTypes(content);
    if (offered === undefined) return;
    const client = await connect();
    try {
      await client.write(offered);
      if (offered.size === 0) return;
      await pause(STAYS_MS);
      // Ours still, or a later write of ours.
      if (client.copied() !== undefined) return;
    } catch (error) {
      if (!(error instanceof ClipboardBusyError) || offered.size === 0) throw error;
    }
    // A clipboard manager may have taken over what was written.
    if (!(await hasContent(offered))) throw new ClipboardBusyError();
  };
  /** Whether the first type of these that is on the clipboard has this content. */
  const hasContent = async (written: ReadonlyMap<string, Uint8Array>): Promise<boolean> => {
    const client = await connect();
    const { serial, types } = await client.current();
    for (const [type, bytes] of written) {
      if (!types.includes(type)) continue;
      const found = await client.read(serial, type);
      return found !== undefined && Buffer.compare(found, bytes) === 0;
    }
    return false;
  };
  return {
    read: () => reading((by) => readClip(by, 'linux', toPng)),
    formats: () => reading(async (by) => (await by.snapshot()).formats),
    writeText: (text) => write({ kind: 'text', text }),
    write,
    onChange(listener, onReady) {
      const stopping = new AbortController();
      void watch(connect, listener, stopping.signal, onReady);
      return () => stopping.abort();
    },
  };
}

/** Watches until it is stopped, over a new connection whenever one is lost. */
async function watch(
  connect: () => Promise<DataControlClient>,
  listener: () => void,
  signal: AbortSignal,
  onReady?: () => void,
): Promise<void> {
  while (!signal.aborted) {
    const client = await connect().catch(() => undefined);
    if (signal.aborted) return;
    const stop = client?.onChange(listener);
    if (client !== undefined) onReady?.();
    const isStopped = new Promise((resolve) => signal.addEventListener('abort', resolve));
    await Promise.race([client?.exited, isStopped]);
    stop?.();
    await pause(RECONNECT_MS, undefined, { signal }).catch(() => undefined);
  }
}
