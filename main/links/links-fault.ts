import { type SharingFault, storeSetAside } from '../failures/faults.ts';
import { DATABASE_FILE } from '../storage/app-database.ts';
import type { LinksProblem } from './recent-links.ts';

/** The fault to report for a problem. */
export function linksFault(problem: LinksProblem): SharingFault {
  switch (problem.kind) {
    case 'unreadable':
      return storeSetAside(DATABASE_FILE);
    case 'not-read':
    case 'not-saved':
      return { kind: 'store-not-saved', what: 'links' };
    case 'full':
      return { kind: 'links-full', limit: problem.limit };
  }
}
