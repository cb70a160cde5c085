import { shell } from 'electron';
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

/** Whether an address may be handed to the system. */
export function isOpenable(url: string): boolean {
  if (url.length > 2048 || !URL.canParse(url)) return false;
  const { protocol, username, password } = new URL(url);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
}
