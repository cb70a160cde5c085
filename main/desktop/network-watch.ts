import { networkInterfaces } from 'node:os';

/** How often the machine's addresses are looked at, in ms; nothing is sent. */
const EVERY_MS = 5_000;

/** Calls back when the machine's network addresses change; answers how to stop. */
export function watchNetwork(onChange: () => void, everyMs = EVERY_MS): () => void {
  const seen = (): string =>
    Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .map(({ address }) => address)
      .sort()
      .join(' ');
  let before = seen();
  const timer = setInterval(() => {
    const now = seen();
    if (now === before) return;
    before = now;
    onChange();
  }, everyMs);
  return () => clearInterval(timer);
}
