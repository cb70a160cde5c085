/** What can be asked of one link, by key or by button. */
export type LinkCommand =
  /** What Enter and a click do: copies the link and hides the window; details of one that ended. */
  | 'activate'
  | 'copy'
  | 'open'
  /** Shows its options; its details where they can't be changed. */
  | 'options'
  /** Follows the link to see whether it opens. */
  | 'test'
  /** Asks first. */
  | 'revoke'
  | 'revoke-now'
  /** Undoes the share; asks first where the link could not be restored. */
  | 'undo'
  | 'undo-now'
  /** Takes a revoke back. */
  | 'restore'
  | 'remove'
  | 'toggle'
  | 'select-all';
