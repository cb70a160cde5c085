import { type BrowserWindow, dialog } from 'electron';
import type { Confirmation } from '../../shell/confirmation.ts';

/** Asks in a dialog of the system, which the window's page can neither draw over nor answer. */
export async function askToConfirm(
  { title, detail, yes, no }: Confirmation,
  above: BrowserWindow | undefined,
): Promise<boolean> {
  const options: Electron.MessageBoxOptions = {
    type: 'warning',
    message: title,
    detail,
    buttons: [no, yes],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  };
  const { response } = await (above === undefined
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(above, options));
  return response === 1;
}
