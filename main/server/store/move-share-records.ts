import { idOf, keys } from './keys.ts';
import type { Change, Records } from './records.ts';

/** So many are moved in one write. */
const BATCH = 500;

/**
 * Moves the records of shares that an earlier version kept by their id to where they are looked
 * for now. Each write moves some of them whole, so that a crash in between loses none: the next
 * start goes on. What a copy of the old place says leaves the files. Costs one look when there is nothing to move.
 * @returns how many were moved
 */
export async function moveShareRecords(records: Records): Promise<number> {
  let moved = 0;
  for (;;) {
    const old = await records.keys(keys.allSharesById, { limit: BATCH });
    if (old.length === 0) return moved;
    const texts = await records.getMany(old);
    const changes = old.flatMap((key, index): readonly Change[] => {
      const value = texts[index];
      return value === undefined
        ? [{ remove: key }]
        : [{ put: keys.share(idOf(key)), value }, { remove: key }];
    });
    await records.write(
      changes,
      old.filter((_key, index) => saysSomething(texts[index] ?? '')),
    );
    moved += old.length;
  }
}

/** Whether a record holds words of its maker: a collection's name, or a password's hash. */
function saysSomething(text: string): boolean {
  return /"(name|password)":/.test(text);
}
