import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { PasswordRecord } from './store/stored-options.ts';
import { createTaskQueue } from './task-queue.ts';

/** 32 MiB and some 0.1 to 0.4 s a try (OWASP's scrypt choices); one at a time bounds the memory. */
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
const HASH_BYTES = 32;

export type Passwords = ReturnType<typeof createPasswords>;

/** Hashes passwords, one at a time. */
export function createPasswords() {
  const oneAtATime = createTaskQueue();

  const derive = (password: string, salt: Buffer): Promise<Buffer> =>
    oneAtATime(
      () =>
        new Promise((resolve, reject) => {
          scrypt(password.normalize('NFC'), salt, HASH_BYTES, COST, (error, key) =>
            error === null ? resolve(key) : reject(error),
          );
        }),
    );

  return {
    async hash(password: string): Promise<PasswordRecord> {
      const salt = randomBytes(16);
      const hash = await derive(password, salt);
      return { salt: salt.toString('base64'), hash: hash.toString('base64') };
    },
    /** In constant time. */
    async matches(password: string, record: PasswordRecord): Promise<boolean> {
      const hash = await derive(password, Buffer.from(record.salt, 'base64'));
      return timingSafeEqual(hash, Buffer.from(record.hash, 'base64'));
    },
  };
}
