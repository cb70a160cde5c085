import { join } from 'node:path';
import { app, shell } from 'electron';
import type { OwnFile } from '../../preload/contract.ts';
import { withInheritedUmask } from '../files/private-files.ts';

/**
 * Opens a web page in the user's browser. Nothing but http(s) without credentials ever
 * reaches the system: any other scheme could start a program.
 * @throws TypeError for anything else
 */
export async function openWebPage(url: string): Promise<void> {
  if (!isOpenable(url)) throw new TypeError('not a web page');
  await openAsInherited(new URL(url).href);
}

/**
 * Hands an address to the system. What it starts is the user's own program, whose files must not
 * get the mode of ours.
 */
export async function openAsInherited(href: string): Promise<void> {
  await withInheritedUmask(() => shell.openExternal(href));
}

/**
 * Opens the profile's folder, or the licenses of what ships.
 * @throws Error with the system's message
 */
export async function openOwnFile(file: OwnFile): Promise<void> {
  const problem = await withInheritedUmask(() => shell.openPath(pathOf(file)));
  if (problem !== '') throw new Error(problem);
}

function pathOf(file: OwnFile): string {
  switch (file) {
    case 'data-folder':
      return app.getPath('userData');
    case 'licenses':
      return app.isPackaged
        ? join(process.resourcesPath, 'licenses.txt')
        : join(app.getAppPath(), 'dist/licenses.txt');
  }
}

/** Whether an address may be handed to the system. */
export function isOpenable(url: string): boolean {
  if (url.length > 2048 || !URL.canParse(url)) return false;
  const { protocol, username, password } = new URL(url);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
}
