import type { SafeStorage } from 'electron';
import type { SecretBox } from '../settings/settings.ts';

/**
 * The system's key store, as Electron offers it. On Linux without a keyring there is none:
 * `basic_text` encrypts with a password that everyone knows, which is no encryption.
 */
export function createSecretBox(storage: SafeStorage, platform = process.platform): SecretBox {
  let known: boolean | undefined;
  return {
    available() {
      known ??=
        storage.isEncryptionAvailable() &&
        !(platform === 'linux' && storage.getSelectedStorageBackend() === 'basic_text');
      return known;
    },
    encrypt: (text) => storage.encryptString(text).toString('base64'),
    decrypt: (sealed) => storage.decryptString(Buffer.from(sealed, 'base64')),
  };
}
