import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Saves a picture of the screen, once two in a row are alike: what was being drawn is there then.
 * Without two such pictures the tenth is saved.
 */
export async function stillPicture(path: string, grab: () => Promise<Buffer>): Promise<void> {
  let last = await grab();
  for (let tries = 0; tries < 10; tries += 1) {
    const next = await grab();
    if (next.equals(last)) break;
    last = next;
  }
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, last);
}
