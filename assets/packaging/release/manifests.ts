import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { dump, JSON_SCHEMA, load } from 'js-yaml';

/** A manifest of electron-builder, as far as it is joined here. */
interface Manifest {
  readonly version: string;
  readonly files: readonly { readonly url: string }[];
}

/**
 * Joins manifests of one name that several machines made, such as those of the two processors of
 * macOS.
 * @throws Error if their versions differ
 */
export function joinManifests(texts: readonly string[]): string {
  const manifests = texts.map(
    (text) => load(text, { schema: JSON_SCHEMA }) as Manifest, // written by electron-builder
  );
  const [first, ...others] = manifests;
  if (first === undefined) throw new Error('no manifest');
  if (others.some(({ version }) => version !== first.version)) throw new Error('versions differ');
  if (others.length === 0) return texts[0] ?? '';
  return dump({ ...first, files: manifests.flatMap(({ files }) => files) }, { lineWidth: -1 });
}

/**
 * Signs a manifest with Ed25519.
 * @param pem the private key
 * @param keys public keys that packages know; that of `pem` has to be among them
 * @returns what the file beside the manifest contains
 * @throws Error if installed versions wouldn't accept the signature
 */
export function signManifest(manifest: Uint8Array, pem: string, keys: readonly string[]): string {
  const privateKey = createPrivateKey(pem);
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  if (privateKey.asymmetricKeyType !== 'ed25519' || !keys.includes(publicKey.toString('base64'))) {
    throw new Error('The signing key is not one of the keys in package.json.');
  }
  return `${sign(null, manifest, privateKey).toString('base64')}\n`;
}
