const SHORTEST_MS = 1_000;
const LONGEST_MS = 60 * 60 * 1_000;

/**
 * How long a service asks us to wait, in ms, held between 1 s and 1 h; `undefined` when it does
 * not say, or says nothing that can be read (RFC 9110, 10.2.3: seconds or a date).
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : dateMs(text) - nowMs;
  if (Number.isNaN(ms)) return undefined;
  return Math.min(Math.max(ms, SHORTEST_MS), LONGEST_MS);
}

/** An HTTP date begins with the day's name; anything else that `Date` would take is none. */
function dateMs(text: string): number {
  return /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text) ? Date.parse(text) : Number.NaN;
}
