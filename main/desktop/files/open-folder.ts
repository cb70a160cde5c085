import { constants, type Dirent, type Stats } from 'node:fs';
import { access, lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { Readable } from 'node:stream';
import { fsPath, pathOfBytes } from '../../clipboard/file-location.ts';
import { safeFileName, uniqueName } from '../../files/file-names.ts';
import type { FolderItem } from '../../items/prepare-items.ts';
import { readPreparedFile } from './prepared-file.ts';

/** More than this is a disk and not a thing to share; what the built-in server takes at once. */
const MAX_FILES = 10_000;
const MAX_BYTES = 2 * 1024 ** 3;

/** A file of a folder, or an empty folder in it, as it was when the share was prepared. */
interface Entry {
  /** Below the folder's own name, with `/`; names that every system can use. */
  readonly name: string;
  readonly path: string;
  readonly stats: Stats;
}

export type OpenFolderResult =
  | { readonly ok: true; readonly item: FolderItem }
  | { readonly ok: false; readonly reason: 'too-large' | 'empty' | 'unreadable' };

interface Found {
  readonly files: Entry[];
  readonly emptyFolders: Entry[];
  /** Names of what may not be read: the user decides whether to continue without it. */
  readonly unreadable: string[];
  /** How many links, pipes, sockets and devices were left out. */
  skipped: number;
  bytes: number;
}

/**
 * A folder as one zip, made while it is sent: nothing of it is written to disk. Files are stored
 * as they are, so that its size is known before. Symbolic links to files inside the folder are
 * followed; other links, sockets, pipes and devices are skipped and counted. A folder that links
 * lead to is in the zip once, at its own place, so there are no loops.
 * @param name the folder's name, as the zip shows it
 */
export async function openFolder(path: string, name: string): Promise<OpenFolderResult> {
  const found: Found = { files: [], emptyFolders: [], unreadable: [], skipped: 0, bytes: 0 };
  try {
    const root = pathOfBytes(await realpath(fsPath(path), { encoding: 'buffer' }));
    const entries = await entriesOf(root);
    if (!(await walk(root, root, safeFileName(name), entries, found))) {
      return { ok: false, reason: 'too-large' };
    }
  } catch {
    return { ok: false, reason: 'unreadable' };
  }
  if (found.files.length === 0) {
    return { ok: false, reason: found.unreadable.length > 0 ? 'unreadable' : 'empty' };
  }
  const item = await zipItem(`${name}.zip`, found, new Map());
  const modifiedMs = Math.max(...found.files.map(({ stats }) => stats.mtimeMs));
  return { ok: true, item: { ...item, origin: { path, modifiedMs } } };
}

async function entriesOf(folder: string): Promise<readonly Dirent<Buffer>[]> {
  const entries = await readdir(fsPath(folder), { withFileTypes: true, encoding: 'buffer' });
  // In one order everywhere: of two names that collide, the same one gets the number.
  return entries.sort((one, other) => Buffer.compare(one.name, other.name));
}

/** Collects what is below a folder; false when that is too much to share. */
async function walk(
  root: string,
  folder: string,
  folderName: string,
  entries: readonly Dirent<Buffer>[],
  found: Found,
): Promise<boolean> {
  const taken = new Map<string, number>();
  for (const entry of entries) {
    const path = join(folder, pathOfBytes(entry.name));
    const name = `${folderName}/${uniqueName(safeFileName(entry.name.toString()), taken)}`;
    try {
      if (entry.isDirectory()) {
        const inside = await entriesOf(path);
        const isEmpty = inside.length === 0;
        if (isEmpty) found.emptyFolders.push({ name, path, stats: await lstat(fsPath(path)) });
        else if (!(await walk(root, path, name, inside, found))) return false;
      } else {
        const file = await fileAt(path, root, entry.isSymbolicLink());
        if (file === undefined) found.skipped++;
        else {
          found.files.push({ name, ...file });
          found.bytes += file.stats.size;
        }
      }
    } catch {
      found.unreadable.push(name);
    }
    const count = found.files.length + found.emptyFolders.length + found.unreadable.length;
    if (count > MAX_FILES || found.bytes > MAX_BYTES) return false;
  }
  return true;
}

/**
 * A file that may be read; `undefined` for what is no file, or a link that leads to none inside.
 * @throws when it may not be read
 */
async function fileAt(
  path: string,
  root: string,
  isLink: boolean,
): Promise<Omit<Entry, 'name'> | undefined> {
  let target = path;
  if (isLink) {
    const real = await realpath(fsPath(path), { encoding: 'buffer' }).catch(() => undefined);
    if (real === undefined) return undefined;
    target = pathOfBytes(real);
    if (!target.startsWith(root + sep)) return undefined;
  }
  const stats = isLink ? await stat(fsPath(target)) : await lstat(fsPath(target));
  if (!stats.isFile()) return undefined;
  await access(fsPath(target), constants.R_OK);
  return { path: target, stats };
}

type ZipFile = InstanceType<typeof import('yazl')['ZipFile']>;

/** @param texts what stands in place of a file's content, by its place in the list */
async function zipItem(
  name: string,
  found: Found,
  texts: ReadonlyMap<number, string>,
): Promise<FolderItem> {
  const { default: yazl } = await import('yazl');
  const { files, emptyFolders, unreadable, skipped } = found;
  const contentOf = (at: number): Buffer | undefined => {
    const text = texts.get(at);
    return text === undefined ? undefined : Buffer.from(text);
  };
  const read = (at: number, from = 0): AsyncIterable<Uint8Array> => {
    const file = files[at];
    const content = contentOf(at);
    if (file === undefined || content !== undefined)
      return Readable.from([content?.subarray(from) ?? '']);
    const { path, name, stats } = file;
    // What became a link since is not followed.
    return readPreparedFile({ path, name, stats, noFollow: true }, from);
  };
  const fill = (zip: ZipFile, open: (at: number) => Readable | undefined): void => {
    for (const [at, { name, stats }] of files.entries()) {
      const size = contentOf(at)?.byteLength ?? stats.size;
      const mode = 0o100644 | (stats.mode & 0o111);
      const options = { compress: false, mtime: stats.mtime, mode, size };
      zip.addReadStreamLazy(name, options, (take) => {
        const content = open(at);
        if (content !== undefined) take(null, content);
      });
    }
    for (const { name, stats } of emptyFolders) {
      zip.addEmptyDirectory(name, { mtime: stats.mtime, mode: 0o40755 });
    }
  };

  // The size follows from the names and sizes: nothing is read for it.
  const sizeBytes = await new Promise<number>((resolve) => {
    const zip = new yazl.ZipFile();
    fill(zip, () => undefined);
    // Its types leave out what it passes: the size of the whole (yazl's README, `end`).
    zip.end(undefined, resolve as () => void);
  });
  return {
    kind: 'file',
    name,
    sizeBytes,
    open() {
      const zip = new yazl.ZipFile();
      // yazl types its output as the older interface; it is a PassThrough.
      const output = zip.outputStream as Readable;
      zip.on('error', (error: Error) => output.destroy(error));
      fill(zip, (at) => {
        const content = Readable.from(read(at));
        content.once('error', (error) => output.destroy(error));
        return content;
      });
      zip.end();
      return output;
    },
    inside: {
      files: files.map(({ name, path, stats }, at) => ({
        name,
        sizeBytes: stats.size,
        open: () => read(at),
        ...(texts.has(at) ? {} : { path }),
        openFrom: (offset) => read(at, offset),
      })),
      unreadable,
      skipped,
      replaced: (changed) => zipItem(name, found, new Map([...texts, ...changed])),
    },
  };
}
