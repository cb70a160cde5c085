import type { PiecesView, ServiceView } from '../../preload/contract.ts';
import { advise } from '../failures/describe-failure.ts';
import { action } from '../failures/failure-table.ts';
import type { Messages } from '../i18n/messages.ts';
import type { LinkifyFault } from '../linkify/errors.ts';
import { PIECES_DETAILS, type PiecesProblem } from './pieces-status.ts';
import type { Target, TargetStatus } from './target.ts';
import type { TargetRef } from './target-ref.ts';
import type { Targets } from './targets.ts';

/** A target's name in the user's language. */
export function targetName(
  { kind, name }: Pick<TargetRef, 'kind' | 'name'>,
  messages: Messages,
): string {
  return kind === 'built-in' ? messages.t('thisComputer') : name;
}

/** Why links aren't created with Pieces OS: "Pieces OS: Not signed in". */
export function piecesProblemText(problem: PiecesProblem, { t }: Messages): string {
  return t('piecesIs', { detail: t(PIECES_DETAILS[problem]) });
}

/** Which target new shares go to, and how it is, for tray and window. */
export function selectedView(
  targets: Pick<Targets, 'choice' | 'selected' | 'pieces'>,
  messages: Messages,
): ServiceView {
  const { pieces } = targets;
  const { target } = targets.selected();
  if (targets.choice.kind !== 'automatic') return viewOf(target, messages);
  const { status } = pieces;
  if (status.state === 'ready') return viewOf(pieces, messages);
  const view = viewOf(target, messages);
  // Who doesn't have Pieces OS need not hear of it.
  if (pieces.problem === undefined) return view;
  return {
    ...view,
    state: status.state === 'problem' ? 'problem' : view.state,
    detail: piecesProblemText(pieces.problem, messages),
    ...recoveryOf(status, messages),
  };
}

/** How Pieces OS is, for the settings. */
export function piecesView(status: TargetStatus, messages: Messages): PiecesView {
  const { state, detail } = status;
  return {
    state: state === 'unknown' ? 'absent' : state,
    detail: messages.t(detail),
    ...recoveryOf(status, messages),
  };
}

function viewOf({ ref, status, capabilities }: Target, messages: Messages): ServiceView {
  const { state, detail, fault, account } = status;
  const name = targetName(ref, messages);
  return {
    kind: ref.kind,
    name,
    state: state === 'unknown' ? 'starting' : state === 'absent' ? 'problem' : state,
    detail: fault === undefined ? messages.t(detail) : faultTitle(fault, name, messages),
    ...(account === undefined ? {} : { account }),
    ...(capabilities?.shareOptions === true ? { shareOptions: true } : {}),
    ...(capabilities?.localLinks === true ? { localLinks: true } : {}),
    ...recoveryOf(status, messages),
  };
}

/** Why a server by URL can't be used, in a few words. */
const faultTitle = (fault: LinkifyFault, serviceName: string, messages: Messages): string =>
  advise(fault, {
    serviceName,
    serviceKind: 'custom',
    accelerator: '',
    messages,
    nowMs: Date.now(),
  }).title;

const recoveryOf = ({ recovery }: TargetStatus, messages: Messages): Pick<ServiceView, 'action'> =>
  recovery === undefined ? {} : { action: action(recovery, { messages }) };
