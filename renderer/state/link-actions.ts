import type {
  FailureView,
  LinkFormat,
  LinkifyBridge,
  LinkView,
  Outcome,
  ShareRequest,
  ShareTerms,
} from '../../preload/contract.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import type { Words } from '../i18n/words.ts';

/**
 * What can be done; each says how it went. Those that make a link answer it, or null;
 * the others answer whether it worked. What the app does not offer is null itself.
 */
export interface LinkActions {
  share(request: ShareRequest, terms?: ShareTerms): Promise<LinkView | null>;
  readonly shareFiles:
    | ((files: readonly File[], terms?: ShareTerms) => Promise<LinkView | null>)
    | null;
  readonly shareClips:
    | ((ids: readonly string[], name?: string, terms?: ShareTerms) => Promise<LinkView | null>)
    | null;
  readonly rename: ((id: string, name: string) => Promise<boolean>) | null;
  readonly changeExpiry: ((id: string, seconds: number | null) => Promise<boolean>) | null;
  copy(id: string): Promise<boolean>;
  readonly copyAs: ((id: string, format: LinkFormat) => Promise<boolean>) | null;
  open(id: string): Promise<boolean>;
  readonly test: ((id: string) => Promise<boolean>) | null;
  revoke(id: string): Promise<boolean>;
  /** Takes a revoke back. */
  readonly restore: ((id: string) => Promise<boolean>) | null;
  undo(id: string): Promise<boolean>;
  forget(id: string): Promise<boolean>;
  readonly forgetClip: ((id: string) => Promise<boolean>) | null;
  readonly cancel: (() => Promise<boolean>) | null;
  readonly sendWaiting: ((id: string) => Promise<LinkView | null>) | null;
  readonly discardWaiting: ((id: string) => Promise<boolean>) | null;
}

type Done = Extract<
  MessageKey,
  | 'linkCopied'
  | 'linkOpened'
  | 'linkTested'
  | 'linkRevoked'
  | 'linkRestored'
  | 'expiryChanged'
  | 'linkRenamed'
  | 'shareUndone'
  | 'shareUndoneUnseen'
  | 'linkForgotten'
  | 'linkReady'
  | 'shareCancelled'
  | 'clipForgotten'
  | 'waitingDiscarded'
>;

/** What someone did on purpose, and what a question of its own is asked about. */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set([
  'cancelled',
  'looks-like-secret',
  'some-unreadable',
  'has-location',
]);

/** Nothing went wrong: said in passing. */
const NO_TROUBLE: ReadonlySet<string> = new Set(['already-sharing', 'already-a-link']);

interface LinkActionNeeds {
  readonly bridge: LinkifyBridge;
  readonly words: Words;
  readonly tell: (text: string) => void;
  /** Told of each failure, and with null of each success. */
  readonly onFailure: (failure: FailureView | null) => void;
}

export function createLinkActions(needs: LinkActionNeeds): LinkActions {
  const { bridge, words, tell, onFailure } = needs;
  const run = async <T>(
    call: Promise<Outcome<T>>,
    done: Done | ((value: T) => Done | null),
  ): Promise<Outcome<T>> => {
    const outcome = await call;
    if (outcome.ok) {
      onFailure(null);
      const said = typeof done === 'function' ? done(outcome.value) : done;
      if (said !== null) tell(words.say(said));
    } else if (NO_TROUBLE.has(outcome.failure.cause)) {
      tell(outcome.failure.sentence);
    } else if (!TOLD_ELSEWHERE.has(outcome.failure.cause)) {
      onFailure(outcome.failure);
    }
    return outcome;
  };
  const worked = async (call: Promise<Outcome<unknown>>, done: Done): Promise<boolean> =>
    (await run(call, done)).ok;
  const made = async (call: Promise<Outcome<LinkView>>): Promise<LinkView | null> => {
    const outcome = await run(call, 'linkReady');
    return outcome.ok ? outcome.value : null;
  };
  const undone = async (call: Promise<Outcome<LinkView>>): Promise<boolean> => {
    // Dead before it ever opened: then it is certain that nobody has seen it.
    const words = ({ opensAtMs = 0, restorableUntilMs }: LinkView): Done | null => {
      if (Date.now() < opensAtMs) return 'shareUndoneUnseen';
      // The offer to restore the link says so, too.
      return restorableUntilMs === undefined ? 'shareUndone' : null;
    };
    return (await run(call, words)).ok;
  };
  const { shareFiles, shareClips, copyAs, forgetClip, changeExpiry, rename, test } = bridge;
  const revoked = async (call: Promise<Outcome<LinkView>>): Promise<boolean> => {
    // The offer to undo it says so, too.
    const said = ({ restorableUntilMs }: LinkView): Done | null =>
      restorableUntilMs === undefined ? 'linkRevoked' : null;
    return (await run(call, said)).ok;
  };
  const { cancelShare, sendWaiting, discardWaiting, restore } = bridge;
  return {
    share: (request, ...terms) => made(bridge.share(request, ...terms)),
    shareFiles: shareFiles ? (files, ...terms) => made(shareFiles(files, ...terms)) : null,
    shareClips: shareClips ? (ids, ...more) => made(shareClips(ids, ...more)) : null,
    rename: rename ? (id, name) => worked(rename(id, name), 'linkRenamed') : null,
    changeExpiry: changeExpiry
      ? (id, seconds) => worked(changeExpiry(id, seconds), 'expiryChanged')
      : null,
    copy: (id) => worked(bridge.copy(id), 'linkCopied'),
    copyAs: copyAs ? (id, format) => worked(copyAs(id, format), 'linkCopied') : null,
    open: (id) => worked(bridge.open(id), 'linkOpened'),
    // What came of it stands in the row, and in a notification.
    test: test ? (id) => worked(test(id), 'linkTested') : null,
    revoke: (id) => revoked(bridge.revoke(id)),
    restore: restore ? (id) => worked(restore(id), 'linkRestored') : null,
    undo: (id) => undone(bridge.undo(id)),
    forget: (id) => worked(bridge.forget(id), 'linkForgotten'),
    forgetClip: forgetClip ? (id) => worked(forgetClip(id), 'clipForgotten') : null,
    cancel: cancelShare ? () => worked(cancelShare(), 'shareCancelled') : null,
    sendWaiting: sendWaiting ? (id) => made(sendWaiting(id)) : null,
    discardWaiting: discardWaiting ? (id) => worked(discardWaiting(id), 'waitingDiscarded') : null,
  };
}
