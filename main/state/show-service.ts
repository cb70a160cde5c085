import { action } from '../failures/failure-table.ts';
import type { Words } from '../i18n/messages.ts';
import type { PiecesSession } from '../pieces/session.ts';
import type { PiecesWatch } from '../pieces/watch.ts';
import { createOwnerQuestion, type OwnerQuestion } from '../questions/owner-question.ts';
import type { RecoveryProgress } from '../shell/recovery-progress.ts';
import type { ServiceChoice } from '../targets/services.ts';
import type { AppModel } from './app-state.ts';
import { piecesView, serviceView } from './service-view.ts';

export interface ShowServiceNeeds {
  readonly model: AppModel;
  readonly session: PiecesSession;
  readonly watch: PiecesWatch;
  readonly choice: () => ServiceChoice;
  /** Whether Pieces OS seems to be on this computer; looked up while it does not run. */
  readonly isInstalled: () => Promise<boolean>;
  readonly trust: (uid: number, trusted: boolean) => void;
  readonly isTrusted: (uid: number) => boolean | undefined;
  /** What waits for a custom server may go on. */
  readonly onDecided: () => void;
  readonly words: Words;
}

/** Keeps what tray and popover show of the service in use true. */
export interface ShowService {
  /** The choice, or the language, may have changed. */
  refresh(): void;
  /** Shows what is being waited for in place of the service's state, and how to stop it. */
  waitsFor(progress: RecoveryProgress | null): void;
  /** As last looked up. */
  isPiecesInstalled(): boolean;
  answer: OwnerQuestion['answer'];
  /** Asks whether another user's program at the address of a custom server may be used. */
  customFailed: OwnerQuestion['customFailed'];
}

export function createShowService(needs: ShowServiceNeeds): ShowService {
  const { model, session, watch, words } = needs;
  const question = createOwnerQuestion(needs);
  let isInstalled = true;
  let progress: RecoveryProgress | null = null;

  const waitingText = ({ what, sinceMs, percentage }: RecoveryProgress): string =>
    percentage === undefined
      ? words.say('waitSince', { what: words.say(what), time: words.wait(sinceMs) })
      : words.say('waitPercent', {
          what: words.say(what),
          percent: words.percent(percentage / 100),
        });

  const refresh = (): void => {
    const choice = needs.choice();
    const isWanted = choice.kind === 'automatic' || choice.kind === 'pieces';
    if (isWanted) watch.start();
    else watch.stop();
    const context = { pieces: session.state(), isInstalled, words };
    const view = serviceView(choice, context);
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
      pieces: isWanted ? piecesView(context) : null,
    });
    question.refresh(choice.kind);
  };

  session.subscribe((state) => {
    refresh();
    if (state.kind !== 'not-running') return;
    void needs.isInstalled().then((found) => {
      if (found === isInstalled) return;
      isInstalled = found;
      refresh();
    });
  });

  return {
    refresh,
    waitsFor(next) {
      progress = next;
      refresh();
    },
    isPiecesInstalled: () => isInstalled,
    answer: question.answer,
    customFailed: question.customFailed,
  };
}
