import { constants } from 'node:fs';
import { lstat, open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { Readable } from 'node:stream';
import type { FolderItem } from '../sharing/prepare.ts';

/** More than this is a disk and not a thing to share; what the built-in service takes at once. */
const MOST_FILES = 10_000;
const MOST_BYTES = 2 * 1024 ** 3;

/** A file of a folder as it was when the folder was looked at. */
interface FolderFile {
  /** Below the folder's own name, with `/`. */
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly mtime: Date;
}

export type FolderLook =
  | { readonly ok: true; readonly item: FolderItem }
  | { readonly ok: false; readonly reason: 'too-large' | 'empty' | 'unreadable' };

/**
 * A folder as one zip, made while it is sent: nothing of it is written to disk. Files are stored
 * as they are, so that its size is known before. Links that lead out of the folder, sockets,
 * pipes and devices are left out.
 */
export async function openFolder(path: string): Promise<FolderLook> {
  const root = await realpath(path);
  const files: FolderFile[] = [];
  let bytes = 0;
  const walk = async (folder: string, name: string): Promise<boolean> => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const at = join(folder, entry.name);
      // A backslash is no separator here, and no zip may have one.
      const entryName = `${name}/${entry.name.replaceAll('\\', '_')}`;
      if (entry.isDirectory()) {
        if (!(await walk(at, entryName))) return false;
        continue;
      }
      const found = await fileAt(at, root, entry.isSymbolicLink());
      if (found === undefined) continue;
      files.push({ name: entryName, ...found });
      bytes += found.sizeBytes;
      if (files.length > MOST_FILES || bytes > MOST_BYTES) return false;
    }
    return true;
  };
  try {
    if (!(await walk(root, basename(path)))) return { ok: false, reason: 'too-large' };
  } catch {
    return { ok: false, reason: 'unreadable' };
  }
  if (files.length === 0) return { ok: false, reason: 'empty' };
  return { ok: true, item: await zipItem(`${basename(path)}.zip`, files, new Map()) };
}

async function fileAt(
  at: string,
  root: string,
  isLink: boolean,
): Promise<Omit<FolderFile, 'name'> | undefined> {
  if (!isLink) {
    const found = await lstat(at);
    return found.isFile() ? { path: at, sizeBytes: found.size, mtime: found.mtime } : undefined;
  }
  // A link to nowhere is left out like one that leads out.
  const target = await realpath(at).catch(() => undefined);
  if (target === undefined || !target.startsWith(root + sep)) return undefined;
  const found = await stat(target);
  return found.isFile() ? { path: target, sizeBytes: found.size, mtime: found.mtime } : undefined;
}

/** @param texts what stands in place of a file's content, by its place in the list */
async function zipItem(
  name: string,
  files: readonly FolderFile[],
  texts: ReadonlyMap<number, string>,
): Promise<FolderItem> {
  const { default: yazl } = await import('yazl');
  const contentOf = (at: number): Buffer | undefined => {
    const text = texts.get(at);
    return text === undefined ? undefined : Buffer.from(text);
  };
  type Give = (error: unknown, stream: Readable) => void;
  const fill = (zip: InstanceType<typeof yazl.ZipFile>, read: (at: number, give: Give) => void) => {
    for (const [at, file] of files.entries()) {
      const size = contentOf(at)?.byteLength ?? file.sizeBytes;
      const options = { compress: false, mtime: file.mtime, mode: 0o100644, size };
      zip.addReadStreamLazy(file.name, options, (give) => read(at, give as Give));
    }
  };
  const stream = (at: number): Readable => {
    const file = files[at];
    if (file === undefined) return Readable.from([]);
    const content = contentOf(at);
    return content === undefined ? readFile(file) : Readable.from([content]);
  };

  // The size follows from the names and sizes: nothing is read for it.
  const sizeBytes = await new Promise<number>((resolve) => {
    const zip = new yazl.ZipFile();
    fill(zip, () => {});
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
      fill(zip, (at, give) => {
        const content = stream(at);
        content.once('error', (error) => output.destroy(error));
        give(null, content);
      });
      zip.end();
      return output;
    },
    inside: {
      files: files.map(({ sizeBytes }, at) => ({ sizeBytes, open: () => stream(at) })),
      replaced: (changed) => zipItem(name, files, new Map([...texts, ...changed])),
    },
  };
}

/** What became a link since the look is not followed. */
function readFile({ path }: FolderFile): Readable {
  return Readable.from(
    (async function* () {
      const handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
      try {
        yield* handle.createReadStream({ autoClose: false });
      } finally {
        await handle.close();
      }
    })(),
  );
}
