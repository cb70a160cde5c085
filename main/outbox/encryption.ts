import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../files/write-atomically.ts';
import type { KeyStore } from '../settings/settings.ts';

/** Encrypts the content of pending shares, where the system has a key store. */
export interface OutboxEncryption {
  isAvailable(): boolean;
  seal(bytes: Uint8Array): Uint8Array;
  /** @throws when it was sealed with a key that is gone, or is damaged */
  open(sealed: Uint8Array): Uint8Array;
}

const PLAIN = 0;
const SEALED = 1;
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM under a key of its own, which the system's key store seals in `key`: the store itself
 * takes short texts only, and asks the system each time. Where there is none, nothing is encrypted.
 * @param now wall clock, in ms since 1970
 */
export function createOutboxEncryption(
  folder: string,
  secrets: KeyStore,
  now: () => number = Date.now,
): OutboxEncryption {
  const path = join(folder, 'key');
  let key: Buffer | undefined;

  const keyForOpening = (): Buffer => {
    if (key !== undefined) return key;
    const found = Buffer.from(secrets.decrypt(readFileSync(path, 'utf8')), 'base64');
    if (found.byteLength !== KEY_BYTES) throw new Error('not a key');
    key = found;
    return found;
  };

  const keyForSealing = (): Buffer => {
    if (key !== undefined) return key;
    if (existsSync(path)) {
      try {
        return keyForOpening();
      } catch {
        // What was sealed with it stays unreadable until the system's key store is as it was.
        renameSync(path, `${path}.lost-${now()}`);
      }
    }
    const created = randomBytes(KEY_BYTES);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeWhole(path, secrets.encrypt(created.toString('base64')));
    key = created;
    return created;
  };

  return {
    isAvailable: () => secrets.available(),
    seal(bytes) {
      if (!secrets.available()) return Buffer.concat([Buffer.of(PLAIN), bytes]);
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', keyForSealing(), iv);
      const body = [cipher.update(bytes), cipher.final()];
      return Buffer.concat([Buffer.of(SEALED), iv, cipher.getAuthTag(), ...body]);
    },
    open(sealed) {
      const body = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      if (body[0] === PLAIN) return body.subarray(1);
      if (body[0] !== SEALED) throw new Error('not of the outbox');
      const decipher = createDecipheriv(
        'aes-256-gcm',
        keyForOpening(),
        body.subarray(1, 1 + IV_BYTES),
      );
      decipher.setAuthTag(body.subarray(1 + IV_BYTES, 1 + IV_BYTES + TAG_BYTES));
      const rest = body.subarray(1 + IV_BYTES + TAG_BYTES);
      return Buffer.concat([decipher.update(rest), decipher.final()]);
    },
  };
}
