import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobInfo, Blobs } from './blobs.ts';
import { createFreeSpaceCheck, type FreeSpaceCheck } from './disk-room.ts';

/** Content is read in pieces of this size. Slow readers hold two of them each. In bytes. */
const READ_BYTES = 256 * 1024;

/** Content is gathered up to this size before it is written, in bytes. */
const WRITE_BYTES = 1024 * 1024;

/**
 * Opens the blobs of a folder. What an earlier run left in `tmp/` is removed.
 * @param room by default that of the folder's disk; a disk that is almost full takes none (`ENOSPC`)
 */
export async function openDiskBlobs(
  folder: string,
  room: FreeSpaceCheck = createFreeSpaceCheck(folder),
): Promise<Blobs> {
  const tmp = join(folder, 'tmp');
  const root = join(folder, 'blobs');
  await rm(tmp, { recursive: true, force: true });
  await mkdir(tmp, { recursive: true, mode: 0o700 });
  await mkdir(root, { recursive: true, mode: 0o700 });
  return new DiskBlobs({ tmp, root, room });
}

/**
 * Blobs as files, named by their SHA-256: `blobs/ab/abcdef…`. A blob is written to `tmp/`, synced,
 * renamed, and its folder synced, in this order, so that a name never stands for incomplete content.
 */
class DiskBlobs implements Blobs {
  /** Of a file that was open. */
  readonly readsAfterRemoval = true;
  readonly sweepDelayMs = 0;
  readonly #tmp: string;
  readonly #root: string;
  readonly #room: FreeSpaceCheck;
  /** The folders `blobs/ab` that were created or are being created, by path. */
  readonly #folders = new Map<string, Promise<void>>();
  /** Temporary files that could not be removed; the next upload tries again. */
  readonly #unremoved = new Set<string>();

  constructor({ tmp, root, room }: { tmp: string; root: string; room: FreeSpaceCheck }) {
    this.#tmp = tmp;
    this.#root = root;
    this.#room = room;
  }

  async put(...[content, claim]: Parameters<Blobs['put']>): Promise<BlobInfo> {
    for (const path of this.#unremoved) await this.#removeTemporary(path);
    const temporary = join(this.#tmp, randomBytes(12).toString('hex'));
    try {
      const file = await open(temporary, 'wx', 0o600);
      try {
        const info = await writeAll(file, content, this.#room.forContent());
        await file.sync();
        await file.close();
        await claim?.(info.key);
        await this.#moveIntoPlace(temporary, info.key);
        return info;
      } finally {
        await file.close().catch(() => undefined);
      }
    } catch (error) {
      await this.#removeTemporary(temporary);
      throw error;
    }
  }

  async open(...[key, range]: Parameters<Blobs['open']>) {
    const stream = createReadStream(this.#pathOf(key), { ...range, highWaterMark: READ_BYTES });
    await once(stream, 'open');
    return stream;
  }

  async remove(key: string): Promise<void> {
    await unlink(this.#pathOf(key)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }

  async *list() {
    for (const name of await readdir(this.#root)) {
      const path = join(this.#root, name);
      if (!(await stat(path)).isDirectory()) continue;
      yield* await readdir(path);
    }
  }

  /** `tmp/` is emptied when the folder is opened. */
  async removeUnfinished(): Promise<void> {}

  #folderOf(key: string): string {
    return join(this.#root, key.slice(0, 2));
  }

  #pathOf(key: string): string {
    return join(this.#folderOf(key), key);
  }

  /** Never rejects: the caller reports the error that came first. */
  async #removeTemporary(path: string): Promise<void> {
    try {
      await rm(path, { force: true });
      this.#unremoved.delete(path);
    } catch {
      this.#unremoved.add(path);
    }
  }

  /** Creates a folder once, and syncs its name in the root too. */
  #prepareFolder(path: string): Promise<void> {
    const known = this.#folders.get(path);
    if (known !== undefined) return known;
    const prepared = mkdir(path, { recursive: true, mode: 0o700 }).then(async (created) => {
      if (created !== undefined) await syncFolder(this.#root);
    });
    this.#folders.set(path, prepared);
    prepared.catch(() => this.#folders.delete(path));
    return prepared;
  }

  async #moveIntoPlace(temporary: string, key: string): Promise<void> {
    const folder = this.#folderOf(key);
    await this.#prepareFolder(folder);
    await rename(temporary, join(folder, key));
    await syncFolder(folder);
  }
}

/** Each piece of a stream is hashed while the one before it is written. */
async function writeAll(
  file: FileHandle,
  content: Uint8Array | AsyncIterable<Uint8Array>,
  makeRoom: (bytes: number) => Promise<void>,
): Promise<BlobInfo> {
  const hash = createHash('sha256');
  if (content instanceof Uint8Array) {
    await makeRoom(content.byteLength);
    await file.writeFile(content);
    return { key: hash.update(content).digest('hex'), sizeBytes: content.byteLength };
  }
  let sizeBytes = 0;
  let writing: Promise<void> | undefined;
  try {
    for await (const chunks of gathered(content)) {
      const bytes = byteLengthOf(chunks);
      await writing;
      await makeRoom(bytes);
      writing = writeChunks(file, chunks);
      // A failure is thrown where it is waited for, which may be much later.
      writing.catch(() => undefined);
      for (const chunk of chunks) hash.update(chunk);
      sizeBytes += bytes;
    }
  } finally {
    // The caller closes the file next.
    await writing;
  }
  return { key: hash.digest('hex'), sizeBytes };
}

/** The chunks in groups of `WRITE_BYTES` or a little more; the last one may be smaller. */
async function* gathered(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array[]> {
  let chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of content) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes < WRITE_BYTES) continue;
    yield chunks;
    chunks = [];
    bytes = 0;
  }
  if (chunks.length > 0) yield chunks;
}

const byteLengthOf = (chunks: readonly Uint8Array[]): number =>
  chunks.reduce((sum, { byteLength }) => sum + byteLength, 0);

async function writeChunks(file: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  let rest = chunks;
  while (rest.length > 0) rest = after((await file.writev([...rest])).bytesWritten, rest);
}

/** What is left of the chunks after so many bytes: the system may write fewer than it was given. */
function after(bytes: number, chunks: readonly Uint8Array[]): readonly Uint8Array[] {
  let skip = bytes;
  return chunks.flatMap((chunk) => {
    const rest = chunk.subarray(Math.min(skip, chunk.byteLength));
    skip -= chunk.byteLength - rest.byteLength;
    return rest.byteLength === 0 ? [] : [rest];
  });
}

/** Makes a rename durable. Windows cannot sync folders; its file system journals renames. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
