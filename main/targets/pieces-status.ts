import type { TextKey } from '../i18n/messages.ts';
import type { PiecesState } from '../pieces/state.ts';
import type { TargetStatus } from './target.ts';

/** One line for each state in which it can't create links. */
const PROBLEM_DETAILS = {
  'not-running': 'piecesNotRunning',
  unverified: 'piecesUnverified',
  'not-responding': 'piecesNotResponding',
  'signed-out': 'piecesSignedOut',
  'cloud-not-connected': 'piecesCloudOff',
  'cloud-starting': 'piecesCloudStarting',
  'out-of-date': 'piecesOutOfDate',
} as const satisfies Readonly<Record<Exclude<PiecesState['kind'], 'ready' | 'unknown'>, TextKey>>;

export type PiecesProblem = keyof typeof PROBLEM_DETAILS;

// Safe: the keys of a constant object are exactly these.
export const PIECES_PROBLEMS = Object.keys(PROBLEM_DETAILS) as readonly PiecesProblem[];

/** One line for each state. */
export const PIECES_DETAILS = {
  ready: 'ready',
  unknown: 'piecesSearching',
  ...PROBLEM_DETAILS,
} as const satisfies Readonly<Record<PiecesState['kind'], TextKey>>;

/** How Pieces OS is as a target, with what the user can do about it. Pure. */
export function piecesStatus(state: PiecesState, isInstalled: boolean): TargetStatus {
  const detail = PIECES_DETAILS[state.kind];
  switch (state.kind) {
    case 'ready':
      return { state: 'ready', detail };
    case 'unknown':
      return { state: 'unknown', detail };
    case 'not-running':
      return { state: 'absent', detail, recovery: isInstalled ? 'start-pieces' : 'get-pieces' };
    case 'unverified': {
      const { port, uid } = state;
      return { state: 'problem', detail, recovery: 'decide', foreignPeer: { port, uid } };
    }
    case 'signed-out':
      return { state: 'problem', detail, recovery: 'sign-in' };
    case 'cloud-not-connected':
      return { state: 'problem', detail, recovery: 'connect-cloud' };
    case 'out-of-date':
      return { state: 'problem', detail, recovery: 'update-service' };
    case 'not-responding':
    case 'cloud-starting':
      return { state: 'problem', detail };
  }
}
