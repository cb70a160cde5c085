import type { AbstractBatchOperation } from 'abstract-level';
import { ClassicLevel } from 'classic-level';
import type { Change, Records } from './records.ts';

interface Waiting {
  readonly changes: readonly Change[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Metadata in LevelDB. Writes that come while another is being synced wait and go together:
 * one fsync acknowledges all of them.
 * @throws when the folder cannot be opened (`LEVEL_DATABASE_NOT_OPEN`, its cause says why)
 */
export async function openLevelRecords(folder: string): Promise<Records> {
  const db = new ClassicLevel<string, string>(folder, {
    keyEncoding: 'utf8',
    valueEncoding: 'utf8',
    writeBufferSize: 1024 * 1024,
    cacheSize: 2 * 1024 * 1024,
    maxOpenFiles: 64,
  });
  await db.open();
  let waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await db.batch(
          batch.flatMap((entry) => entry.changes.map(toOperation)),
          { sync: true },
        );
        for (const entry of batch) entry.resolve();
      } catch (error) {
        for (const entry of batch) entry.reject(error);
      }
    }
    writing = undefined;
  }

  return {
    get: (key) => db.get(key),
    getMany: (keys) => db.getMany([...keys]),
    getBytes: (key) => db.get<string, Uint8Array>(key, { valueEncoding: 'view' }),
    async keys(prefix, { limit = -1, newestFirst = false, after, below } = {}) {
      const end = below ?? `${prefix}\u{10ffff}`;
      const range = newestFirst
        ? { gte: prefix, lt: after ?? end }
        : { ...(after === undefined ? { gte: prefix } : { gt: after }), lt: end };
      return await db.keys({ ...range, limit, reverse: newestFirst }).all();
    },
    write(changes) {
      return new Promise((resolve, reject) => {
        waiting.push({ changes, resolve, reject });
        writing ??= drain();
      });
    },
    forgetRemoved: () => db.compactRange('\0', '\u{10ffff}'),
    async close() {
      await writing;
      await db.close();
    },
  };
}

type Operation = AbstractBatchOperation<ClassicLevel<string, string>, string, string>;

function toOperation(change: Change): Operation {
  if ('remove' in change) return { type: 'del' as const, key: change.remove };
  return typeof change.value === 'string'
    ? { type: 'put' as const, key: change.put, value: change.value }
    : // Bytes with their own encoding, which the type of a batch over strings cannot express.
      ({ type: 'put', key: change.put, value: change.value, valueEncoding: 'view' } as never);
}
