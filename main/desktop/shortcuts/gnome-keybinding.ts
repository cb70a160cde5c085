import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { parseStringList, printString, printStringList } from './gvariant.ts';

const SCHEMA = 'org.gnome.settings-daemon.plugins.media-keys';
const LIST = 'custom-keybindings';
const PATH = '/org/gnome/settings-daemon/plugins/media-keys/custom-keybindings/linkify-tray/';
const ENTRY = `${SCHEMA}.custom-keybinding:${PATH}`;

/** `gsettings` ends within milliseconds, unless the bus is stuck, in ms. */
const TIMEOUT_MS = 5_000;

export interface GnomeKeybinding {
  /** Shown in GNOME's keyboard settings. */
  readonly name: string;
  /** As GTK parses it. */
  readonly binding: string;
  /** Split as a shell would, but not run by one. */
  readonly command: string;
}

/**
 * Whether the keyboard settings have our custom shortcut.
 * @returns `undefined` where there are no such settings: no `gsettings`, or no gnome-settings-daemon
 */
export async function hasKeybinding(): Promise<boolean | undefined> {
  const list = await readList().catch(() => undefined);
  return list?.includes(PATH);
}

/**
 * Adds our custom shortcut, or changes it; other ones stay as they are.
 * @throws when gsettings fails, or the list isn't one
 */
export async function addKeybinding({ name, binding, command }: GnomeKeybinding): Promise<void> {
  const list = await readList();
  // gnome-settings-daemon grabs the keys when the list has the path: the entry is complete by then.
  await gsettings('set', ENTRY, 'name', printString(name));
  await gsettings('set', ENTRY, 'command', printString(command));
  await gsettings('set', ENTRY, 'binding', printString(binding));
  if (!list.includes(PATH)) {
    await gsettings('set', SCHEMA, LIST, printStringList([...list, PATH]));
  }
}

/**
 * Removes our custom shortcut, and nothing else.
 * @throws when gsettings fails, or the list isn't one
 */
export async function removeKeybinding(): Promise<void> {
  const list = await readList();
  const others = list.filter((path) => path !== PATH);
  await gsettings('set', SCHEMA, LIST, printStringList(others));
  await gsettings('reset-recursively', ENTRY);
}

async function readList(): Promise<readonly string[]> {
  const printed = await gsettings('get', SCHEMA, LIST);
  const list = parseStringList(printed);
  if (list === undefined) throw new Error('the custom shortcuts are not a list of strings');
  return list;
}

const run = promisify(execFile);

async function gsettings(...args: readonly string[]): Promise<string> {
  const { stdout } = await run('gsettings', args, { timeout: TIMEOUT_MS });
  return stdout;
}
