import type { FailureView, LinkifyBridge, LinkView, Outcome } from '../../preload/contract.ts';
import type { Words } from '../i18n/words.ts';

/** What can be done with links; each says how it went and answers whether it worked. */
export interface LinkActions {
  /** Answers the new link, or null when there is none. */
  share(): Promise<LinkView | null>;
  copy(id: string): Promise<boolean>;
  open(id: string): Promise<boolean>;
  revoke(id: string): Promise<boolean>;
  undo(id: string): Promise<boolean>;
  forget(id: string): Promise<boolean>;
}

type Done =
  | 'linkCopied'
  | 'linkOpened'
  | 'linkRevoked'
  | 'shareUndone'
  | 'linkForgotten'
  | 'linkReady';

interface LinkActionNeeds {
  readonly bridge: LinkifyBridge;
  readonly words: Words;
  readonly tell: (text: string) => void;
  /** Told of each failure, and with null of each success. */
  readonly onFailure: (failure: FailureView | null) => void;
}

export function createLinkActions(needs: LinkActionNeeds): LinkActions {
  const { bridge, words, tell, onFailure } = needs;
  const run = async <T>(call: Promise<Outcome<T>>, done: Done): Promise<Outcome<T>> => {
    const outcome = await call;
    onFailure(outcome.ok ? null : outcome.failure);
    if (outcome.ok) tell(words.say(done));
    return outcome;
  };
  const worked = async <T>(call: Promise<Outcome<T>>, done: Done): Promise<boolean> =>
    (await run(call, done)).ok;
  return {
    async share() {
      const outcome = await run(bridge.share({ from: 'clipboard' }), 'linkReady');
      return outcome.ok ? outcome.value : null;
    },
    copy: (id) => worked(bridge.copy(id), 'linkCopied'),
    open: (id) => worked(bridge.open(id), 'linkOpened'),
    revoke: (id) => worked(bridge.revoke(id), 'linkRevoked'),
    undo: (id) => worked(bridge.undo(id), 'shareUndone'),
    forget: (id) => worked(bridge.forget(id), 'linkForgotten'),
  };
}
