import { readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import { writeWhole } from '../../files/write-atomically.ts';

/** A file of settings is a few kB; a larger one is something else. In bytes. */
const MAX_BYTES = 1_000_000;

const FILTERS = [{ name: 'JSON', extensions: ['json'] }];

/** Asks where to put the settings, or which file to take them from; above the window, if any. */
export async function askForSettingsFile(
  why: 'export' | 'import',
  window: BrowserWindow | undefined,
): Promise<{ readonly path: string; readonly name: string } | undefined> {
  const path = why === 'export' ? await askToSave(window) : await askToOpen(window);
  return path === undefined ? undefined : { path, name: basename(path) };
}

async function askToSave(window: BrowserWindow | undefined): Promise<string | undefined> {
  const options = {
    defaultPath: join(app.getPath('documents'), 'linkify-tray-settings.json'),
    filters: FILTERS,
  };
  const { canceled, filePath } = await (window === undefined
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(window, options));
  if (canceled || filePath === '') return undefined;
  return extname(filePath) === '' ? `${filePath}.json` : filePath;
}

async function askToOpen(window: BrowserWindow | undefined): Promise<string | undefined> {
  const options: Electron.OpenDialogOptions = { properties: ['openFile'], filters: FILTERS };
  const { canceled, filePaths } = await (window === undefined
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options));
  return canceled ? undefined : filePaths[0];
}

/** @throws where it is no file, too large, or may not be read */
export async function readSettingsFile(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > MAX_BYTES) throw new Error('too large');
  return readFile(path, 'utf8');
}

/** Readable by its owner only: it tells which services someone uses. */
export async function writeSettingsFile(path: string, text: string): Promise<void> {
  writeWhole(path, text);
}
