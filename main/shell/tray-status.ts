import type { AppState } from '../../preload/contract.ts';
import type { Words } from '../i18n/messages.ts';

/** The tray's icon and tooltip for a state. */
export function trayLook(
  state: AppState,
  words: Words,
): {
  readonly icon: 'idle' | 'sharing' | 'problem';
  readonly toolTip: string;
} {
  const { activity, failure } = state;
  if (activity !== null) {
    const { progress } = activity;
    const { what } = activity;
    const toolTip =
      progress === undefined || progress.totalBytes === 0
        ? words.say('tipSharing', { what })
        : words.say('tipSharingDone', {
            what,
            percent: words.percent(progress.sentBytes / progress.totalBytes),
          });
    return { icon: 'sharing', toolTip };
  }
  if (failure !== null) {
    return { icon: 'problem', toolTip: words.say('tipProblem', { title: failure.title }) };
  }
  const { missedNotice } = state;
  if (missedNotice) {
    return { icon: 'idle', toolTip: words.say('tipProblem', { title: missedNotice.title }) };
  }
  const count = state.waiting?.length ?? 0;
  if (count > 0) return { icon: 'idle', toolTip: words.say('tipWaiting', { count }) };
  return { icon: 'idle', toolTip: words.say('appName') };
}
