import { createHmac, timingSafeEqual } from 'node:crypto';

/** Proves that a form was on a page of ours: pages of others can send forms, but not read ours. */
export interface FormKeys {
  keyFor(shareId: string): string;
  /** Compared in constant time. */
  fits(shareId: string, key: string): boolean;
}

/**
 * No key is stored: it is the share's id under a secret.
 * @param secret of this installation, the same for all of its processes
 */
export function createFormKeys(secret: string): FormKeys {
  const keyFor = (shareId: string): string =>
    createHmac('sha256', secret).update(`form ${shareId}`).digest('base64url');
  return {
    keyFor,
    fits(shareId, key) {
      const expected = Buffer.from(keyFor(shareId));
      const given = Buffer.from(key);
      return given.byteLength === expected.byteLength && timingSafeEqual(given, expected);
    },
  };
}
