import type { Failures } from '../failures/failures.ts';
import { storeSetAside } from '../failures/faults.ts';
import type { ThisComputerTarget } from './this-computer.ts';

/** Reports what the built-in server could not do. */
export function reportThisComputerFaults({ events }: ThisComputerTarget, failures: Failures): void {
  events.on('store-set-aside', (folder) => failures.report(storeSetAside('catalog.db', folder)));
  events.on('port', (news) => {
    if (news.kind === 'taken') failures.report({ kind: 'links-port-taken', port: news.usual });
    else failures.solved('links-port-taken');
  });
}
