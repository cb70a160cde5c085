import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** What package.json says of the version and its updates. */
export interface About {
  readonly version: string;
  readonly updates: { readonly url: string; readonly keys: readonly string[] };
}

export function readAbout(): About {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
}

/**
 * The only file in a folder whose name ends so.
 * @throws Error if there is none, or more than one
 */
export function onlyFile(folder: string, ending: string): string {
  const found = readdirSync(folder).filter((name) => name.endsWith(ending));
  const [name] = found;
  if (name === undefined || found.length > 1) {
    throw new Error(`${folder}: expected one file *${ending}, found ${found.length}`);
  }
  return name;
}
