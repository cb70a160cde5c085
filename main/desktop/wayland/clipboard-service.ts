import { DataControl, type Selection } from './protocol.ts';
import { type PipeCalls, type ReadProblem, Transfers } from './transfers.ts';
import type { Encoded, Received } from './wire.ts';

/** What the worker is asked for. Each has an id, which its answer has too. */
export type Request =
  | { readonly kind: 'current'; readonly id: number }
  | { readonly kind: 'read'; readonly id: number; readonly serial: number; readonly type: string }
  | {
      readonly kind: 'write';
      readonly id: number;
      /** Contents by type, the best type first. None clears the clipboard. */
      readonly parts: ReadonlyMap<string, Uint8Array>;
    };

/** `changed`: something else was copied meanwhile. `refused`: what was written is not there. */
export type Answer = Selection | Uint8Array | ReadProblem | 'changed' | 'written' | 'refused';

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'selection' }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer }
  /** What the request `id` wrote is no longer on the clipboard. */
  | { readonly kind: 'replaced'; readonly id: number }
  | { readonly kind: 'ended'; readonly reason: string };

export interface ClipboardServiceDeps {
  /** Sends at once: the descriptors of the message are closed afterwards. */
  readonly transmit: (message: Encoded) => void;
  readonly post: (message: FromWorker) => void;
  readonly openPipe: () => { readonly from: number; readonly to: number };
  readonly calls: PipeCalls;
  /** A monotonic clock, in ms. */
  readonly now: () => number;
}

/** Reads, watches and writes the clipboard, in the worker. */
export class ClipboardService {
  readonly #deps: ClipboardServiceDeps;
  readonly #protocol: DataControl;
  readonly transfers: Transfers;
  /** What we copied, by source, until another program copies. */
  readonly #copied = new Map<
    number,
    { readonly id: number; readonly parts: ReadonlyMap<string, Uint8Array> }
  >();
  #isReady = false;

  constructor(deps: ClipboardServiceDeps) {
    this.#deps = deps;
    const { calls, post } = deps;
    this.transfers = new Transfers(calls, deps.now);
    this.#protocol = new DataControl(deps.transmit, {
      ready: () => {
        this.#isReady = true;
        post({ kind: 'ready' });
      },
      unavailable: () => post({ kind: 'unavailable' }),
      // The first one says what was there before.
      selection: () => this.#isReady && post({ kind: 'selection' }),
      send: (source, type, fd) => {
        const content = this.#copied.get(source)?.parts.get(type);
        if (content === undefined) calls.closeFd(fd);
        else this.transfers.write(fd, content);
      },
      cancelled: (source) => {
        const copied = this.#copied.get(source);
        this.#copied.delete(source);
        if (copied !== undefined) post({ kind: 'replaced', id: copied.id });
      },
      ended: (reason) => post({ kind: 'ended', reason }),
    });
  }

  start(): void {
    this.#protocol.start();
  }

  /** A message of the compositor. */
  handle(message: Received, takeFd: () => number | undefined): void {
    this.#protocol.handle(message, takeFd);
  }

  request(request: Request): void {
    const { id } = request;
    switch (request.kind) {
      case 'current':
        // What was copied before the request is reported before the answer.
        this.#protocol.sync(() => this.#answer(id, this.#protocol.current()));
        break;
      case 'read': {
        const { serial } = request;
        this.#receive(serial, request.type, (content) =>
          this.#answer(id, this.#protocol.current().serial === serial ? content : 'changed'),
        );
        break;
      }
      case 'write':
        this.#write(id, request.parts);
        break;
    }
  }

  /** Written is what the compositor gives back, as it gives it to other programs. */
  #write(id: number, parts: ReadonlyMap<string, Uint8Array>): void {
    const [first] = parts;
    if (first === undefined) {
      this.#protocol.clear();
      this.#protocol.sync(() => this.#answer(id, 'written'));
      return;
    }
    const source = this.#protocol.copy([...parts.keys()]);
    this.#copied.set(source, { id, parts });
    const [type, expected] = first;
    this.#protocol.sync(() => {
      const { serial, types } = this.#protocol.current();
      if (!this.#copied.has(source) || !types.includes(type)) {
        this.#answer(id, 'refused');
        return;
      }
      this.#receive(serial, type, (content) => {
        const isSame = content instanceof Uint8Array && Buffer.compare(content, expected) === 0;
        this.#answer(id, isSame ? 'written' : 'refused');
      });
    });
  }

  #receive(
    serial: number,
    type: string,
    done: (content: Uint8Array | ReadProblem | 'changed') => void,
  ): void {
    const { closeFd } = this.#deps.calls;
    const { from, to } = this.#deps.openPipe();
    const isCurrent = this.#protocol.receive(serial, type, to);
    closeFd(to);
    if (isCurrent) {
      this.transfers.read(from, done);
      return;
    }
    closeFd(from);
    done('changed');
  }

  #answer(id: number, answer: Answer): void {
    this.#deps.post({ kind: 'answer', id, answer });
  }
}
