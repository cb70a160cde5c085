import type { Expected, Operation } from './failure-rows.ts';

/** Faults as the failure matrix writes them. */

export const lost = (outcomeUnknown: boolean): Expected => ({
  kind: 'connection-lost',
  outcomeUnknown,
});
export const late: Expected = { kind: 'timed-out', outcomeUnknown: true };
export const bad = (reason: string, outcomeUnknown = true): Expected => ({
  kind: 'bad-response',
  reason,
  outcomeUnknown,
});
export const rejected = (status: number): Expected => ({ kind: 'rejected', status });
export const error = (status: number): Expected => ({
  kind: 'service-error',
  status,
  outcomeUnknown: true,
});
export const notReady = (status: number, more: object = {}): Expected => ({
  kind: 'not-ready',
  status,
  outcomeUnknown: status !== 503,
  ...more,
});
/** A revoke reads no answer, so what is in it does not matter. */
export const NOT_READ: Partial<Record<Operation, Expected>> = { revoke: 'done' };
