import type { ChildProcess } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { type ClipboardOwner, ownClipboard } from './own-clipboard.ts';
import { endChild, runProgram, spawnBound } from './processes.ts';
import { waitFor } from './wait-for.ts';

/** The desktop's clipboard, as another program (xclip) puts things on it and takes them off. */
export interface DesktopClipboard {
  writeText(text: string): Promise<void>;
  writeImage(png: Uint8Array): Promise<void>;
  /** As a file manager puts copied files there. */
  writeFiles(paths: readonly string[], format?: FileListFormat): Promise<void>;
  write(mime: string, bytes: Uint8Array): Promise<void>;
  /** Several formats of one thing, as most programs put them there. */
  writeParts(parts: Readonly<Record<string, string>>): Promise<void>;
  /** Leaves nothing on it. */
  clear(): Promise<void>;
  readText(): Promise<string>;
  read(mime: string): Promise<Uint8Array>;
  formats(): Promise<readonly string[]>;
  /** Waits until the text on it is such. */
  waitForText(wanted: (text: string) => boolean, limitMs?: number): Promise<string>;
  close(): Promise<void>;
}

export type FileListFormat = 'text/uri-list' | 'x-special/gnome-copied-files';

/** The list that a file manager puts on the clipboard. */
export function fileListOf(paths: readonly string[], format: FileListFormat): Buffer {
  const urls = paths.map((path) => pathToFileURL(path).href);
  return Buffer.from(
    format === 'text/uri-list' ? `${urls.join('\r\n')}\r\n` : ['copy', ...urls].join('\n'),
  );
}

/** Waits until the clipboard has such a text, and answers it. */
export async function waitForClipboardText(
  readText: () => Promise<string>,
  wanted: (text: string) => boolean,
  limitMs?: number,
): Promise<string> {
  const { text } = await waitFor(
    'the text on the clipboard',
    async () => {
      const found = await readText();
      return wanted(found) ? { text: found } : undefined;
    },
    limitMs,
  );
  return text;
}

const SELECTION = ['-selection', 'clipboard'] as const;

export function createClipboard(env: NodeJS.ProcessEnv): DesktopClipboard {
  let owner: ChildProcess | undefined;
  let several: ClipboardOwner | undefined;

  const read = async (mime: string): Promise<Uint8Array> =>
    runProgram('xclip', ['-out', ...SELECTION, '-target', mime], { env, limitMs: 5_000 });

  // xclip fails where nobody owns the clipboard, or offers no such format.
  const readText = async (): Promise<string> =>
    read('UTF8_STRING').then(
      (bytes) => Buffer.from(bytes).toString('utf8'),
      () => '',
    );

  const release = async (): Promise<void> => {
    if (owner !== undefined) await endChild(owner);
    owner = undefined;
    several?.close();
    several = undefined;
  };

  const write = async (mime: string, bytes: Uint8Array): Promise<void> => {
    const before = owner;
    // `-quiet` keeps it in the foreground, where it can be ended.
    owner = spawnBound('xclip', ['-quiet', '-in', ...SELECTION, '-target', mime], {
      env,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    owner.stdin?.end(bytes);
    await waitFor(`${mime} on the clipboard`, async () =>
      Buffer.from(await read(mime)).equals(bytes),
    );
    if (before !== undefined) await endChild(before);
  };

  return {
    write,
    async writeParts(parts) {
      const before = owner;
      owner = undefined;
      several?.close();
      several = await ownClipboard(env.DISPLAY ?? '', parts);
      if (before !== undefined) await endChild(before);
    },
    writeText: (text) => write('UTF8_STRING', Buffer.from(text)),
    writeImage: (png) => write('image/png', png),
    writeFiles: (paths, format = 'text/uri-list') => write(format, fileListOf(paths, format)),
    async clear() {
      // Taking ownership and ending leaves the clipboard without an owner.
      await write('UTF8_STRING', Buffer.from('to be cleared'));
      await release();
    },
    readText,
    read,
    async formats() {
      const targets = await read('TARGETS').catch(() => new Uint8Array());
      return Buffer.from(targets).toString().split('\n').filter(Boolean);
    },
    waitForText: (wanted, limitMs) => waitForClipboardText(readText, wanted, limitMs),
    close: release,
  };
}
