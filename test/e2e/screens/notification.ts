import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ShownNotification } from '../../support/desktop/notifications.ts';
import type { Desktop } from '../../support/desktop.ts';

/** The labels of its buttons; a click on the notification itself is none of them. */
export const buttonsOf = ({ actions }: ShownNotification): readonly string[] =>
  actions.filter(({ key }) => key !== 'default').map(({ label }) => label);

/**
 * Presses a button of a notification. dunst lists the buttons of all notifications in a menu of
 * another program, which is a script here (support/desktop/session-files.ts) that picks one line:
 * `#LABEL (TITLE) [ID,KEY]`.
 */
export async function pressButton(desktop: Desktop, id: number, label: string): Promise<void> {
  await writeFile(join(desktop.dir, 'dmenu-choice'), `^#${label} (.*\\[${id},`);
  await desktop.run('dunstctl', ['context']);
}
