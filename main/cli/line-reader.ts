import type { Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';

/**
 * Calls back for each line that arrives, without its end. Nothing is called after the connection was
 * closed, or when a line is longer than `maxLine` characters: that closes it.
 */
export function onLines(socket: Socket, maxLine: number, onLine: (line: string) => void): void {
  const decoder = new StringDecoder('utf8');
  let parts: string[] = [];
  let length = 0;
  socket.on('data', (chunk: Buffer) => {
    let rest = decoder.write(chunk);
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      const line = [...parts, rest.slice(0, end)].join('');
      parts = [];
      length = 0;
      rest = rest.slice(end + 1);
      if (socket.destroyed) return;
      onLine(line);
    }
    length += rest.length;
    if (length > maxLine) socket.destroy();
    else parts.push(rest);
  });
}
