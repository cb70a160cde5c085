import { setTimeout as pause } from 'node:timers/promises';
import { app } from 'electron';
import type { Failures } from '../../failures/failures.ts';
import type { Settings } from '../../settings/settings.ts';
import type { Command } from '../../shell/commands.ts';
import { isQuestion, MissedNotices } from '../../shell/missed-notices.ts';
import type { Notice } from '../../shell/notices.ts';
import type { WindowState } from '../../state/window-state.ts';
import type { SessionBus } from '../dbus/session-bus.ts';
import { DBusDisplay } from './dbus-display.ts';
import { electronDisplay } from './electron-display.ts';
import { createNotifications } from './notifications.ts';

/** A quit waits no longer for a notification, in ms. */
const QUIT_TIMEOUT_MS = 300;

export interface AppNotificationsDeps {
  readonly settings: Pick<Settings, 'values'>;
  readonly windowState: WindowState;
  readonly failures: Pick<Failures, 'current'>;
  readonly run: (command: Command) => void;
  readonly bus: SessionBus;
}

export interface AppNotifications {
  /** Shows a notice, unless notifications are off. */
  notify(notice: Notice): void;
  /** Shows it in any case. */
  notifyAlways(notice: Notice): void;
  withdraw(cause: string): void;
  /** Resolves once what was shown last is on screen, and after 300 ms at the latest. */
  settled(): Promise<void>;
  /** The app quits: no further notification is shown except `notifyLast`. */
  stop(): { notifyLast(notice: Notice): void };
  /** The user saw what no notification could say. */
  dismissMissed(): void;
}

/** Notifications as the settings allow them, and what they couldn't show in menu and window. */
export function createAppNotifications(deps: AppNotificationsDeps): AppNotifications {
  const { settings, windowState, failures, run, bus } = deps;
  const missed = new MissedNotices({ windowState, failures, run });
  const notifications = createNotifications({
    display:
      process.platform === 'linux'
        ? new DBusDisplay({
            appName: app.getName(),
            desktopEntry: 'app.linkify.tray',
            bus,
          })
        : electronDisplay,
    run,
    withSound: () => settings.values().notifications === 'on',
    onShown: () => missed.clear(),
    onMissed: (notice) => missed.add(notice),
  });
  const areOn = (): boolean => settings.values().notifications !== 'off';
  let stopped = false;
  const notifyAlways = (notice: Notice): void => {
    if (!stopped) notifications.show(notice);
  };
  return {
    stop() {
      stopped = true;
      return {
        notifyLast(notice) {
          if (areOn()) notifications.show(notice);
        },
      };
    },
    notify(notice) {
      if (stopped) return;
      if (areOn()) notifications.show(notice);
      // An open question is shown even if notifications are off.
      else if (isQuestion(notice)) run(notice.click);
    },
    notifyAlways,
    withdraw(cause) {
      notifications.withdraw(cause);
      missed.clear(cause);
    },
    settled: () => Promise.race([notifications.settled(), pause(QUIT_TIMEOUT_MS)]),
    dismissMissed: () => missed.clear(),
  };
}
