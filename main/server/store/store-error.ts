export type StoreFault =
  | { readonly kind: 'unknown-asset' }
  | { readonly kind: 'asset-deleted' }
  | { readonly kind: 'name-taken' }
  | { readonly kind: 'one-time-collection' }
  /** The share was opened as often as the maximum allows, or more often. */
  | { readonly kind: 'maximum-reached'; readonly opens: number }
  | { readonly kind: 'full'; readonly usedBytes: number; readonly quotaBytes: number };

export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly fault: StoreFault;
  constructor(fault: StoreFault) {
    super(fault.kind);
    this.fault = fault;
  }
}
