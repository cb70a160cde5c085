/** What can be asked of one link, by key or by button. */
export type LinkCommand =
  | 'copy'
  | 'open'
  /** Asks first. */
  | 'revoke'
  | 'revoke-now'
  | 'undo'
  | 'forget'
  | 'toggle'
  | 'select-all';
