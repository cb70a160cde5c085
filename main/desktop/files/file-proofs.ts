import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { constants, open } from 'node:fs/promises';
import type { FileChallenge } from '../../../preload/contract.ts';
import { fsPath } from '../../clipboard/file-location.ts';

/** A file up to this size has to be known whole, in bytes. */
const WHOLE_BYTES = 64 * 1024;
/** Of a larger one, so many parts of so many bytes at places that nobody can foresee. */
const PARTS = 8;
const PART_BYTES = 8 * 1024;

export interface FileProofs {
  /** Creates a challenge for these files and invalidates the previous one. */
  challenge(paths: readonly string[]): Promise<FileChallenge>;
  /**
   * The files of a challenge, once, and those among them that the page did not prove to know;
   * `undefined` when there is no such challenge.
   * @param proofs SHA-256 over the nonce and the parts, in hex, one for each file
   */
  check(
    id: string,
    proofs: readonly string[],
  ): { readonly paths: readonly string[]; readonly unproven: readonly string[] } | undefined;
}

/**
 * Lets the page name files by proving that it can read them: Chromium lets a page read only what a
 * person dropped on it or chose. A path alone proves nothing, for a page that was taken over
 * can send any. Folders, devices, and files that read otherwise than they are listed (as in
 * `/proc`) have no proof.
 */
export function createFileProofs(): FileProofs {
  let pending:
    | {
        readonly id: string;
        readonly paths: readonly string[];
        readonly expected: readonly (string | undefined)[];
      }
    | undefined;
  return {
    async challenge(paths) {
      pending = undefined;
      const id = randomUUID();
      const nonce = randomBytes(16);
      const files = [];
      for (const path of paths) files.push(await partsOf(path, nonce).catch(() => undefined));
      pending = { id, paths, expected: files.map((file) => file?.digest) };
      return {
        id,
        nonce: nonce.toString('hex'),
        parts: files.map((file) => file?.parts ?? []),
      };
    },
    check(id, proofs) {
      const asked = pending;
      if (asked === undefined || asked.id !== id) return undefined;
      pending = undefined;
      const { paths, expected } = asked;
      const isProven = (at: number): boolean =>
        expected[at] !== undefined && expected[at] === proofs[at];
      return { paths, unproven: paths.filter((_path, at) => !isProven(at)) };
    },
  };
}

async function partsOf(
  path: string,
  nonce: Buffer,
): Promise<
  { readonly parts: FileChallenge['parts'][number]; readonly digest: string } | undefined
> {
  // A pipe without a writer must not hold the call up.
  const file = await open(fsPath(path), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await file.stat();
    if (!stats.isFile()) return undefined;
    const parts =
      stats.size <= WHOLE_BYTES
        ? [{ offset: 0, bytes: stats.size }]
        : Array.from({ length: PARTS }, () => ({
            offset: randomInt(stats.size - PART_BYTES),
            bytes: PART_BYTES,
          }));
    const digest = createHash('sha256').update(nonce);
    for (const { offset, bytes } of parts) {
      // Files of /proc say that they are empty.
      const more = stats.size === 0 ? 1 : 0;
      const { bytesRead, buffer } = await file.read(
        Buffer.alloc(bytes + more),
        0,
        bytes + more,
        offset,
      );
      if (bytesRead !== bytes) return undefined;
      digest.update(buffer.subarray(0, bytes));
    }
    return { parts, digest: digest.digest('hex') };
  } finally {
    await file.close();
  }
}
