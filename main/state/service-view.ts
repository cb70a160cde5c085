import type { PiecesView, ServiceView } from '../../preload/contract.ts';
import { action } from '../failures/failure-table.ts';
import type { TextKey } from '../i18n/catalog-types.ts';
import type { Words } from '../i18n/messages.ts';
import type { PiecesState } from '../pieces/state.ts';
import { PIECES_NAME } from '../targets/pieces-target.ts';
import { hostOf, type ServiceChoice } from '../targets/services.ts';

export interface ServiceViewContext {
  readonly pieces: PiecesState;
  /** Whether the system knows who starts Pieces OS. */
  readonly isInstalled: boolean;
  readonly words: Words;
}

/** Which service new shares go to, and how it is, for tray and popover. Pure. */
export function serviceView(choice: ServiceChoice, context: ServiceViewContext): ServiceView {
  const { pieces, words } = context;
  const ready = { state: 'ready', detail: words.say('ready') } as const;
  switch (choice.kind) {
    case 'built-in':
      return { kind: 'built-in', name: words.say('thisComputer'), ...ready };
    case 'custom':
      return { kind: 'custom', name: hostOf(choice.url), ...ready };
    case 'pieces': {
      const { state, detail, action: way } = piecesView(context);
      return {
        kind: 'pieces',
        name: PIECES_NAME,
        state: pieces.kind === 'unknown' ? 'starting' : state === 'ready' ? 'ready' : 'problem',
        detail,
        ...(way === undefined ? {} : { action: way }),
      };
    }
    case 'automatic': {
      if (pieces.kind === 'ready') return { kind: 'pieces', name: PIECES_NAME, ...ready };
      const view = { kind: 'built-in', name: words.say('thisComputer'), ...ready } as const;
      // Who does not run it need not hear of it.
      if (pieces.kind === 'unknown' || pieces.kind === 'not-running') return view;
      const { detail, action: way } = piecesView(context);
      return {
        ...view,
        detail: words.say('piecesIs', { detail }),
        ...(way === undefined ? {} : { action: way }),
      };
    }
  }
}

/** How Pieces OS is, for Preferences. Pure. */
export function piecesView({ pieces, isInstalled, words }: ServiceViewContext): PiecesView {
  const detail = words.say(DETAILS[pieces.kind]);
  const problem = { state: 'problem', detail } as const;
  switch (pieces.kind) {
    case 'ready':
      return { state: 'ready', detail };
    case 'unknown':
      return { state: 'absent', detail };
    case 'not-running':
      return {
        state: 'absent',
        detail,
        action: action(isInstalled ? 'start-pieces' : 'get-pieces', { words }),
      };
    case 'unproven':
      return { ...problem, action: action('decide', { words }) };
    case 'signed-out':
      return { ...problem, action: action('sign-in', { words }) };
    case 'cloud-not-connected':
      return { ...problem, action: action('connect-cloud', { words }) };
    case 'out-of-date':
      return { ...problem, action: action('update-service', { words }) };
    case 'not-answering':
    case 'cloud-starting':
      return problem;
  }
}

const DETAILS: Readonly<Record<PiecesState['kind'], TextKey>> = {
  unknown: 'piecesLooking',
  'not-running': 'piecesNotRunning',
  unproven: 'piecesUnproven',
  'not-answering': 'piecesNotAnswering',
  'signed-out': 'piecesSignedOut',
  'cloud-not-connected': 'piecesCloudOff',
  'cloud-starting': 'piecesCloudStarting',
  'out-of-date': 'piecesOutOfDate',
  ready: 'ready',
};
