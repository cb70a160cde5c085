/** The rate is that of the last seconds: of about this time, in ms. */
const WINDOW_MS = 3_000;

/** Too short a time says nothing yet, in ms. */
const LEAST_MS = 500;

/**
 * Tells from how much was sent how fast it goes, in bytes a second; `undefined` before that is
 * known. A number that falls starts anew: another share.
 * @param now a steady clock, in ms
 */
export function createMeasureRate(now: () => number): (sentBytes: number) => number | undefined {
  let points: { readonly atMs: number; readonly sentBytes: number }[] = [];
  return (sentBytes) => {
    const atMs = now();
    if (sentBytes < (points.at(-1)?.sentBytes ?? 0)) points = [];
    points.push({ atMs, sentBytes });
    // The newest of those that are old enough stays: the window is never shorter than it should be.
    while (points[1] !== undefined && atMs - points[1].atMs >= WINDOW_MS) points.shift();
    const first = points[0];
    const elapsedMs = atMs - (first?.atMs ?? atMs);
    if (first === undefined || elapsedMs < LEAST_MS) return undefined;
    return ((sentBytes - first.sentBytes) / elapsedMs) * 1_000;
  };
}
