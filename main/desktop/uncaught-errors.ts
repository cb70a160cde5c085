/**
 * Hears of errors that nobody caught, so that the app goes on and tells instead of showing
 * Electron's error box, which would stop everything until someone clicks it away.
 * Only where it happened is printed: a message may quote what someone copied.
 */
export function catchTheRest(onError: () => void): void {
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
