/** What `poll` waits for: that something can be read, or can be written. */
export const READABLE = 0x1;
export const WRITABLE = 0x4;

export interface PollEntry {
  readonly fd: number;
  readonly events: number;
}

/** Longest silence of a program whose content is read, in ms, as on X11. */
export const SILENCE_MS = 2_000;
/** Longest silence of a program that reads what we copied, in ms. It blocks nobody else. */
const READER_SILENCE_MS = 60_000;
/** The largest content that is read, in bytes; a file of that size is shared as a file. */
export const MAX_BYTES = 512 * 1024 * 1024;
/** Programs that read at the same time; more are refused, for each takes a descriptor. */
const MAX_READERS = 100;

/** Why nothing was read: the program that copied is silent, or its content is too long. */
export type ReadProblem = 'silent' | 'too-long';

/** The calls that are used; tests replace them. */
export interface PipeCalls {
  readFd(fd: number): Uint8Array | undefined;
  writeFd(fd: number, bytes: Uint8Array): number;
  setNonBlocking(fd: number): void;
  closeFd(fd: number): void;
}

interface Incoming {
  readonly fd: number;
  readonly parts: Uint8Array[];
  bytes: number;
  deadlineMs: number;
  readonly done: (content: Uint8Array | ReadProblem) => void;
}

interface Outgoing {
  readonly fd: number;
  rest: Uint8Array;
  deadlineMs: number;
}

/** Contents on their way through pipes, any number of them at the same time; none waits for another. */
export class Transfers {
  readonly #calls: PipeCalls;
  readonly #now: () => number;
  readonly #incoming = new Set<Incoming>();
  readonly #outgoing = new Set<Outgoing>();

  /** @param now a monotonic clock, in ms */
  constructor(calls: PipeCalls, now: () => number) {
    this.#calls = calls;
    this.#now = now;
  }

  /** Reads until the other end is closed, closes the descriptor, and calls back. */
  read(fd: number, done: Incoming['done']): void {
    this.#incoming.add({ fd, parts: [], bytes: 0, deadlineMs: this.#now() + SILENCE_MS, done });
  }

  /** Writes, then closes the descriptor; also when the other end is closed before. */
  write(fd: number, content: Uint8Array): void {
    if (this.#outgoing.size >= MAX_READERS) {
      this.#calls.closeFd(fd);
      return;
    }
    this.#calls.setNonBlocking(fd);
    this.#outgoing.add({ fd, rest: content, deadlineMs: this.#now() + READER_SILENCE_MS });
  }

  /** What `poll` should wait for. */
  entries(): readonly PollEntry[] {
    return [
      ...[...this.#incoming].map(({ fd }) => ({ fd, events: READABLE })),
      ...[...this.#outgoing].map(({ fd }) => ({ fd, events: WRITABLE })),
    ];
  }

  /** For `poll`: the time to the next deadline, in ms; -1 if there is none. */
  timeoutMs(): number {
    const deadlines = [...this.#incoming, ...this.#outgoing].map(({ deadlineMs }) => deadlineMs);
    if (deadlines.length === 0) return -1;
    return Math.max(0, Math.ceil(Math.min(...deadlines) - this.#now()));
  }

  /** @param ready the descriptors that `poll` found ready */
  advance(ready: ReadonlySet<number>): void {
    const nowMs = this.#now();
    for (const transfer of [...this.#incoming]) {
      if (ready.has(transfer.fd)) this.#readMore(transfer, nowMs);
      else if (transfer.deadlineMs <= nowMs) this.#endReading(transfer, 'silent');
    }
    for (const transfer of [...this.#outgoing]) {
      if (ready.has(transfer.fd)) this.#writeMore(transfer, nowMs);
      else if (transfer.deadlineMs <= nowMs) this.#endWriting(transfer);
    }
  }

  /** Closes all descriptors and calls nobody back. */
  close(): void {
    for (const { fd } of [...this.#incoming, ...this.#outgoing]) this.#calls.closeFd(fd);
    this.#incoming.clear();
    this.#outgoing.clear();
  }

  #readMore(transfer: Incoming, nowMs: number): void {
    let part: Uint8Array | undefined;
    try {
      part = this.#calls.readFd(transfer.fd);
    } catch {
      this.#endReading(transfer, 'silent');
      return;
    }
    if (part === undefined) {
      this.#endReading(transfer, joined(transfer));
      return;
    }
    transfer.parts.push(part);
    transfer.bytes += part.byteLength;
    transfer.deadlineMs = nowMs + SILENCE_MS;
    if (transfer.bytes > MAX_BYTES) this.#endReading(transfer, 'too-long');
  }

  #endReading(transfer: Incoming, result: Uint8Array | ReadProblem): void {
    this.#incoming.delete(transfer);
    this.#calls.closeFd(transfer.fd);
    transfer.done(result);
  }

  #writeMore(transfer: Outgoing, nowMs: number): void {
    try {
      const length = this.#calls.writeFd(transfer.fd, transfer.rest);
      transfer.rest = transfer.rest.subarray(length);
      transfer.deadlineMs = nowMs + READER_SILENCE_MS;
    } catch {
      // The reader has enough.
      transfer.rest = transfer.rest.subarray(transfer.rest.byteLength);
    }
    if (transfer.rest.byteLength === 0) this.#endWriting(transfer);
  }

  #endWriting(transfer: Outgoing): void {
    this.#outgoing.delete(transfer);
    this.#calls.closeFd(transfer.fd);
  }
}

function joined({ parts, bytes }: Incoming): Uint8Array {
  const content = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    content.set(part, at);
    at += part.byteLength;
  }
  return content;
}
