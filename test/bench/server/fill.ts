import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { openTestStore } from '../../support/service/open-test-store.ts';

export interface FillOptions {
  readonly count: number;
  /** 1 KB of text unless there is another size; bytes. */
  readonly sizeOf?: (index: number) => number;
  readonly expiresAtMs?: number;
}

/**
 * Fills a data folder through the store itself, many shares to one fsync. The server that has it
 * must be stopped. @returns the ids of the shares
 */
export async function fill(
  dataDir: string,
  { count, sizeOf = () => 1_000, expiresAtMs }: FillOptions,
): Promise<readonly string[]> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const { store, close } = await openTestStore({ dataDir });
  const add = async (index: number): Promise<string> => {
    const { share } = await store.shareNew(
      { name: `Share ${index}`, form: 'text', ext: 'txt', content: textOf(sizeOf(index)) },
      expiresAtMs === undefined ? {} : { expiresAtMs },
    );
    return share.id;
  };
  const ids: string[] = [];
  for (let at = 0; at < count; at += 500) {
    const size = Math.min(500, count - at);
    ids.push(...(await Promise.all(Array.from({ length: size }, (_, n) => add(at + n)))));
  }
  await close();
  return ids;
}

/** Text like no other. */
function textOf(sizeBytes: number): Buffer {
  const first = `${randomBytes(16).toString('hex')}\n`;
  const text = Buffer.alloc(sizeBytes, 'A line of text, with some words in it.\n');
  text.write(first);
  return text;
}
