import type { AbstractBatchOperation } from 'abstract-level';
import { ClassicLevel } from 'classic-level';
import { createDiskReserve } from './disk-reserve.ts';
import { isNoSpace } from './no-space.ts';
import type { Change, Records } from './records.ts';

interface Waiting {
  readonly changes: readonly Change[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Removed values leave the files this long after, in ms: many removals share one rewrite. */
const FORGET_MS = 200;

/** After the reserve was used up, it is taken again after this, in ms, if there is space by then. */
const REFILL_MS = 60_000;

/** Marks a key whose old value must still leave the files; such a mark survives a crash. */
const FORGET_MARK = 'f!';
const AROUND_ALL: readonly Operation[] = [
  { type: 'put', key: '\0', value: '' },
  { type: 'put', key: '~', value: '' },
];

/**
 * Metadata in LevelDB. Writes that come while another is being synced wait and go together:
 * one fsync acknowledges all of them.
 * @throws when the folder cannot be opened (`LEVEL_DATABASE_NOT_OPEN`, its cause says why)
 */
export async function openLevelRecords(folder: string): Promise<Records> {
  const reserve = createDiskReserve(`${folder}-reserve`);
  let db = await openLevel(folder).catch(async (error: unknown) => {
    if (!isNoSpace(error) || !(await reserve.release())) throw error;
    return await openLevel(folder);
  });
  let waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;
  let reopening: Promise<void> | undefined;
  let closing = false;
  let toForget = new Set<string>();
  let forgetting: Promise<void> = Promise.resolve();
  let forgetTimer: NodeJS.Timeout | undefined;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      const operations = batch.flatMap((entry) => entry.changes.map(toOperation));
      try {
        // It could not be opened again after an earlier failure.
        if (db.status === 'closed') await reopen();
        await db.batch(operations, { sync: true }).catch(async (error: unknown) => {
          // After a failed write LevelDB takes no other until it is opened anew.
          await reopen();
          // The same operations again change nothing that they have changed already.
          if (!(await makeSpace(error))) throw error;
          await db.batch(operations, { sync: true });
        });
        for (const entry of batch) entry.resolve();
      } catch (error) {
        for (const entry of batch) entry.reject(error);
      }
    }
    writing = undefined;
  }

  /** On a full disk the reserve is used up, also for the removals that make room again. */
  async function makeSpace(error: unknown): Promise<boolean> {
    if (!isNoSpace(error)) return false;
    await reserve.release();
    if (db.status !== 'open') await reopen();
    setTimeout(() => void reserve.fill(), REFILL_MS).unref();
    return db.status === 'open';
  }

  function reopen(): Promise<void> {
    reopening ??= (async () => {
      // Once it is closed, whoever comes late must not open it again.
      if (closing) return;
      await db.close().catch(() => undefined);
      db = await openLevel(folder).catch(() => db);
    })().finally(() => {
      reopening = undefined;
    });
    return reopening;
  }

  /**
   * Reads, also while the database is opened anew after a failed write: what was being read then is
   * read again, and a database that could not be opened (a full disk) is tried again.
   */
  async function read<T>(task: () => Promise<T>): Promise<T> {
    if (reopening !== undefined) await reopening;
    else if (db.status === 'closed') await reopen();
    const used = db;
    try {
      return await task();
    } catch (error) {
      if (reopening === undefined && used === db) throw error;
      await reopening;
      return await task();
    }
  }

  /**
   * Rewrites the files that hold old values of these keys. LevelDB drops an old value only when
   * a file is merged with another below it, and puts a file with nothing below it straight to the
   * bottom: two keys around all others, written first, make sure that there is something to merge.
   * Twice, for the first pass may be the one that brings a value to the bottom.
   */
  async function forgetNow(): Promise<void> {
    const due = [...toForget].sort();
    if (due.length === 0) return;
    toForget = new Set();
    try {
      for (let pass = 0; pass < 2; pass++) {
        await db.batch([...AROUND_ALL], { sync: true });
        for (const key of due) await db.compactRange(key, `${key}\0`);
      }
      await db.batch(due.map((key) => ({ type: 'del' as const, key: FORGET_MARK + key })));
    } catch {
      // The marks are still there: the next start tries again.
    }
  }

  function forgetSoon(keys: readonly string[]): void {
    for (const key of keys) toForget.add(key);
    if (closing || toForget.size === 0) return;
    forgetTimer ??= setTimeout(() => {
      forgetTimer = undefined;
      forgetting = forgetting.then(forgetNow);
    }, FORGET_MS).unref();
  }

  void reserve.fill();
  const marks = await db.keys({ gte: FORGET_MARK, lt: `${FORGET_MARK}\u{10ffff}` }).all();
  forgetSoon(marks.map((mark) => mark.slice(FORGET_MARK.length)));

  return {
    get: (key) => read(() => db.get(key)),
    getMany: (keys) => read(() => db.getMany([...keys])),
    getBytes: (key) => read(() => db.get<string, Uint8Array>(key, { valueEncoding: 'view' })),
    async keys(prefix, { limit = -1, newestFirst = false, after, below } = {}) {
      const end = below ?? `${prefix}\u{10ffff}`;
      const range = newestFirst
        ? { gte: prefix, lt: after ?? end }
        : { ...(after === undefined ? { gte: prefix } : { gt: after }), lt: end };
      return await read(() => db.keys({ ...range, limit, reverse: newestFirst }).all());
    },
    async write(changes, forget = []) {
      const marks = forget.map((key) => ({ put: FORGET_MARK + key, value: '' }));
      await new Promise<void>((resolve, reject) => {
        waiting.push({ changes: [...changes, ...marks], resolve, reject });
        writing ??= drain();
      });
      forgetSoon(forget);
    },
    async close() {
      closing = true;
      clearTimeout(forgetTimer);
      await writing;
      await forgetting;
      await forgetNow();
      await db.close();
    },
  };
}

async function openLevel(folder: string): Promise<ClassicLevel<string, string>> {
  const db = new ClassicLevel<string, string>(folder, {
    keyEncoding: 'utf8',
    valueEncoding: 'utf8',
    writeBufferSize: 1024 * 1024,
    cacheSize: 2 * 1024 * 1024,
    maxOpenFiles: 64,
  });
  await db.open();
  return db;
}

type Operation = AbstractBatchOperation<ClassicLevel<string, string>, string, string>;

function toOperation(change: Change): Operation {
  if ('remove' in change) return { type: 'del' as const, key: change.remove };
  return typeof change.value === 'string'
    ? { type: 'put', key: change.put, value: change.value }
    : // Bytes with their own encoding, which the type of a batch over strings cannot express.
      ({ type: 'put', key: change.put, value: change.value, valueEncoding: 'view' } as never);
}
