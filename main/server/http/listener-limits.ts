/** What a listener takes from clients that are slow, many or broken. Times in ms, sizes in bytes. */
export interface ListenerLimits {
  /** Open at the same time. Beyond it, one that waits for its next request makes room. */
  readonly connections: number;
  /** The same for one visitor. */
  readonly connectionsPerAddress: number;
  /** From the first byte (of a new connection: from its opening) to the end of the headers. */
  readonly headersMs: number;
  /** Without a byte in either direction, while nothing waits for the reader. */
  readonly idleMs: number;
  /** Until the next request on a connection that is kept. */
  readonly keepAliveMs: number;
  /** A request may take this long, and 1 s more for each 64 KiB that have come. */
  readonly requestMs: number;
  /** A reader that takes less than `answerBytes` in `answerMs` has paused: cut off after five times that. */
  readonly answerMs: number;
  readonly answerBytes: number;
}

/** Of the share pages: a browser opens 6 connections, 40 of them fit. */
export const PAGES_LIMITS: ListenerLimits = {
  connections: 256,
  connectionsPerAddress: 32,
  headersMs: 10_000,
  idleMs: 30_000,
  keepAliveMs: 5_000,
  requestMs: 30_000,
  answerMs: 60_000,
  answerBytes: 64 * 1024,
};

/** Of the API, which only this computer reaches. */
export const API_LIMITS: ListenerLimits = {
  ...PAGES_LIMITS,
  connections: 64,
  connectionsPerAddress: 64,
};
