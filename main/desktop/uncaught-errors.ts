/**
 * Handles uncaught errors: the app continues and reports them. Electron's error box would block it
 * until the user closes it. Only where it happened is printed: a message may quote what someone
 * copied.
 */
export function handleUncaughtErrors(onError: () => void): void {
  const hear = (error: unknown): void => {
    const stack = error instanceof Error ? (error.stack ?? '') : '';
    const where = stack.split('\n').filter((line) => /^\s+at /.test(line));
    console.error(
      ['Unexpected error', error instanceof Error ? error.name : '', ...where].join('\n'),
    );
    onError();
  };
  process.on('uncaughtException', hear);
  process.on('unhandledRejection', hear);
}
