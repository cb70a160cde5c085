import type { Writable } from 'node:stream';
import type { CommandOutput } from './run-command.ts';

/**
 * Prints a text whole, also to a pipe that is read slowly: the process may end once this settles.
 * @returns the exit code: 0, also when the reader wants no more (EPIPE), or 1 when it could not be written
 */
export function print(stream: Writable, text: string): Promise<0 | 1> {
  return new Promise((resolve) => {
    const done = (error?: Error | null): void => {
      const isReaderGone = error && 'code' in error && error.code === 'EPIPE';
      resolve(error && !isReaderGone ? 1 : 0);
    };
    // Without a listener the same error would also be thrown.
    stream.on('error', done);
    stream.write(text, done);
  });
}

/** Prints one line for a person. Where it goes may be closed: then nobody needs it. */ async function printError(
  sentence: string,
): Promise<void> {
  await print(process.stderr, `${sentence.replace(/\s+/g, ' ')}\n`);
}

/** Prints the result of a command completely. @returns the exit code */
export async function printOutput({ code, error, out = '' }: CommandOutput): Promise<number> {
  const printed = out === '' ? 0 : await print(process.stdout, out);
  if (error !== undefined) await printError(error);
  else if (printed !== 0) await printError("The result couldn't be written to stdout.");
  return code === 0 ? printed : code;
}
