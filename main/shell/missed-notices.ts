import type { Fault } from '../failures/faults.ts';
import type { AppModel } from '../state/app-state.ts';
import type { Command } from './commands.ts';
import type { Notice } from './notices.ts';

export interface MissedNoticesNeeds {
  readonly model: Pick<AppModel, 'get' | 'update'>;
  readonly run: (command: Command) => void;
}

/** Makes what no notification could say visible in the tray menu and the window. */
export interface MissedNotices {
  add(notice: Notice): void;
  /** A newer notification is on screen, the person read this one, or its cause is over. */
  clear(cause?: string): void;
}

/** Whether a notice asks something that a share waits for. */
export const isQuestion = ({ cause }: Pick<Notice, 'cause'>): boolean =>
  QUESTIONS.some((kind) => kind === cause);

const QUESTIONS: readonly Fault['kind'][] = [
  'looks-like-secret',
  'some-unreadable',
  'has-location',
];

export function createMissedNotices({ model, run }: MissedNoticesNeeds): MissedNotices {
  let shown: string | undefined;
  return {
    add(notice) {
      const { cause, title, body } = notice;
      if (isQuestion(notice)) {
        run(notice.click);
        return;
      }
      // An offer is over by the time that anyone reads it; a failure has its own place.
      if (cause === 'offer' || model.get().failure?.cause === cause) return;
      shown = cause;
      model.update({ missedNotice: { title, body } });
    },
    clear(cause) {
      if (shown === undefined || (cause !== undefined && cause !== shown)) return;
      shown = undefined;
      model.update({ missedNotice: null });
    },
  };
}
