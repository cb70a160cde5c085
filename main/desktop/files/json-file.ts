import { readFileSync, rmSync, writeFileSync } from 'node:fs';

export interface SmallFile {
  /** `undefined` where there is no such file, or no JSON in it. */
  load(): unknown;
  save(value: unknown): void;
  remove(): void;
}

/** One JSON value in a file of its own (mode 0600), written and removed at once; failures are silent. */
export function createJsonFile(path: string): SmallFile {
  const silently = <T>(step: () => T): T | undefined => {
    try {
      return step();
    } catch {
      return undefined;
    }
  };
  return {
    load: () => silently(() => JSON.parse(readFileSync(path, 'utf8'))),
    save: (value) =>
      void silently(() => writeFileSync(path, JSON.stringify(value), { mode: 0o600 })),
    remove: () => void silently(() => rmSync(path, { force: true })),
  };
}
