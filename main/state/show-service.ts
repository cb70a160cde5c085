import { action } from '../failures/failure-table.ts';
import type { Words } from '../i18n/messages.ts';
import type { RecoveryProgress } from '../shell/recovery-progress.ts';
import { piecesView, selectedView } from '../targets/target-view.ts';
import type { Targets } from '../targets/targets.ts';
import type { AppModel } from './app-state.ts';

export interface ShowServiceNeeds {
  readonly model: AppModel;
  readonly targets: Targets;
  /** Asks about another user's program, or withdraws the question. */
  readonly askOwner: () => void;
  readonly words: Words;
}

/** Keeps what tray and window show of the target in use up to date. */
export interface ShowService {
  /** The choice, or the language, may have changed. */
  refresh(): void;
  /** Shows what is being waited for in place of the target's status, and how to stop it. */
  waitsFor(progress: RecoveryProgress | null): void;
}

export function createShowService({
  askOwner,
  model,
  targets,
  words,
}: ShowServiceNeeds): ShowService {
  let progress: RecoveryProgress | null = null;

  const waitingText = ({ what, sinceMs, percentage }: RecoveryProgress): string =>
    percentage === undefined
      ? words.say('waitSince', { what: words.say(what), time: words.wait(sinceMs) })
      : words.say('waitPercent', {
          what: words.say(what),
          percent: words.percent(percentage / 100),
        });

  const refresh = (): void => {
    targets.applyChoice();
    const view = selectedView(targets, words);
    model.update({
      service:
        progress === null
          ? view
          : {
              ...view,
              state: 'starting',
              detail: waitingText(progress),
              action: action('stop-waiting', { words }),
            },
      pieces: targets.usesPieces ? piecesView(targets.pieces.status, words) : null,
    });
    askOwner();
  };

  targets.events.on('status', refresh);

  return {
    refresh,
    waitsFor(next) {
      progress = next;
      refresh();
    },
  };
}
