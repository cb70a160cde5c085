/** What can be asked of one link, by key or by button. */
export type LinkCommand =
  | 'copy'
  | 'open'
  /** Follows the link to see whether it opens. */
  | 'test'
  /** Asks first. */
  | 'revoke'
  | 'revoke-now'
  | 'undo'
  /** Takes a revoke back. */
  | 'restore'
  | 'forget'
  | 'toggle'
  | 'select-all';
