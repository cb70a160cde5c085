import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where the app answers on the session bus (application-service.ts). */
const DBUS_ACTION =
  'gdbus call --session --dest app.linkify.tray --object-path /app/linkify/tray ' +
  "--method org.freedesktop.Application.ActivateAction share-clipboard '[]' '{}'";

/**
 * The shell command for keys of the desktop. With GLib's `gdbus` it reaches the running app by D-Bus,
 * which takes a tenth of the time of a second start of the app; without a running app, or without
 * `gdbus`, it is that start.
 * @param shareCommand starts the app, to share the clipboard
 */
export function boundCommand(shareCommand: string, hasGdbus: boolean): string {
  return hasGdbus ? `${DBUS_ACTION} || ${shareCommand}` : shareCommand;
}

/** The same for what splits a command into words, but runs no shell: GNOME's keyboard settings. */
export function boundProgram(shareCommand: string, hasGdbus: boolean): string {
  const command = boundCommand(shareCommand, hasGdbus);
  return hasGdbus ? `sh -c '${command.replaceAll("'", "'\\''")}'` : command;
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
