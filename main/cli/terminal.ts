import { closeSync, openSync } from 'node:fs';
import { ReadStream, WriteStream } from 'node:tty';
import type { Progress } from './protocol.ts';

/** The longest line that is typed, in characters. */
const MAX_TYPED = 4_096;

/**
 * Asks for a line on the terminal without showing what is typed, also where stdin is a pipe.
 * @returns `undefined` when there is no terminal, or the user pressed Ctrl+C or Ctrl+D
 */
export async function askHidden(prompt: string): Promise<string | undefined> {
  const terminal = openTerminal();
  if (terminal === undefined) return undefined;
  const { input, output, close } = terminal;
  try {
    // First: what is typed as soon as the prompt is there would be shown.
    input.setRawMode(true);
    output.write(prompt);
    return await typedLine(input);
  } finally {
    input.setRawMode(false);
    output.write('\n');
    close();
  }
}

/** One line, key by key: Backspace, Ctrl+U and the end of the input work as in a terminal. */
function typedLine(input: ReadStream): Promise<string | undefined> {
  return new Promise((resolve) => {
    let typed: readonly string[] = [];
    input.setEncoding('utf8');
    input.once('end', () => resolve(undefined));
    input.on('data', (chunk: string) => {
      for (const key of chunk) {
        switch (key) {
          case '\r':
          case '\n':
            return resolve(typed.join(''));
          case '\u0003':
            return resolve(undefined);
          case '\u0004':
            return resolve(typed.length === 0 ? undefined : typed.join(''));
          case '\b':
          case '\u007f':
            typed = typed.slice(0, -1);
            break;
          case '\u0015':
            typed = [];
            break;
          default:
            if (typed.length < MAX_TYPED) typed = [...typed, key];
        }
      }
    });
  });
}

interface Terminal {
  readonly input: ReadStream;
  readonly output: NodeJS.WritableStream;
  close(): void;
}

/** The terminal of this process, whatever its streams are; on Windows stdin and stderr. */
function openTerminal(): Terminal | undefined {
  if (process.platform === 'win32') {
    if (!process.stdin.isTTY) return undefined;
    const close = (): void => void process.stdin.pause();
    return { input: process.stdin, output: process.stderr, close };
  }
  try {
    const descriptor = openSync('/dev/tty', 'r+');
    try {
      const input = new ReadStream(descriptor);
      const output = new WriteStream(descriptor);
      return { input, output, close: () => void input.destroy() };
    } catch {
      closeSync(descriptor);
      return undefined;
    }
  } catch {
    return undefined;
  }
}

/** Between two changes of the line of progress, in ms. */
const REDRAW_MS = 100;
/** A share that is done sooner shows no progress, in ms. */
const SHOWN_AFTER_MS = 300;

/** A line of progress on stderr, which `clear` removes. */
export class ProgressLine {
  readonly #output: NodeJS.WriteStream;
  #timer: NodeJS.Timeout | undefined;
  #latest: Progress | undefined;
  #isDrawn = false;

  constructor(output: NodeJS.WriteStream) {
    this.#output = output;
  }

  update(progress: Progress): void {
    this.#latest = progress;
    // A share that stalls right at its start sends no more progress.
    this.#timer ??= setTimeout(() => this.#draw(), this.#isDrawn ? REDRAW_MS : SHOWN_AFTER_MS);
  }

  clear(): void {
    clearTimeout(this.#timer);
    if (this.#isDrawn) this.#output.write('\r\u001b[K');
    this.#isDrawn = false;
  }

  #draw(): void {
    this.#timer = undefined;
    if (this.#latest === undefined) return;
    const { sentBytes, totalBytes, what } = this.#latest;
    const isKnown = sentBytes !== undefined && totalBytes !== undefined && totalBytes > 0;
    const done = isKnown ? ` ${Math.floor((sentBytes / totalBytes) * 100)}%` : '';
    const text = `Sharing ${what.replace(/[\p{Cc}\p{Cf}]/gu, ' ')}`;
    // Erase in Line (ECMA-48, 8.3.41): the rest of a longer line before.
    this.#output.write(
      `\r${text.slice(0, Math.max(10, (this.#output.columns || 80) - 6))}${done}\u001b[K`,
    );
    this.#isDrawn = true;
  }
}
