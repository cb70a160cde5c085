import type { FailureView } from '../../preload/contract.ts';
import { OWN_ADVICE } from './advice-own.ts';
import { SERVICE_ADVICE } from './advice-service.ts';
import type { Advice, AdviceContext, AdviceTable } from './advice-words.ts';
import type { Fault } from './faults.ts';

export type { AdviceContext } from './advice-words.ts';

const ADVICE: AdviceTable<Fault> = { ...SERVICE_ADVICE, ...OWN_ADVICE };

/** What to tell a person about a fault, and the most helpful thing to do about it. Pure. */
export function advise(fault: Fault, context: AdviceContext): FailureView {
  // The table's key and the fault's kind are the same by its type, which an index cannot express.
  const words = ADVICE[fault.kind] as (fault: Fault, context: AdviceContext) => Advice;
  return { cause: fault.kind, ...words(fault, context) };
}
