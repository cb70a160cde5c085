import type { SharingFault } from '../failures/faults.ts';
import type { LinksProblem } from './recent-links.ts';

/** The fault to report for a problem; the store has reported unreadable entries already. */
export function linksFault(problem: LinksProblem): SharingFault | undefined {
  switch (problem.kind) {
    case 'unreadable':
      return undefined;
    case 'not-saved':
      return { kind: 'store-not-saved', what: 'links' };
    case 'newer':
      return { kind: 'links-newer', file: `links-${problem.page}.json` };
    case 'full':
      return { kind: 'links-full', limit: problem.limit };
  }
}
