import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { type DesktopClipboard, fileListOf, waitForClipboardText } from '../desktop/clipboard.ts';
import { endChild, runProgram, spawnBound } from '../desktop/processes.ts';
import { waitFor } from '../desktop/wait-for.ts';

const TEXT = 'text/plain;charset=utf-8';

const COPY_PARTS = join(import.meta.dirname, 'copy-parts.py');

type Env = Readonly<Record<string, string>>;

/** How a test reads the clipboard of a session. */
export interface ClipboardReader {
  formats(): Promise<readonly string[]>;
  /** @throws Error where nothing of this format is on it */
  read(mime: string): Promise<Uint8Array>;
}

/** Reads as a program without a window does, on compositors with data-control. */
export function pasteProgram(env: Env, prefix: readonly string[] = []): ClipboardReader {
  const paste = (args: readonly string[]): Promise<Buffer> =>
    runProgram(...commandOf(prefix, 'wl-paste', args), { env, limitMs: 5_000 });
  return {
    read: (mime) => paste(['--no-newline', '--type', mime]),
    async formats() {
      // wl-paste fails where nothing is on the clipboard.
      const list = await paste(['--list-types']).catch(() => Buffer.alloc(0));
      return list.toString().split('\n').filter(Boolean);
    },
  };
}

function commandOf(
  prefix: readonly string[],
  command: string,
  args: readonly string[],
): [string, string[]] {
  const [program = command, ...rest] = [...prefix, command, ...args];
  return [program, rest];
}

/**
 * Copies a text, and again whenever another program copies something, so that nothing else stays on
 * the clipboard.
 * @returns what ends it; the clipboard is empty then
 */
export async function holdClipboard(env: Env, text: string): Promise<() => Promise<void>> {
  const holder = spawnBound('python3', [COPY_PARTS, '--hold'], {
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  holder.stdin?.end(JSON.stringify({ [TEXT]: text }));
  const { read } = pasteProgram(env);
  await waitFor('the held text', async () => Buffer.from(await read(TEXT)).toString() === text);
  return () => endChild(holder);
}

/**
 * The clipboard as Wayland programs without a window use it: wl-copy, and for several formats one
 * that needs `zwlr_data_control_manager_v1`.
 * @param prefix a command that runs these programs where the desktop's are
 */
export function createWaylandClipboard(
  env: Env,
  { formats, read }: ClipboardReader,
  prefix: readonly string[] = [],
): DesktopClipboard {
  let owner: ChildProcess | undefined;

  const readText = (): Promise<string> =>
    read(TEXT).then(
      (bytes) => Buffer.from(bytes).toString('utf8'),
      () => '',
    );

  /** Starts a program that owns the clipboard from then on, and waits until it does. */
  const own = async (
    command: string,
    args: readonly string[],
    input: Uint8Array,
    isThere: () => Promise<boolean>,
  ): Promise<void> => {
    const before = owner;
    // It stays for as long as it owns the clipboard, so none of our pipes may be its own.
    owner = spawnBound(...commandOf(prefix, command, args), {
      env,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    owner.stdin?.end(input);
    await waitFor(`what ${command} copied`, isThere);
    if (before !== undefined) await endChild(before);
  };

  const write = (mime: string, bytes: Uint8Array): Promise<void> =>
    own('wl-copy', ['--foreground', '--type', mime], bytes, async () =>
      Buffer.from(await read(mime)).equals(bytes),
    );

  return {
    write,
    writeParts(parts) {
      const input = Buffer.from(JSON.stringify(parts));
      return own('python3', [COPY_PARTS], input, async () => {
        const offered = await formats();
        return Object.keys(parts).every((format) => offered.includes(format));
      });
    },
    writeText: (text) => write(TEXT, Buffer.from(text)),
    writeImage: (png) => write('image/png', png),
    writeFiles: (paths, format = 'text/uri-list') => write(format, fileListOf(paths, format)),
    async clear() {
      await runProgram(...commandOf(prefix, 'wl-copy', ['--clear']), { env });
      if (owner !== undefined) await endChild(owner);
      owner = undefined;
    },
    readText,
    read,
    formats,
    // The desktop starts the app a second time to share, which takes long on a busy machine.
    waitForText: (wanted, limitMs = 30_000) => waitForClipboardText(readText, wanted, limitMs),
    async close() {
      if (owner !== undefined) await endChild(owner);
      owner = undefined;
    },
  };
}
