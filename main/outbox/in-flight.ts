import type { Sent } from './delivery.ts';

/** One entry on its way. */
export interface Flight {
  /** Aborted when it is taken out of the outbox meanwhile. */
  readonly signal: AbortSignal;
  stop(): void;
  /** Resolves when it is over, whichever way. */
  readonly over: Promise<void>;
  /** What comes of it, where it was sent again: who presses meanwhile waits for the same. */
  sent?: Promise<Sent>;
}

/** The entries that are on their way just now: nothing else sends these, and each can be stopped. */
export interface Flights {
  get(id: string): Flight | undefined;
  begin(id: string): Flight;
  end(id: string): void;
}

export function createFlights(): Flights {
  const flights = new Map<string, { readonly flight: Flight; readonly done: () => void }>();
  return {
    get: (id) => flights.get(id)?.flight,
    begin(id) {
      let done = (): void => {};
      const over = new Promise<void>((resolve) => {
        done = resolve;
      });
      const controller = new AbortController();
      const flight: Flight = {
        signal: controller.signal,
        stop: () => controller.abort(),
        over,
      };
      flights.set(id, { flight, done });
      return flight;
    },
    end(id) {
      flights.get(id)?.done();
      flights.delete(id);
    },
  };
}
