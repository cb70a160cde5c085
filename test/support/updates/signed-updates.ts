import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A key that signs manifests in tests. */
export interface SigningKey {
  /** As package.json lists it. */
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

export function newSigningKey(): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    privateKey,
  };
}

/** The content of the signature's file. */
export function signatureOf(manifest: Uint8Array, key: SigningKey): string {
  return `${sign(null, manifest, key.privateKey).toString('base64')}\n`;
}

/**
 * A manifest as electron-builder writes it.
 * @param blockMapSize bytes of the block map at the end of the content; absent: there is none
 */
export function manifestOf(
  version: string,
  content: Uint8Array,
  name = 'linkify-tray-x86_64.AppImage',
  blockMapSize?: number,
): Buffer {
  const sha512 = createHash('sha512').update(content).digest('base64');
  return Buffer.from(
    [
      `version: ${version}`,
      'files:',
      `  - url: ${name}`,
      `    sha512: ${sha512}`,
      `    size: ${content.length}`,
      ...(blockMapSize === undefined ? [] : [`    blockMapSize: ${blockMapSize}`]),
      `path: ${name}`,
      `sha512: ${sha512}`,
      "releaseDate: '2026-11-01T00:00:00.000Z'",
      '',
    ].join('\n'),
  );
}
