import type { LinkifyFault } from '../../../main/linkify/errors.ts';
import type { ServiceState } from '../../support/linkify-in-memory.ts';
import type { ScriptedReply } from '../../support/scripted-service.ts';
import { ANSWER_ROWS } from './failure-rows-answers.ts';
import { CONNECTION_ROWS } from './failure-rows-connection.ts';
import { OTHER_ROWS } from './failure-rows-other.ts';
import { STATUS_ROWS } from './failure-rows-statuses.ts';

/**
 * The failure matrix as data: what a service does, and what comes of it. docs/contributing/failure-matrix.md shows it as
 * a table; failure-matrix.test.ts runs each case at the client, pending-matrix.test.ts the whole way.
 */

/** What the failing call is: of a share its asset or its link, a collection's link, a revoke, the list. */
export type Operation = 'asset' | 'share' | 'shareMany' | 'revoke' | 'list';

export const ROUTES: Readonly<Record<Operation, string>> = {
  asset: 'POST /assets/create',
  share: 'POST /linkify',
  shareMany: 'POST /linkify/multiple',
  revoke: 'POST /linkify/*/revoke',
  list: 'GET /shares',
};

// Each operation has its route, so these are all of them.
export const OPERATIONS = Object.keys(ROUTES) as readonly Operation[];

/** A fault, or the part of it that matters; `done`: nobody notices anything. */
export type Expected = Partial<Record<string, unknown>> | 'done';

/** What a service does, and which fault the client makes of it. */
export interface Case {
  readonly does: string;
  readonly reply: ScriptedReply;
  /** How the service is besides: signed out, without a cloud. */
  readonly state?: Partial<ServiceState>;
  /** Of a link that is asked for with its content; other operations follow it, unless told here. */
  readonly fault: Expected;
  readonly but?: Partial<Record<Operation, Expected>>;
}

/** A fault's kind, or of a bad answer the reason. */
export type Label =
  | Exclude<LinkifyFault['kind'], 'bad-response'>
  | Extract<LinkifyFault, { readonly kind: 'bad-response' }>['reason'];

/** What happens to a revoke: it is pending, reported as not done, or counts as done. */
export type RevokeFate = 'waits' | 'told' | 'done';

export interface FailureRow {
  /** 1 to 34. */
  readonly id: number;
  /** What the service does. */
  readonly service: string;
  /** What the client makes of it for shares and collections. */
  readonly comes: readonly Label[];
  readonly revoke: readonly RevokeFate[];
  /** What stays of what was to be shared, where that is more than the outcome says. */
  readonly kept?: string;
  /** Empty where no answer of a service makes the row: then it has a test of its own. */
  readonly cases: readonly Case[];
}

export const MATRIX: readonly FailureRow[] = [
  ...CONNECTION_ROWS,
  ...STATUS_ROWS,
  ...ANSWER_ROWS,
  ...OTHER_ROWS,
].sort((a, b) => a.id - b.id);

/** For tests that run everything: each case with the row that it belongs to. */
export const CASES = MATRIX.flatMap((row) =>
  row.cases.map((one) => [`row ${row.id}: ${one.does}`, one, row] as const),
);

/** What a case comes to for an operation. */
export function expectedOf({ fault, but }: Case, operation: Operation): Expected {
  const given = but?.[operation];
  if (given !== undefined) return given;
  if (fault === 'done') return 'done';
  // A list is only read, and asset and link are different things: neither leaves this doubt.
  if (operation === 'list' && 'outcomeUnknown' in fault) {
    const { shareId: _, ...rest } = fault;
    return { ...rest, outcomeUnknown: false };
  }
  return fault;
}

export function labelOf(expected: Expected): Label | 'done' {
  if (expected === 'done') return 'done';
  // Faults of the closed list, as the cases write them.
  return (expected.reason ?? expected.kind) as Label;
}
