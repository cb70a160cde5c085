import type { SafeStorage } from 'electron';
import type { SecretBox } from '../settings/settings.ts';

/** The system's key store, as Electron offers it; on Linux without a keyring there is none. */
export function createSecretBox(storage: SafeStorage): SecretBox {
  return {
    available: () => storage.isEncryptionAvailable(),
    encrypt: (text) => storage.encryptString(text).toString('base64'),
    decrypt: (sealed) => storage.decryptString(Buffer.from(sealed, 'base64')),
  };
}
