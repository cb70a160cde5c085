import type { AppState } from '../../preload/contract.ts';
import type { Messages } from '../i18n/messages.ts';
import { needsAttention } from './tray-menu.ts';

/** The tray's icon and tooltip for a state. */
export function trayStatus(
  state: AppState,
  messages: Messages,
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
        ? messages.t('tipSharing', { what })
        : messages.t('tipSharingDone', {
            what,
            percent: messages.percent(progress.sentBytes / progress.totalBytes),
          });
    return { icon: 'sharing', toolTip };
  }
  if (failure !== null) {
    return { icon: 'problem', toolTip: messages.t('tipProblem', { title: failure.title }) };
  }
  const { missedNotice } = state;
  if (missedNotice) {
    return { icon: 'idle', toolTip: messages.t('tipProblem', { title: missedNotice.title }) };
  }
  const count = state.pending?.length ?? 0;
  if (count > 0) return { icon: 'idle', toolTip: messages.t('tipPending', { count }) };
  const { service } = state;
  if (needsAttention(service)) {
    const title = messages.t('serviceIs', { name: service.name, detail: service.detail });
    return { icon: 'idle', toolTip: messages.t('tipProblem', { title }) };
  }
  return { icon: 'idle', toolTip: messages.t('appName') };
}
