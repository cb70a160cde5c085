import type { RequestListener } from 'node:http';
import type { Counts, Listener } from './counts.ts';
import { assignRequestId, requestIdOf } from './http/request-id.ts';
import type { Log } from './log.ts';

interface ObservationOptions {
  readonly counts: Counts;
  /** Called for each response. */
  readonly onAnswered: () => void;
  /** Gets one line for each request. Never its path: whoever reads it could open the link. */
  readonly requestLog?: Log | undefined;
}

/** Gives each request of a listener an id, and counts and measures its response. */
export function createObserver({ counts, onAnswered, requestLog }: ObservationOptions) {
  return (listener: Listener, handle: RequestListener): RequestListener => {
    const requests = counts.requests[listener];
    return (request, response) => {
      const startedAtMs = performance.now();
      assignRequestId(request, response);
      requests.inFlight++;
      // Its last event, also when the client leaves before the end.
      response.once('close', () => {
        requests.inFlight--;
        const ms = performance.now() - startedAtMs;
        const { statusCode: status, writableFinished: isComplete } = response;
        if (isComplete) {
          onAnswered();
          requests.answered(status, ms);
        }
        requestLog?.({
          level: 'info',
          event: 'request',
          listener,
          requestId: requestIdOf(response),
          method: request.method,
          status: isComplete ? status : undefined,
          ms: Math.round(ms),
        });
      });
      handle(request, response);
    };
  };
}

export type ObserveRequests = ReturnType<typeof createObserver>;
