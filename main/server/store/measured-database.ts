import type { Counts } from '../counts.ts';
import type { Database } from './sql/database.ts';
import { StoreError } from './store-error.ts';

/** Counts errors of a database, and measures its calls. What a transaction decides is no error. */
export function measuredDatabase(database: Database, counts: Counts): Database {
  const { query, transaction } = counts.database;
  const isFailure = (error: unknown): boolean => !(error instanceof StoreError);
  return {
    get: (...call) => query.measure(() => database.get(...call), isFailure),
    all: (...call) => query.measure(() => database.all(...call), isFailure),
    run: (...call) => query.measure(() => database.run(...call), isFailure),
    transaction: (task) => transaction.measure(() => database.transaction(task), isFailure),
    now: () => database.now(),
    isCurrent: () => database.isCurrent(),
    isFresh: (askedAtMs) => database.isFresh(askedAtMs),
    listen: (listener) => database.listen(listener),
    eraseSoon: () => database.eraseSoon(),
    close: () => database.close(),
  };
}
