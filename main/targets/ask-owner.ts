import { ownerQuestion } from '../questions/owner-question.ts';
import type { Questions } from '../questions/questions.ts';
import type { Targets } from './targets.ts';

/**
 * Asks, once for each user of the computer, whether that user's program may be used as the target.
 * @returns a function to call whenever a status or the selected service may have changed: it asks,
 *   or withdraws the question once there is nothing to ask
 */
export function createAskOwner(deps: {
  readonly questions: Questions;
  readonly targets: Pick<Targets, 'foreignPeer' | 'decide'>;
}): () => void {
  const { questions, targets } = deps;
  let asking: { readonly uid: number; readonly over: AbortController } | undefined;

  const ask = async (found: NonNullable<ReturnType<Targets['foreignPeer']>>): Promise<void> => {
    const mine = { uid: found.uid, over: new AbortController() };
    asking = mine;
    const { choice } = await questions.ask(ownerQuestion(found), mine.over.signal);
    // The decision changes the settings, and so the status: not to be asked about again.
    if (choice !== 'later') targets.decide(found.uid, choice === 'yes');
    if (asking === mine) asking = undefined;
  };

  return () => {
    const found = targets.foreignPeer();
    if (asking !== undefined && asking.uid !== found?.uid) {
      asking.over.abort();
      asking = undefined;
    }
    // Another question goes first; this one comes at the next change.
    if (found !== undefined && asking === undefined && !questions.isOpen()) void ask(found);
  };
}
