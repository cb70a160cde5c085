import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpFault } from '../http/fault.ts';
import { readJsonBody } from '../http/json-body.ts';
import type { PathParameters } from '../http/router.ts';
import type { PagesListener } from '../network/pages-listener.ts';
import type { Passwords } from '../password.ts';
import type { Missing } from '../store/share-ending.ts';
import type { ShareStore } from '../store/share-store.ts';
import type { Users } from '../store/users.ts';
import type { OpenCounter } from '../store/views.ts';
import { type Caller, ownerOf } from './caller.ts';
import type { CreateOnce } from './idempotency.ts';
import type { Metrics } from './metrics.ts';

/** About 17 MB of file as an array of numbers; parsing takes several times that in memory. */
export const MAX_JSON_BYTES = 64 * 1024 * 1024;

export interface ApiDeps {
  readonly store: ShareStore;
  readonly users: Users;
  readonly views: OpenCounter;
  readonly passwords: Passwords;
  /** Links lead there; the first one opens it. */
  readonly pages: PagesListener;
  readonly createOnce: CreateOnce;
  readonly metrics: Metrics;
  /** Whether requests should come here. */
  readonly isReady: () => boolean;
  /** The time by which links expire, in ms since 1970. @see Database.now */
  readonly now: () => number;
  /** An id of this data folder. */
  readonly installation: string;
  /** When a share expires if nothing was asked for, in ms from its creation; `null`: never. */
  readonly defaultLifeMs: number | null;
  readonly maxContentBytes: number;
  readonly quotaBytes: () => number;
}

/** One request to a route of the API. */
export interface Call {
  readonly caller: Caller;
  readonly parameters: PathParameters;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

export type ApiHandler = (call: Call, api: ApiDeps) => Promise<void>;

export const jsonBodyOf = ({ request }: Call): Promise<unknown> =>
  readJsonBody(request, MAX_JSON_BYTES);

/**
 * The id of the share that is asked for. A user's token finds only the user's own: another one's is
 * as unknown as one that doesn't exist, by the same look-up.
 * @throws HttpFault 404
 */
export async function shareIdOf({ parameters, caller }: Call, { store }: ApiDeps): Promise<string> {
  const id = parameters.share ?? '';
  const owner = ownerOf(caller);
  if (owner !== undefined && !(await store.ownsShare(owner, id))) {
    throw new HttpFault(404, 'Share not found.');
  }
  return id;
}

/** The same for assets. @see shareIdOf */
export async function assetIdOf({ parameters, caller }: Call, { store }: ApiDeps): Promise<string> {
  const id = parameters.asset ?? '';
  const owner = ownerOf(caller);
  if (owner !== undefined && !(await store.ownsAsset(owner, id))) {
    throw new HttpFault(404, 'Asset not found.');
  }
  return id;
}

/**
 * What the store returned for something that is there.
 * @throws HttpFault 404 for what it doesn't know, 410 for what has ended
 */
export function found<T>(result: T | Missing, what: 'Asset' | 'Share', ended: string): T {
  if (result === 'unknown') throw new HttpFault(404, `${what} not found.`);
  if (result === 'already-ended') throw new HttpFault(410, `${what} ${ended}.`);
  // `Missing` has these two members only; T is an object, or another word.
  return result as T;
}
