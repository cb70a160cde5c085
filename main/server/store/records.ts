/** One change of the metadata. Values are JSON text, or an asset's own small content. */
export type Change =
  | { readonly put: string; readonly value: string | Uint8Array }
  | { readonly remove: string };

/**
 * Metadata: an ordered map of keys to values. The one interface that another store
 * (a database that several instances share) would have to implement.
 */
export interface Records {
  get(key: string): Promise<string | undefined>;
  getMany(keys: readonly string[]): Promise<readonly (string | undefined)[]>;
  getBytes(key: string): Promise<Uint8Array | undefined>;
  /** Keys that begin with `prefix`, in order (or from the last), `limit` at most. */
  keys(prefix: string, options?: KeyRange): Promise<readonly string[]>;
  /**
   * Applies all changes or none, and resolves once they would survive a power cut.
   * @param forget keys whose old values must leave the files: soon, and after a crash at the next start
   */
  write(changes: readonly Change[], forget?: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export interface KeyRange {
  readonly limit?: number;
  readonly newestFirst?: boolean;
  /** Only keys after this one (before it, when `newestFirst`). */
  readonly after?: string;
  /** Only keys below this one. */
  readonly below?: string;
}
