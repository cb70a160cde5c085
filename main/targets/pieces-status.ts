import type { PiecesState } from '../pieces/state.ts';
import type { TargetStatus } from './target.ts';

/** How Pieces OS is as a target, with what the user can do about it. Pure. */
export function piecesStatus(state: PiecesState, isInstalled: boolean): TargetStatus {
  switch (state.kind) {
    case 'ready':
      return { state: 'ready', detail: 'ready' };
    case 'unknown':
      return { state: 'unknown', detail: 'piecesSearching' };
    case 'not-running':
      return {
        state: 'absent',
        detail: 'piecesNotRunning',
        recovery: isInstalled ? 'start-pieces' : 'get-pieces',
      };
    case 'unverified': {
      const { port, uid } = state;
      return {
        state: 'problem',
        detail: 'piecesUnverified',
        recovery: 'decide',
        foreignPeer: { port, uid },
      };
    }
    case 'signed-out':
      return { state: 'problem', detail: 'piecesSignedOut', recovery: 'sign-in' };
    case 'cloud-not-connected':
      return { state: 'problem', detail: 'piecesCloudOff', recovery: 'connect-cloud' };
    case 'out-of-date':
      return { state: 'problem', detail: 'piecesOutOfDate', recovery: 'update-service' };
    case 'not-responding':
      return { state: 'problem', detail: 'piecesNotResponding' };
    case 'cloud-starting':
      return { state: 'problem', detail: 'piecesCloudStarting' };
  }
}
