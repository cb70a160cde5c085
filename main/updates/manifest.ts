import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { JSON_SCHEMA, load } from 'js-yaml';
import { valid } from 'semver';
import * as v from 'valibot';
import { type Update, UpdateError, type UpdateFile } from './updater.ts';

/** How an installation gets new versions: by itself, or by the system's package manager. */
export type InstallKind = 'appimage' | 'nsis' | 'mac' | 'package';

/** Most bytes of a manifest: those of electron-builder have some hundred. */
export const MAX_MANIFEST_BYTES = 64 * 1024;

const SIGNATURE_BYTES = 64;

/** A plain file name, so that a URL made of it stays beside the manifest. */
const fileName = v.pipe(v.string(), v.maxLength(200), v.regex(/^[\w+-][\w.+-]*$/));
/** Base64 of 64 bytes. */
const sha512 = v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{86}==$/));
const bytes = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const strictVersion = v.pipe(
  v.string(),
  v.maxLength(100),
  // `valid` also takes "v1.2.3" and blanks.
  v.check((text) => valid(text) === text),
);

/** The parts that are used of what electron-builder writes. */
const manifestSchema = v.object({
  version: strictVersion,
  files: v.pipe(
    v.array(
      v.object({
        url: fileName,
        sha512,
        size: bytes,
        blockMapSize: v.exactOptional(bytes),
      }),
    ),
    v.minLength(1),
    v.maxLength(20),
  ),
});

export type Manifest = v.InferOutput<typeof manifestSchema>;

/**
 * Name of the manifest for a platform, as electron-builder writes it.
 * @param platform of Node: `linux`, `win32` or `darwin`
 * @param arch of Node
 */
export function manifestName(platform: NodeJS.Platform, arch: string): string {
  switch (platform) {
    case 'win32':
      return 'latest.yml';
    case 'darwin':
      return 'latest-mac.yml';
    default:
      return `latest-linux${arch === 'x64' ? '' : `-${arch}`}.yml`;
  }
}

/**
 * Verifies and parses a manifest. Nothing of it is used before its signature is verified.
 * @param signature base64 of the Ed25519 signature over the manifest's bytes (RFC 8032)
 * @param keys base64 of public keys (SubjectPublicKeyInfo, DER); one of them has to fit
 * @throws UpdateError `rejected`
 */
export function readManifest(
  manifest: Uint8Array,
  signature: string,
  keys: readonly string[],
): Manifest {
  if (!isSigned(manifest, signature, keys)) reject('unsigned');
  let document: unknown;
  try {
    // JSON's types only: no dates, no custom tags.
    document = load(new TextDecoder('utf-8', { fatal: true }).decode(manifest), {
      schema: JSON_SCHEMA,
    });
  } catch (error) {
    reject('unreadable', error);
  }
  const parsed = v.safeParse(manifestSchema, document);
  if (!parsed.success) reject('unreadable');
  return parsed.output;
}

function isSigned(manifest: Uint8Array, signature: string, keys: readonly string[]): boolean {
  const text = signature.trim();
  if (!/^[A-Za-z0-9+/]+=*$/.test(text)) return false;
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== SIGNATURE_BYTES) return false;
  return keys.some((key) => {
    const publicKey = parseKey(key);
    return publicKey !== undefined && verify(null, manifest, publicKey, bytes);
  });
}

/** `undefined` for what isn't an Ed25519 key: another kind of key must not verify anything. */
function parseKey(key: string): KeyObject | undefined {
  try {
    const der = Buffer.from(key, 'base64');
    const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' });
    return publicKey.asymmetricKeyType === 'ed25519' ? publicKey : undefined;
  } catch {
    return undefined;
  }
}

const EXTENSIONS = {
  appimage: '.AppImage',
  nsis: '.exe',
  mac: '.zip',
} as const satisfies Record<Exclude<InstallKind, 'package'>, string>;

/**
 * The update that a manifest offers to an installation.
 * @param arch of Node; it decides where the manifest has files for several processors
 * @throws UpdateError `rejected` if there is no file for it
 */
export function updateOf(manifest: Manifest, kind: InstallKind, arch: string): Update {
  const { version } = manifest;
  if (kind === 'package') return { version };
  const files = manifest.files.filter(({ url }) => url.endsWith(EXTENSIONS[kind]));
  const file = files.find(({ url }) => url.includes(arch)) ?? files[0];
  if (file === undefined) reject('no-file');
  const { url: name, ...rest } = file;
  return { version, file: { name, ...rest } satisfies UpdateFile };
}

function reject(reason: 'unsigned' | 'unreadable' | 'no-file', cause?: unknown): never {
  throw new UpdateError({ kind: 'rejected', reason }, { cause });
}
