import type {
  ClipPreview,
  FailureView,
  LinkFormat,
  LinkifyBridge,
  LinkView,
  OptionsChange,
  Outcome,
  ShareClipsRequest,
  ShareOptions,
  ShareRequest,
} from '../../preload/contract.ts';
import type { MessageKey, Messages } from '../i18n/messages.ts';

/**
 * What can be done; each says how it went. Those that create a link answer it, or null;
 * the others answer whether it worked.
 */
export interface LinkActions {
  share(request: ShareRequest): Promise<LinkView | null>;
  shareFiles(
    files: readonly File[],
    shareOptions: ShareOptions | undefined,
  ): Promise<LinkView | null>;
  shareClips(request: ShareClipsRequest): Promise<LinkView | null>;
  rename(id: string, name: string): Promise<boolean>;
  changeOptions(id: string, change: OptionsChange): Promise<boolean>;
  /** @param after `hide`: hides the window, instead of saying that the link was copied */
  copy(id: string, after?: 'hide'): Promise<boolean>;
  copyAs(id: string, format: LinkFormat): Promise<boolean>;
  copyPassword(password: string): Promise<boolean>;
  open(id: string): Promise<boolean>;
  test(id: string): Promise<boolean>;
  revoke(id: string): Promise<boolean>;
  /** Reverses a revoke. */
  restore(id: string): Promise<boolean>;
  undo(id: string): Promise<boolean>;
  removeLinks(ids: readonly string[]): Promise<boolean>;
  /** Null: the item is gone, which is reported. */
  previewClip(id: string): Promise<ClipPreview | null>;
  removeClip(id: string): Promise<boolean>;
  clearClips(): Promise<boolean>;
  cancel(): Promise<boolean>;
  sendPending(id: string): Promise<LinkView | null>;
  discardPending(id: string): Promise<boolean>;
}

type Done = Extract<
  MessageKey,
  | 'linkCopied'
  | 'linkOpened'
  | 'linkWorks'
  | 'linkBroken'
  | 'linkNotChecked'
  | 'linkRevoked'
  | 'linkRestored'
  | 'optionsChanged'
  | 'passwordCopied'
  | 'linkRenamed'
  | 'shareUndone'
  | 'linkRemoved'
  | 'linkCreated'
  | 'shareCancelled'
  | 'clipRemoved'
  | 'historyCleared'
  | 'pendingDiscarded'
>;

/** Not reported here: cancelled by the user, or shown as a question. */
const NOT_REPORTED: ReadonlySet<string> = new Set([
  'cancelled',
  'looks-like-secret',
  'some-unreadable',
  'has-location',
]);

/** Not errors: shown as a notice. */
const NOT_ERRORS: ReadonlySet<string> = new Set(['already-sharing', 'already-a-link']);

const TESTED = { opens: 'linkWorks', dead: 'linkBroken', unknown: 'linkNotChecked' } as const;

interface LinkActionDeps {
  readonly bridge: LinkifyBridge;
  readonly messages: Messages;
  readonly showNotice: (text: string) => void;
  /** Told of each failure, and with null of each success. */
  readonly onFailure: (failure: FailureView | null) => void;
}

export function createLinkActions(deps: LinkActionDeps): LinkActions {
  const { bridge, messages, showNotice, onFailure } = deps;
  const run = async <T>(
    call: Promise<Outcome<T>>,
    done: Done | ((value: T) => Done | null),
  ): Promise<Outcome<T>> => {
    const outcome = await call;
    if (outcome.ok) {
      onFailure(null);
      const said = typeof done === 'function' ? done(outcome.value) : done;
      if (said !== null) showNotice(messages.t(said));
    } else if (NOT_ERRORS.has(outcome.failure.cause)) {
      showNotice(outcome.failure.sentence);
    } else if (!NOT_REPORTED.has(outcome.failure.cause)) {
      onFailure(outcome.failure);
    }
    return outcome;
  };
  const worked = async (call: Promise<Outcome<unknown>>, done: Done): Promise<boolean> =>
    (await run(call, done)).ok;
  const created = async (
    call: Promise<Outcome<LinkView>>,
    message: Done | null,
  ): Promise<LinkView | null> => {
    const outcome = await run(call, () => message);
    return outcome.ok ? outcome.value : null;
  };
  const undone = async (call: Promise<Outcome<LinkView>>): Promise<boolean> => {
    // The offer to restore the link says so, too.
    const said = ({ restorableUntilMs }: LinkView): Done | null =>
      restorableUntilMs === undefined ? 'shareUndone' : null;
    return (await run(call, said)).ok;
  };
  const revoked = async (call: Promise<Outcome<LinkView>>): Promise<boolean> => {
    // The offer to undo it says so, too.
    const said = ({ restorableUntilMs }: LinkView): Done | null =>
      restorableUntilMs === undefined ? 'linkRevoked' : null;
    return (await run(call, said)).ok;
  };
  const copy = async (id: string, after?: 'hide'): Promise<boolean> => {
    const { ok } = await run(bridge.copy(id), () => (after === 'hide' ? null : 'linkCopied'));
    if (ok && after === 'hide') void bridge.hide();
    return ok;
  };
  return {
    // The offer to undo a share says that there is a link.
    share: (request) => created(bridge.share(request), null),
    shareFiles: (files, shareOptions) => created(bridge.shareFiles(files, shareOptions), null),
    shareClips: (request) => created(bridge.shareClips(request), null),
    rename: (id, name) => worked(bridge.rename({ id, name }), 'linkRenamed'),
    changeOptions: (id, change) => worked(bridge.changeOptions({ id, change }), 'optionsChanged'),
    copy,
    copyAs: (id, format) => worked(bridge.copyAs({ id, format }), 'linkCopied'),
    copyPassword: (password) => worked(bridge.copyPassword(password), 'passwordCopied'),
    open: (id) => worked(bridge.open(id), 'linkOpened'),
    test: async (id) => (await run(bridge.test(id), (result) => TESTED[result])).ok,
    revoke: (id) => revoked(bridge.revoke(id)),
    restore: (id) => worked(bridge.restore(id), 'linkRestored'),
    undo: (id) => undone(bridge.undo(id)),
    removeLinks: (ids) => worked(bridge.removeLinks([...ids]), 'linkRemoved'),
    async previewClip(id) {
      const outcome = await run(bridge.previewClip(id), () => null);
      return outcome.ok ? outcome.value : null;
    },
    removeClip: (id) => worked(bridge.removeClip(id), 'clipRemoved'),
    clearClips: () => worked(bridge.clearClips(), 'historyCleared'),
    cancel: () => worked(bridge.cancelShare(), 'shareCancelled'),
    sendPending: (id) => created(bridge.sendPending(id), 'linkCreated'),
    discardPending: (id) => worked(bridge.discardPending(id), 'pendingDiscarded'),
  };
}
