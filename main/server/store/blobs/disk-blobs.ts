import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobInfo, Blobs } from './blobs.ts';
import { createDiskRoom, type DiskRoom } from './disk-room.ts';

/**
 * Blobs as files: `blobs/ab/abcdef…`. A blob is written to `tmp/`, synced, renamed, and its
 * folder synced, in this order, so that a name never stands for half a content.
 * What an earlier run left in `tmp/` is removed. A disk that is almost full takes none (`ENOSPC`).
 */
export async function openDiskBlobs(
  folder: string,
  room: DiskRoom = createDiskRoom(folder),
): Promise<Blobs> {
  const tmp = join(folder, 'tmp');
  const root = join(folder, 'blobs');
  await rm(tmp, { recursive: true, force: true });
  await mkdir(tmp, { recursive: true, mode: 0o700 });
  await mkdir(root, { recursive: true, mode: 0o700 });
  const shelves = new Map<string, Promise<void>>();
  /** Temporary files that could not be removed; the next upload tries again. */
  const unremoved = new Set<string>();

  /** Never rejects: what failed before is what the caller has to know. */
  async function removeTemporary(path: string): Promise<void> {
    try {
      await rm(path, { force: true });
      unremoved.delete(path);
    } catch {
      unremoved.add(path);
    }
  }

  function shelf(sha256: string): string {
    return join(root, sha256.slice(0, 2));
  }

  /** Makes a shelf once; its own name in the root is synced too. */
  function prepareShelf(path: string): Promise<void> {
    const known = shelves.get(path);
    if (known !== undefined) return known;
    const prepared = mkdir(path, { recursive: true, mode: 0o700 }).then(async (made) => {
      if (made !== undefined) await syncFolder(root);
    });
    shelves.set(path, prepared);
    prepared.catch(() => shelves.delete(path));
    return prepared;
  }

  async function keep(temporary: string, info: BlobInfo): Promise<void> {
    const folderOfBlob = shelf(info.sha256);
    await prepareShelf(folderOfBlob);
    await rename(temporary, join(folderOfBlob, info.sha256));
    await syncFolder(folderOfBlob);
  }

  return {
    async put(content, claim) {
      for (const path of unremoved) await removeTemporary(path);
      const temporary = join(tmp, randomBytes(12).toString('hex'));
      try {
        const file = await open(temporary, 'wx', 0o600);
        try {
          const info = await writeAll(file, content, room.forContent());
          await file.sync();
          await file.close();
          await claim?.(info.sha256);
          await keep(temporary, info);
          return info;
        } finally {
          await file.close().catch(() => undefined);
        }
      } catch (error) {
        await removeTemporary(temporary);
        throw error;
      }
    },
    async open(sha256, range) {
      const file = await open(join(shelf(sha256), sha256), 'r');
      return file.createReadStream(range ?? {});
    },
    async remove(sha256) {
      await unlink(join(shelf(sha256), sha256)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
    },
    async *list() {
      for (const name of await readdir(root)) {
        const path = join(root, name);
        if (!(await stat(path)).isDirectory()) continue;
        yield* await readdir(path);
      }
    },
  };
}

async function writeAll(
  file: FileHandle,
  content: Uint8Array | AsyncIterable<Uint8Array>,
  makeRoom: (bytes: number) => Promise<void>,
): Promise<BlobInfo> {
  const hash = createHash('sha256');
  if (content instanceof Uint8Array) {
    await makeRoom(content.byteLength);
    await file.writeFile(content);
    return { sha256: hash.update(content).digest('hex'), sizeBytes: content.byteLength };
  }
  let sizeBytes = 0;
  for await (const chunk of content) {
    hash.update(chunk);
    sizeBytes += chunk.byteLength;
    await makeRoom(chunk.byteLength);
    await writeChunk(file, chunk);
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}

async function writeChunk(file: FileHandle, chunk: Uint8Array): Promise<void> {
  let offset = 0;
  while (offset < chunk.byteLength) {
    offset += (await file.write(chunk, offset)).bytesWritten;
  }
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
