import type { AppState, ServiceView } from '../../preload/contract.ts';
import { action } from '../failures/failure-table.ts';
import type { Messages } from '../i18n/messages.ts';
import type { Recovery, RecoveryProgress } from '../targets/recovery-progress.ts';
import { piecesView, selectedView } from '../targets/target-view.ts';
import type { Targets } from '../targets/targets.ts';

export interface ProjectServiceDeps {
  readonly targets: Pick<Targets, 'choice' | 'pieces' | 'selected' | 'usesPieces'>;
  readonly recovery: Recovery;
  readonly messages: Messages;
}

/** The target in use, or the recovery under way with a way to stop it; and Pieces OS. */
export function serviceState({
  targets,
  recovery,
  messages,
}: ProjectServiceDeps): Pick<AppState, 'pieces' | 'service'> {
  const view = selectedView(targets, messages);
  const progress = recovery.progress();
  return {
    service: progress === undefined ? view : recoveringView(view, progress, messages),
    pieces: targets.usesPieces ? piecesView(targets.pieces.status, messages) : null,
  };
}

function recoveringView(
  view: ServiceView,
  { what, sinceMs, percentage }: RecoveryProgress,
  messages: Messages,
): ServiceView {
  return {
    ...view,
    state: 'starting',
    detail:
      percentage === undefined
        ? messages.t('waitSince', { what: messages.t(what), time: messages.wait(sinceMs) })
        : messages.t('waitPercent', {
            what: messages.t(what),
            percent: messages.percent(percentage / 100),
          }),
    action: action('stop-waiting', { messages }),
  };
}
