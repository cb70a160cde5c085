import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Calls the app on the session bus (application-service.ts); `gdbus` introspects it first, and is slower. */
const DBUS_ACTION = 'gapplication action app.linkify.tray share-clipboard';

/**
 * The shell command for keys of the desktop. With GLib's `gapplication` it reaches the running app by
 * D-Bus, in a fraction of the time of a second start of the app; without a running app, or without
 * `gapplication`, it is that start.
 * @param shareCommand starts the app, to share the clipboard
 */
export function boundCommand(shareCommand: string, hasGapplication: boolean): string {
  return hasGapplication ? `${DBUS_ACTION} || ${shareCommand}` : shareCommand;
}

/** The same for what splits a command into words, but runs no shell: GNOME's keyboard settings. */
export function boundProgram(shareCommand: string, hasGapplication: boolean): string {
  const command = boundCommand(shareCommand, hasGapplication);
  return hasGapplication ? `sh -c '${command.replaceAll("'", "'\\''")}'` : command;
}

/** Whether there is such a program in the folders of PATH. */
export function isInstalled(program: string, path = process.env.PATH ?? ''): boolean {
  return path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return folder !== '';
    } catch {
      return false;
    }
  });
}
