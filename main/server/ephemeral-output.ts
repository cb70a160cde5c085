import type { Stats } from 'node:fs';

/**
 * Whether what is written to a stream is read by whoever started this process, and kept nowhere: a
 * terminal, or a pipe. A file stays, and so does systemd's journal, a socket that `JOURNAL_STREAM`
 * names as DEVICE:INODE (systemd.exec(5)). Node gives its children sockets for pipes.
 */
export function isEphemeralOutput(
  stream: Pick<Stats, 'dev' | 'ino' | 'isFIFO' | 'isSocket'>,
  isTerminal: boolean,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (isTerminal || stream.isFIFO()) return true;
  return stream.isSocket() && env.JOURNAL_STREAM !== `${stream.dev}:${stream.ino}`;
}
