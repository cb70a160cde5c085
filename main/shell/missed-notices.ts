import type { Failures } from '../failures/failures.ts';
import type { Fault } from '../failures/faults.ts';
import type { WindowState } from '../state/window-state.ts';
import type { Command } from './commands.ts';
import type { Notice } from './notices.ts';

export interface MissedNoticesDeps {
  readonly windowState: WindowState;
  readonly failures: Pick<Failures, 'current'>;
  readonly run: (command: Command) => void;
}

/** Faults that are shown as a question. */
export const QUESTIONS: readonly Fault['kind'][] = [
  'looks-like-secret',
  'some-unreadable',
  'has-location',
];

/** Whether a notice asks something that a share waits for. */
export const isQuestion = ({ cause }: Pick<Notice, 'cause'>): boolean =>
  QUESTIONS.some((kind) => kind === cause);

/** Shows in the tray menu and the window what no notification could show. */
export class MissedNotices {
  readonly #deps: MissedNoticesDeps;
  #cause: string | undefined;

  constructor(deps: MissedNoticesDeps) {
    this.#deps = deps;
  }

  add(notice: Notice): void {
    const { cause, title, body } = notice;
    const { failures, run, windowState } = this.#deps;
    if (isQuestion(notice)) {
      run(notice.click);
      return;
    }
    // An offer is over by the time that anyone reads it; a failure has its own place.
    if (cause === 'offer' || failures.current()?.fault.kind === cause) return;
    this.#cause = cause;
    windowState.setMissedNotice({ title, body });
  }

  /**
   * A newer notification is on screen, the user has read this message, or its cause is over.
   * @param cause absent: whichever it is
   */
  clear(cause?: string): void {
    if (this.#cause === undefined || (cause !== undefined && cause !== this.#cause)) return;
    this.#cause = undefined;
    this.#deps.windowState.setMissedNotice(null);
  }
}
