export type StoreFault =
  | { readonly kind: 'unknown-asset' }
  | { readonly kind: 'asset-deleted' }
  | { readonly kind: 'name-taken' }
  /** A share with this id was created by another request meanwhile. */
  | { readonly kind: 'id-taken' }
  | { readonly kind: 'one-time-collection' }
  /** The share was opened as often as the maximum allows, or more often. */
  | { readonly kind: 'maximum-reached'; readonly opens: number }
  /** The user's token was revoked meanwhile. */
  | { readonly kind: 'user-disabled' }
  /** There is no room for a user: how much others have stored is not theirs to know. */
  | { readonly kind: 'server-full' }
  | { readonly kind: 'full'; readonly usedBytes: number; readonly quotaBytes: number };

export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly fault: StoreFault;
  constructor(fault: StoreFault) {
    super(fault.kind);
    this.fault = fault;
  }
}

/** The database or the store of contents can't be reached now. Nothing is wrong with the request. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}
