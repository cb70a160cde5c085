import type { AppState, ServiceView } from '../../preload/contract.ts';
import { action } from '../failures/failure-table.ts';
import type { Words } from '../i18n/messages.ts';
import type { Recovery, RecoveryProgress } from '../targets/recovery-progress.ts';
import { piecesView, selectedView } from '../targets/target-view.ts';
import type { Targets } from '../targets/targets.ts';

export interface ProjectServiceDeps {
  readonly targets: Pick<Targets, 'choice' | 'pieces' | 'selected' | 'usesPieces'>;
  readonly recovery: Recovery;
  readonly words: Words;
}

/** The target in use, or the recovery under way with a way to stop it; and Pieces OS. */
export function serviceState({
  targets,
  recovery,
  words,
}: ProjectServiceDeps): Pick<AppState, 'pieces' | 'service'> {
  const view = selectedView(targets, words);
  const progress = recovery.progress();
  return {
    service: progress === undefined ? view : recoveringView(view, progress, words),
    pieces: targets.usesPieces ? piecesView(targets.pieces.status, words) : null,
  };
}

function recoveringView(
  view: ServiceView,
  { what, sinceMs, percentage }: RecoveryProgress,
  words: Words,
): ServiceView {
  return {
    ...view,
    state: 'starting',
    detail:
      percentage === undefined
        ? words.say('waitSince', { what: words.say(what), time: words.wait(sinceMs) })
        : words.say('waitPercent', {
            what: words.say(what),
            percent: words.percent(percentage / 100),
          }),
    action: action('stop-waiting', { words }),
  };
}
