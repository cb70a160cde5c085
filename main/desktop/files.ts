import { createReadStream } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { OpenFile } from '../sharing/prepare.ts';
import { openFolder } from './folders.ts';

/** Looks at a file that someone wants to share; what cannot be shared is answered as a fault. */
export const openFile: OpenFile = async (path) => {
  const name = basename(path);
  try {
    const found = await stat(path);
    if (found.isDirectory()) return await folder(path, name);
    // A pipe or a device would never end.
    if (!found.isFile()) return { ok: false, fault: { kind: 'unreadable-file', name } };
    await access(path, constants.R_OK);
    return {
      ok: true,
      item: {
        kind: 'file',
        name,
        sizeBytes: found.size,
        open: () => createReadStream(path),
        origin: { path, modifiedMs: found.mtimeMs },
      },
    };
  } catch {
    return { ok: false, fault: { kind: 'unreadable-file', name } };
  }
};

async function folder(path: string, name: string): ReturnType<OpenFile> {
  const look = await openFolder(path);
  if (look.ok) return look;
  switch (look.reason) {
    case 'too-large':
      return { ok: false, fault: { kind: 'folder-too-large', name } };
    case 'empty':
      return { ok: false, fault: { kind: 'folder-empty', name } };
    case 'unreadable':
      return { ok: false, fault: { kind: 'unreadable-file', name } };
  }
}
