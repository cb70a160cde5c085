import type { Stats } from 'node:fs';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { fsPath } from '../../clipboard/file-location.ts';
import { LinkifyError } from '../../linkify/errors.ts';

/** A regular file as it was when the share was prepared. */
export interface PreparedFile {
  readonly path: string;
  /** The name that an error gives. */
  readonly name: string;
  readonly stats: Pick<Stats, 'dev' | 'ino' | 'size' | 'mtimeMs'>;
  /** Refuses a path that is a symbolic link by now. */
  readonly noFollow?: boolean;
}

/** Read at once. */
const PART_BYTES = 256 * 1024;

/**
 * Reads the bytes that a file had when it was found; what was appended since is left out.
 * The last part is held back until the file is known to be whole.
 * @param from the first byte that is wanted
 * @throws LinkifyError `unreadable-content`, with `changed` when the file shrank or was replaced
 */
export async function* readPreparedFile(found: PreparedFile, from = 0): AsyncGenerator<Uint8Array> {
  const { name, stats } = found;
  const handle = await openFound(found);
  try {
    if (!isSame(stats, await handle.stat())) throw changed(name);
    let read = from;
    let last: Uint8Array | undefined;
    if (stats.size > from) {
      const options = {
        autoClose: false,
        start: from,
        end: stats.size - 1,
        highWaterMark: PART_BYTES,
      };
      for await (const part of handle.createReadStream(options)) {
        if (last !== undefined) yield last;
        last = part;
        read += part.byteLength;
      }
    }
    if (read < stats.size || (await handle.stat()).size < stats.size) throw changed(name);
    if (last !== undefined) yield last;
  } catch (cause) {
    throw cause instanceof LinkifyError ? cause : unreadable(name, cause);
  } finally {
    await handle.close();
  }
}

/** Does not wait for a pipe that took the file's place. */
async function openFound({ path, name, noFollow = false }: PreparedFile): Promise<FileHandle> {
  const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants;
  try {
    return await open(fsPath(path), O_RDONLY | O_NONBLOCK | (noFollow ? O_NOFOLLOW : 0));
  } catch (cause) {
    throw unreadable(name, cause);
  }
}

/** The same file, maybe longer by now; some mounts give a file a new number each time. */
function isSame(found: PreparedFile['stats'], now: Stats): boolean {
  if (!now.isFile() || now.size < found.size) return false;
  const sameNumber = now.dev === found.dev && now.ino === found.ino;
  return sameNumber || (now.size === found.size && now.mtimeMs === found.mtimeMs);
}

const changed = (name: string): LinkifyError =>
  new LinkifyError({ kind: 'unreadable-content', name, changed: true });

const unreadable = (name: string, cause: unknown): LinkifyError =>
  new LinkifyError({ kind: 'unreadable-content', name }, { cause });
