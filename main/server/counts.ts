import type { RequestListener } from 'node:http';

/** What the service has answered since its start. */
export interface ResponseCounts {
  answered(listener: Listener, status: number): void;
  /** Answers by listener and status. */
  answers(): readonly {
    readonly listener: Listener;
    readonly status: number;
    readonly count: number;
  }[];
}

export type Listener = 'api' | 'pages';

/** @param onAnswered called for each response */
export function createCounts(onAnswered: () => void = () => {}): ResponseCounts {
  const counted = new Map<string, { listener: Listener; status: number; count: number }>();
  return {
    answered(listener, status) {
      onAnswered();
      const key = `${listener} ${status}`;
      const entry = counted.get(key);
      if (entry === undefined) counted.set(key, { listener, status, count: 1 });
      else entry.count++;
    },
    answers: () => [...counted.values()],
  };
}

/** Counts each response of this handler once it was sent. */
export function countResponses(
  counts: ResponseCounts,
  listener: Listener,
  handle: RequestListener,
): RequestListener {
  return (request, response) => {
    response.once('finish', () => counts.answered(listener, response.statusCode));
    handle(request, response);
  };
}
