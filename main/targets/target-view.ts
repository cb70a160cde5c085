import type { PiecesView, ServiceView } from '../../preload/contract.ts';
import { action } from '../failures/failure-table.ts';
import type { Words } from '../i18n/messages.ts';
import type { Target, TargetStatus } from './target.ts';
import type { TargetRef } from './target-ref.ts';
import type { Targets } from './targets.ts';

/** A target's name in the person's language. */
export function targetName({ kind, name }: Pick<TargetRef, 'kind' | 'name'>, words: Words): string {
  return kind === 'built-in' ? words.say('thisComputer') : name;
}

/** Which target new shares go to, and how it is, for tray and window. */
export function selectedView(
  targets: Pick<Targets, 'choice' | 'selected' | 'pieces'>,
  words: Words,
): ServiceView {
  const { pieces } = targets;
  const { target } = targets.selected();
  if (targets.choice.kind !== 'automatic') return viewOf(target, words);
  const { status } = pieces;
  if (status.state === 'ready') return viewOf(pieces, words);
  const view = viewOf(target, words);
  // Who doesn't run Pieces OS need not hear of it.
  if (status.state === 'unknown' || status.state === 'absent') return view;
  return {
    ...view,
    detail: words.say('piecesIs', { detail: words.say(status.detail) }),
    ...recoveryOf(status, words),
  };
}

/** How Pieces OS is, for the settings. */
export function piecesView(status: TargetStatus, words: Words): PiecesView {
  const { state, detail } = status;
  return {
    state: state === 'unknown' ? 'absent' : state,
    detail: words.say(detail),
    ...recoveryOf(status, words),
  };
}

function viewOf({ ref, status, capabilities }: Target, words: Words): ServiceView {
  const { state, detail } = status;
  return {
    kind: ref.kind,
    name: targetName(ref, words),
    state: state === 'unknown' ? 'starting' : state === 'absent' ? 'problem' : state,
    detail: words.say(detail),
    ...(capabilities?.shareOptions === true ? { shareOptions: true } : {}),
    ...recoveryOf(status, words),
  };
}

const recoveryOf = ({ recovery }: TargetStatus, words: Words): Pick<ServiceView, 'action'> =>
  recovery === undefined ? {} : { action: action(recovery, { words }) };
