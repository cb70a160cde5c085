/** One line of the service's log; never any content, token or message of an error. */
interface LogEvent {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly [detail: string]: string | number | boolean | undefined;
}

export type Log = (event: LogEvent) => void;

/** An error's name and code, never its message: that may quote content. */
export function errorName(cause: unknown): string {
  if (!(cause instanceof Error)) return typeof cause;
  return 'code' in cause ? `${cause.name} ${String(cause.code)}` : cause.name;
}
