const PRIVATE = 0o077;

/**
 * From here on every file that this process makes is its owner's alone, also those of libraries
 * that name no mode.
 */
const inherited = process.umask(PRIVATE);

/**
 * Starts another program with the umask that this process was started with: a browser's downloads,
 * or the app itself, must not get that of our files.
 */
export function withInheritedUmask<T>(start: () => T): T {
  process.umask(inherited);
  let isLater = false;
  try {
    const started = start();
    if (started instanceof Promise) {
      isLater = true;
      started.finally(() => process.umask(PRIVATE)).catch(() => undefined);
    }
    return started;
  } finally {
    if (!isLater) process.umask(PRIVATE);
  }
}
