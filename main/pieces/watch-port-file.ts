import { type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Calls back when something changes beside a port file: Pieces OS writes it as it starts. A folder
 * that is not there yet is passed over, for nothing was ever installed that would write to it.
 * @returns how to stop
 */
export function watchPortFiles(paths: readonly string[], listener: () => void): () => void {
  const watchers: FSWatcher[] = [];
  for (const folder of new Set(paths.map((path) => dirname(path)))) {
    try {
      const watcher = watch(folder, { persistent: false }, listener);
      watcher.on('error', () => watcher.close());
      watchers.push(watcher);
    } catch {
      // Not there, or not watchable: the pauses between looks are short enough.
    }
  }
  return () => {
    for (const watcher of watchers) watcher.close();
  };
}
