import type { FailureView, RecoveryId } from '../../preload/contract.ts';
import { OWN_ADVICE } from './app-failures.ts';
import { type Advice, type AdviceContext, type AdviceTable, action } from './failure-table.ts';
import type { Fault } from './faults.ts';
import { SERVICE_ADVICE } from './service-failures.ts';

export type { AdviceContext } from './failure-table.ts';

const ADVICE: AdviceTable<Fault> = { ...SERVICE_ADVICE, ...OWN_ADVICE };

/** What to tell a person about a fault, and the most helpful thing to do about it. Pure. */
export function advise(fault: Fault, context: AdviceContext): FailureView {
  // The table's key and the fault's kind are the same by its type, which an index cannot express.
  const words = ADVICE[fault.kind] as (fault: Fault, context: AdviceContext) => Advice;
  const advice = words(fault, context);
  return {
    cause: fault.kind,
    ...(context.doing === 'revoke' ? ofRevoke(advice, context) : advice),
  };
}

/** Actions that repair the service that created the link. All others are about sharing again. */
const SERVICE_RECOVERIES: ReadonlySet<RecoveryId> = new Set([
  'sign-in',
  'connect-cloud',
  'start-pieces',
  'get-pieces',
  'update-service',
  'decide',
]);

/** A link that could not be revoked: why, and that it may still open. */
function ofRevoke({ title: why, action: way }: Advice, context: AdviceContext): Advice {
  const { messages } = context;
  return {
    title: messages.t('notRevokedTitle'),
    sentence: messages.t('notRevoked', { why }),
    action: way !== undefined && SERVICE_RECOVERIES.has(way.id) ? way : action('retry', context),
  };
}
