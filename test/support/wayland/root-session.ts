import { readFile } from 'node:fs/promises';
import { createPrograms, type Programs } from '../desktop/programs.ts';
import { type DebianRecipe, type EnteredRoot, enterRoot } from './debian-root.ts';

/** What a session in a root consists of. */
export interface RootSession {
  readonly root: EnteredRoot;
  readonly programs: Programs;
  /** Closed with the session, the newest first, before its programs. */
  readonly opened: { close(): unknown }[];
}

/**
 * Starts a session in the root of a recipe; all of it goes with `close`, also if it doesn't start.
 * @param name of the desktop, for the error
 * @param own environment variables of this kind of desktop
 */
export async function startInRoot<Desktop extends object>(
  recipe: DebianRecipe,
  name: string,
  own: Readonly<Record<string, string>>,
  start: (session: RootSession) => Promise<Desktop>,
): Promise<Desktop & { close(): Promise<void> }> {
  const root = await enterRoot(recipe);
  const programs = await createPrograms(own, root.prefix);
  const opened: RootSession['opened'] = [];
  const close = async (): Promise<void> => {
    for (const each of opened.reverse()) await each.close();
    await programs.close();
    await root.close();
  };
  try {
    return { ...(await start({ root, programs, opened })), close };
  } catch (error) {
    const log = await readFile(programs.logPath, 'utf8').catch(() => '');
    await close();
    throw new Error(`${name} did not start:\n${log.slice(-2_000)}`, { cause: error });
  }
}
