/** One line of the service's log; never any content, token or message of an error. */
interface ServiceEvent {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly [detail: string]: string | number | boolean | undefined;
}

export type Log = (event: ServiceEvent) => void;
