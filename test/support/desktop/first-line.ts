import type { Readable } from 'node:stream';

/** The first line that a program writes to a pipe, once it is ready. */
export function firstLine(pipe: Readable, program: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    pipe.on('data', (chunk: Buffer) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end).trim());
    });
    pipe.on('end', () => reject(new Error(`${program} ended before it was ready`)));
  });
}
