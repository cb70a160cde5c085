import { isUp } from '../linkify/account-flows.ts';
import type { BadResponseReason, LinkifyFault } from '../linkify/errors.ts';
import type { CloudState, SignedInUser } from '../linkify/model.ts';

/** How Pieces OS is, as far as making links goes. */
export type PiecesState =
  /** Nobody has looked yet. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-running' }
  /** Something answers as Pieces OS does, but it may be someone else's; nothing is sent to it. */
  | { readonly kind: 'unverified'; readonly port: number; readonly uid: number }
  /** It runs, and gives no usable answer. */
  | { readonly kind: 'not-responding' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'cloud-not-connected'; readonly cloud: CloudState }
  | { readonly kind: 'cloud-starting' }
  /** It turned a link down because it is too old for it. */
  | { readonly kind: 'out-of-date' }
  | { readonly kind: 'ready' };

/** What the user's profile says. A cloud that says nothing counts as ready: its answer decides. */
export function stateOfUser(user: SignedInUser | null): PiecesState {
  if (user === null) return { kind: 'signed-out' };
  const { cloud } = user;
  if (isUp(cloud) || cloud === 'unknown') return { kind: 'ready' };
  return cloud === 'pending' ? { kind: 'cloud-starting' } : { kind: 'cloud-not-connected', cloud };
}

const ANOTHER_PROGRAM: ReadonlySet<BadResponseReason> = new Set([
  'web-page',
  'redirect',
  'not-linkify',
  'not-http',
]);

/** What a failed call says about the service itself; `undefined` when nothing. */
export function stateOfFault(fault: LinkifyFault): PiecesState | undefined {
  switch (fault.kind) {
    case 'unreachable':
      return { kind: 'not-running' };
    case 'unverified-peer':
      return { kind: 'unverified', port: fault.port, uid: fault.uid };
    case 'sign-in-required':
      return { kind: 'signed-out' };
    case 'cloud-not-connected':
      return fault.cloud === 'pending'
        ? { kind: 'cloud-starting' }
        : { kind: 'cloud-not-connected', cloud: fault.cloud };
    case 'update-required':
      return { kind: 'out-of-date' };
    case 'bad-response':
      // Another program answers in its place: it is proved anew before anything is sent there again.
      return ANOTHER_PROGRAM.has(fault.reason) ? { kind: 'not-running' } : undefined;
    default:
      return undefined;
  }
}

export function sameState(a: PiecesState, b: PiecesState): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === 'cloud-not-connected' && b.kind === a.kind) return a.cloud === b.cloud;
  if (a.kind === 'unverified' && b.kind === a.kind) return a.port === b.port && a.uid === b.uid;
  return true;
}
