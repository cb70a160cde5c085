import { connect } from 'node:net';

/**
 * Whether a program of this machine listens on a port: a bare connection, closed at once, which
 * costs far less than a request. False when nobody answers within the time.
 * @param withinMs how long the port may take
 */
export function isPortOpen(port: number, withinMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const end = (open: boolean): void => {
      socket.destroy();
      resolve(open);
    };
    socket.setTimeout(withinMs, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
