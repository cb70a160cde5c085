/** What the clipboard's thread is started with. */
export interface WorkerData {
  /** The compositor's socket. */
  readonly path: string;
  /** Shared with the main thread: two numbers, at `WAKE_FD` and `CLOSING`. */
  readonly shared: Int32Array;
}

/** Where `shared` has the descriptor that wakes the thread when a byte is written to it; 0: none yet. */
export const WAKE_FD = 0;
/** Where `shared` has 1 once the thread has to end. */
export const CLOSING = 1;
