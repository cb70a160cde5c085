import * as v from 'valibot';
import { shareOptionsSchema } from '../../share-options.ts';

/** A password as scrypt made it; both in base64. */
const passwordRecordSchema = v.object({ salt: v.string(), hash: v.string() });

export type PasswordRecord = Readonly<v.InferOutput<typeof passwordRecordSchema>>;

/**
 * The options of a share that no query reads, as one JSON column stores them: all but its times,
 * with a hash in place of the password. A new option is stored without a change here.
 */
const storedOptionsSchema = v.object({
  ...v.omit(shareOptionsSchema, ['expiresInSeconds', 'graceSeconds', 'password']).entries,
  password: v.exactOptional(passwordRecordSchema),
});

export type StoredOptions = Readonly<v.InferOutput<typeof storedOptionsSchema>>;

/** @throws {v.ValiError} for what isn't such options */
export function storedOptionsFrom(json: string): StoredOptions {
  return v.parse(storedOptionsSchema, JSON.parse(json));
}
