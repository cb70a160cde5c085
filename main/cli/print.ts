import type { Writable } from 'node:stream';

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

/** Prints one line for a person. Where it goes may be closed: then nobody needs it. */
export async function printError(sentence: string): Promise<void> {
  await print(process.stderr, `${sentence.replace(/\s+/g, ' ')}\n`);
}
