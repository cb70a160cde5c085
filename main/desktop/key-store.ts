import type { SafeStorage } from 'electron';
import type { KeyStore } from '../settings/settings.ts';

/**
 * The system's key store, as Electron offers it. On Linux without a keyring there is none:
 * `basic_text` encrypts with a password that everyone knows, which is no encryption.
 */
export function createKeyStore(storage: SafeStorage, platform = process.platform): KeyStore {
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
