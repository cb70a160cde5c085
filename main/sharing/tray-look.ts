import type { AppState } from '../../preload/contract.ts';

/** The tray's icon and tooltip for a state. */
export function trayLook(state: AppState): {
  readonly icon: 'idle' | 'sharing' | 'problem';
  readonly toolTip: string;
} {
  const { activity, failure } = state;
  if (activity !== null) {
    const { progress } = activity;
    const done =
      progress === undefined || progress.totalBytes === 0
        ? ''
        : ` ${Math.floor((progress.sentBytes / progress.totalBytes) * 100)} %`;
    return { icon: 'sharing', toolTip: `Linkify Tray: sharing ${activity.what}${done}` };
  }
  if (failure !== null) return { icon: 'problem', toolTip: `Linkify Tray: ${failure.title}` };
  return { icon: 'idle', toolTip: 'Linkify Tray' };
}
