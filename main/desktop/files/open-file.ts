import { constants, type Stats } from 'node:fs';
import { access, open, readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import {
  addressOf,
  fsPath,
  isUri,
  locationOfUri,
  nameOfLocation,
  pathOfBytes,
} from '../../clipboard/file-location.ts';
import type { SpecialFile } from '../../failures/faults.ts';
import type { OpenFile } from '../../items/prepare-items.ts';
import { mountedPathOf } from './mounted-files.ts';
import { openFolder } from './open-folder.ts';
import { readPreparedFile } from './prepared-file.ts';

type Opened = Awaited<ReturnType<OpenFile>>;

/** Opens a file, a folder, or a URI of one for sharing. What can't be shared is returned as a fault. */
export const openFile: OpenFile = async (location) => {
  const local = isUri(location) ? locationOfUri(location) : location;
  const name = nameOfLocation(local);
  const path = isUri(local) ? await mountedPathOf(local) : local;
  if (path === undefined) {
    return { ok: false, fault: { kind: 'remote-file', names: [name], address: addressOf(local) } };
  }
  try {
    const existing = await existingPath(path);
    const stats = await stat(fsPath(existing));
    const special = await specialFile(existing, stats);
    if (special !== undefined) {
      return { ok: false, fault: { kind: 'special-file', name: name || local, what: special } };
    }
    if (stats.isDirectory()) return await folder(existing, name);
    return await file(existing, name, stats);
  } catch {
    return { ok: false, fault: { kind: 'unreadable-file', name } };
  }
};

/**
 * The path of an existing file. Arguments and drops reach us as text: there a name that isn't
 * UTF-8 has replacement characters, and stands for the only name in its folder that looks like it.
 * @throws when there is no such file, or more than one
 */
async function existingPath(path: string): Promise<string> {
  if (process.platform === 'win32' || !path.includes('\uFFFD')) return path;
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined) return path;
  const folder = await existingPath(dirname(path));
  const wanted = path.slice(dirname(path).length).replace(/^\//, '');
  const names = await readdir(fsPath(folder), { encoding: 'buffer' });
  const [only, ...others] = names.filter((bytes) => bytes.toString() === wanted);
  if (only === undefined || others.length > 0) throw new Error('no file of this name, or several');
  return join(folder, pathOfBytes(only));
}

/** What something is that has no end, no content, or far too much. */
async function specialFile(path: string, stats: Stats): Promise<SpecialFile | undefined> {
  if (stats.isFIFO()) return 'pipe';
  if (stats.isSocket()) return 'socket';
  if (stats.isCharacterDevice() || stats.isBlockDevice()) return 'device';
  if (!stats.isDirectory()) return undefined;
  const real = pathOfBytes(await realpath(fsPath(path), { encoding: 'buffer' }));
  if (real === parse(real).root) return 'disk';
  return /^\/(proc|sys|dev(?!\/shm))(\/|$)/.test(real) ? 'system-folder' : undefined;
}

async function file(path: string, name: string, stats: Stats): Promise<Opened> {
  await access(fsPath(path), constants.R_OK);
  const bytes = stats.size === 0 ? await contentWithoutSize(path) : undefined;
  if (bytes !== undefined) {
    const content = async function* () {
      yield bytes;
    };
    return { ok: true, item: { kind: 'file', name, sizeBytes: bytes.byteLength, open: content } };
  }
  return {
    ok: true,
    item: {
      kind: 'file',
      name,
      sizeBytes: stats.size,
      open: () => readPreparedFile({ path, name, stats }),
      openFrom: (offset) => readPreparedFile({ path, name, stats }, offset),
      origin: { path, modifiedMs: stats.mtimeMs },
    },
  };
}

/** The most that is taken of a file without a size, in bytes. */
const MAX_BYTES_WITHOUT_SIZE = 1024 * 1024;

/**
 * Files of the kernel (`/proc/cpuinfo`) have a size of 0, and content all the same.
 * @returns `undefined` for a file that is empty
 * @throws when it has no content by now, or more than 1 MiB
 */
async function contentWithoutSize(path: string): Promise<Buffer | undefined> {
  if (!/^\/(proc|sys)\//.test(path)) return undefined;
  const handle = await open(fsPath(path), constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const content = Buffer.alloc(MAX_BYTES_WITHOUT_SIZE);
    let filled = 0;
    while (filled < content.length) {
      const { bytesRead } = await handle.read(content, filled, content.length - filled, null);
      if (bytesRead === 0) return filled === 0 ? undefined : content.subarray(0, filled);
      filled += bytesRead;
    }
    throw new Error('a file without an end');
  } finally {
    await handle.close();
  }
}

async function folder(path: string, name: string): Promise<Opened> {
  const found = await openFolder(path, name);
  if (found.ok) return found;
  switch (found.reason) {
    case 'too-large':
      return { ok: false, fault: { kind: 'folder-too-large', name } };
    case 'empty':
      return { ok: false, fault: { kind: 'folder-empty', name } };
    case 'unreadable':
      return { ok: false, fault: { kind: 'unreadable-file', name } };
  }
}

/** Part of a file; shorter where the file ends. */
export async function readRange(path: string, at: number, bytes: number): Promise<Uint8Array> {
  const file = await open(fsPath(path), 'r');
  try {
    const buffer = Buffer.allocUnsafe(bytes);
    let read = 0;
    while (read < bytes) {
      const { bytesRead } = await file.read(buffer, read, bytes - read, at + read);
      if (bytesRead === 0) break;
      read += bytesRead;
    }
    return buffer.subarray(0, read);
  } finally {
    await file.close();
  }
}
