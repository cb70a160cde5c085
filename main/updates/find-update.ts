import { compare } from 'semver';
import {
  type InstallKind,
  MAX_MANIFEST_BYTES,
  manifestName,
  readManifest,
  updateOf,
} from './manifest.ts';
import { type Update, UpdateError } from './updater.ts';

export interface FindUpdateOptions {
  readonly fetch: typeof fetch;
  /** The folder with manifests and files; ends with a slash. */
  readonly baseUrl: string;
  readonly keys: readonly string[];
  readonly installed: {
    readonly version: string;
    readonly kind: InstallKind;
    readonly platform: NodeJS.Platform;
    /** Of Node. */
    readonly arch: string;
  };
}

/** For a manifest or its signature, in ms. */
const LIMIT_MS = 30_000;

const MAX_SIGNATURE_BYTES = 1024;

/**
 * Finds the newest version: fetches manifest and signature, and verifies them.
 * @returns undefined if the installed version is the newest
 * @throws UpdateError `not-checked` or `rejected`. An older version than the installed one is
 *   rejected: a server that answers so repeats an old manifest, whose signature is right.
 */
export async function findUpdate(options: FindUpdateOptions): Promise<Update | undefined> {
  const { installed } = options;
  const url = new URL(manifestName(installed.platform, installed.arch), options.baseUrl);
  const [manifest, signature] = await Promise.all([
    fetchBytes(options.fetch, url.href, MAX_MANIFEST_BYTES),
    fetchBytes(options.fetch, `${url.href}.sig`, MAX_SIGNATURE_BYTES),
  ]);
  if (manifest === undefined) throw new UpdateError({ kind: 'not-checked' });
  const text = signature === undefined ? '' : Buffer.from(signature).toString('latin1');
  const verified = readManifest(manifest, text, options.keys);
  switch (compare(verified.version, installed.version)) {
    case 1:
      return updateOf(verified, installed.kind, installed.arch);
    case 0:
      return undefined;
    default:
      throw new UpdateError({ kind: 'rejected', reason: 'older' });
  }
}

/**
 * @returns undefined if there is no such file
 * @throws UpdateError `not-checked` if there was no usable answer, or more than `limit` bytes of one
 */
async function fetchBytes(
  fetchUrl: typeof fetch,
  url: string,
  limit: number,
): Promise<Uint8Array | undefined> {
  try {
    const response = await fetchUrl(url, {
      // No cookies, no cached answer, and neither system nor version of the app.
      headers: { 'user-agent': 'linkify-tray' },
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    if (response.status === 404) {
      await response.body?.cancel();
      return undefined;
    }
    if (!response.ok || response.body === null) throw new Error(`status ${response.status}`);
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body) {
      length += chunk.length;
      if (length > limit) throw new Error('too long');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    throw new UpdateError({ kind: 'not-checked' }, { cause: error });
  }
}
