import type {
  FailureView,
  LinkFormat,
  LinkView,
  Outcome,
  QuestionView,
  ShareTerms,
} from '../../preload/contract.ts';
import type { Content, SystemClipboard } from '../clipboard/content.ts';
import type { GiveBack } from '../clipboard/restore-clipboard.ts';
import { sameContent } from '../clipboard/same-content.ts';
import type { AdviceContext } from '../failures/failure-table.ts';
import type { Fault } from '../failures/faults.ts';
import type { Words } from '../i18n/messages.ts';
import type { WriteLink } from '../links/copy-link.ts';
import type { RecentLinks } from '../links/recent-links.ts';
import { createRevokeLinks } from '../links/revoke-links.ts';
import type { RecentLink } from '../links/schema.ts';
import { createUndoHistory } from '../links/undo-history.ts';
import type { ProveLinks } from '../links/verify-links.ts';
import { ONCE_TERMS } from '../questions/secret-question.ts';
import {
  answerOf,
  isShareQuestion,
  questionOf,
  type ShareQuestion,
} from '../questions/share-question.ts';
import type { ShareResult, Sharer, ShareSource } from '../sharing/share.ts';
import type { AppModel } from '../state/app-state.ts';
import { createLinkViews } from '../state/link-views.ts';
import { targetName } from '../targets/target-view.ts';
import type { Targets } from '../targets/targets.ts';
import {
  alreadyLinkNotice,
  failureNotice,
  givenBackNotice,
  insteadNotice,
  type Notice,
  restoredNotice,
  revokedNotice,
  sharedNotice,
  undoExpiredNotice,
} from './notices.ts';

export interface ActionsNeeds {
  readonly model: AppModel;
  readonly sharer: Sharer;
  readonly links: RecentLinks;
  readonly targets: Pick<Targets, 'of' | 'capabilitiesOf'>;
  readonly clipboard: Pick<SystemClipboard, 'read'>;
  readonly writeLink: WriteLink;
  readonly giveBack: Pick<GiveBack, 'keep' | 'giveBack' | 'copied'>;
  readonly notify: (notice: Notice) => void;
  /** Takes the notifications of a cause away again. */
  readonly withdraw: (cause: string) => void;
  /** Does not ask again about these kinds of find. */
  readonly allowSecretKinds: (kinds: readonly string[]) => void;
  /** Does the same with location data from now on. */
  readonly rememberLocation: (choice: 'remove' | 'share') => void;
  /** How often a link was opened, and when last, where that is known. */
  readonly seen: (id: string) => Pick<LinkView, 'opens' | 'lastOpenedAtMs'>;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
  readonly openExternal: (url: string) => Promise<void>;
  /** A link as it opens now, if that is known; absent: links stay as they were made. */
  readonly current?: (link: RecentLink) => Promise<RecentLink | undefined>;
  /** What was seen of links by following them. */
  readonly proofs?: Pick<ProveLinks, 'of' | 'test'>;
  /** Whether Pieces OS could be started here. */
  readonly isPiecesInstalled?: () => boolean;
  readonly advise: (fault: Fault, context: AdviceContext) => FailureView;
  readonly words: Words;
  /** What waits in the outbox: shares that failed, and revokes. */
  readonly waits: {
    onFailed(
      failure: FailureView,
      fault: Fault,
      keptId: string,
    ): { readonly failure: FailureView; readonly buttons: Notice['buttons'] };
    /** Queues a revoke; false when it cannot be kept. */
    revokeLater(link: RecentLink): Promise<boolean>;
    isRevoking(id: string): boolean;
    /** The service that a kept share is meant for. */
    serviceOf(keptId: string): RecentLink['service'] | undefined;
  };
}

/** What a fault happened to. */
export interface About {
  /** The service, where that is not the one for new shares. */
  readonly about?: RecentLink['service'];
  /** The share's entry in the outbox. */
  readonly keptId?: string;
  /** The link that could not be revoked, and whether that is tried again by itself. */
  readonly revoking?: string;
  readonly revokesLater?: boolean;
}

/** What was asked for last, and on which terms. */
export interface LastShare {
  readonly source: ShareSource;
  readonly terms?: ShareTerms;
}

/** What a person can do; the tray, the popover, notifications and the command line all call these. */
export interface Actions {
  share(source: ShareSource, terms?: ShareTerms): Promise<Outcome<LinkView>>;
  /** Shares by itself what someone chose to have shared: what looks like a secret is let go. */
  shareUnasked(source: ShareSource): Promise<void>;
  /** Answers the question that a share asks before it leaves. */
  answer(questionId: string, choice: string, remember: boolean): Promise<Outcome<null>>;
  /** Stops the share under way, if any. */
  cancelShare(): void;
  /** @param isFinal without the undo that links of this computer have */
  revoke(id: string, isFinal?: boolean): Promise<Outcome<LinkView>>;
  /** Takes a revoke back, while that is possible. */
  restore(id: string): Promise<Outcome<LinkView>>;
  /** Revokes the newest link that still opens. */
  revokeLast(): Promise<Outcome<LinkView>>;
  /** Follows a link to see whether it opens. */
  test(id: string): Promise<Outcome<LinkView>>;
  /**
   * Revokes a link within 60 seconds after it was shared, and restores what it replaced on the
   * clipboard while that still holds the link. Where its service can, `restore` takes it back.
   */
  undo(id: string): Promise<Outcome<LinkView>>;
  /** A link was changed in a way that has no undo: Undo must not reach past it. */
  acted(): void;
  /** Puts back what the last link took the place of, and says what came of it. */
  giveBack(): Promise<void>;
  copy(id: string): Promise<Outcome<null>>;
  /** Puts a link on the clipboard as Markdown, HTML, or the person's own format. */
  copyAs(id: string, format: LinkFormat): Promise<Outcome<null>>;
  open(id: string): Promise<Outcome<null>>;
  forget(id: string): Promise<Outcome<null>>;
  /** Tells a failure that came up outside these actions. */
  fail(fault: Fault): FailureView;
  /** What to say about a fault, without telling it. */
  describe(fault: Fault, about?: About): FailureView;
  /** A failure of this kind is over: it leaves the screen, if it is there. */
  solved(kind: Fault['kind']): void;
  /** Takes the failure off the screen. */
  dismiss(): void;
  /** The last share as it was asked for, for "Try again". */
  lastShare(): LastShare;
  /** Whether the last share that was asked for failed, and still waits to be made. */
  isShareWanting(): boolean;
  refreshLinks(): void;
  /** A link as the popover shows it. */
  shown(link: RecentLink): LinkView;
  /** Says in the language of now what is on the screen. */
  sayAnew(): void;
}

/** Nothing is left to be made after these. */
const NOT_WANTING: ReadonlySet<Fault['kind']> = new Set([
  'cancelled',
  'already-sharing',
  'already-a-link',
]);

/** What is remembered of a link's terms, without what is not. */
const rememberedOf = ({ expiresAtMs, opensAtMs, once, password, ended }: RecentLink) => ({
  ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
  ...(opensAtMs === undefined ? {} : { opensAtMs }),
  ...(once === undefined ? {} : { once }),
  ...(password === undefined ? {} : { password }),
  ...(ended === undefined ? {} : { ended }),
});

/** Connects the use cases with what people see of them. */
export function createActions(needs: ActionsNeeds): Actions {
  const { model, links, sharer, words } = needs;
  let asked: ShareQuestion | undefined;
  let shownFault: { readonly fault: Fault; readonly more: About } | undefined;
  let questions = 0;
  let wanting = false;
  let lastShare: LastShare = { source: { from: 'clipboard' } };

  const isOver = ({ expiresAtMs }: RecentLink): boolean =>
    expiresAtMs !== undefined && expiresAtMs <= needs.now();

  const view = (link: RecentLink): LinkView => {
    const restorableUntilMs = revoker.restorableUntilMs(link.id);
    const { changeExpiration, restore } = needs.targets.capabilitiesOf(link.service);
    return {
      id: link.id,
      kind: link.kind,
      title: link.title,
      sizeBytes: link.sizeBytes,
      count: link.count,
      link: link.link,
      serviceName: targetName(link.service, words),
      createdAtMs: link.createdAtMs,
      ...rememberedOf(link),
      ...needs.proofs?.of(link.id),
      state: revoker.isRevoking(link.id)
        ? 'revoking'
        : link.state !== 'revoked' && needs.waits.isRevoking(link.id)
          ? 'revoke-waits'
          : link.state,
      ...needs.seen(link.id),
      canChange: changeExpiration && link.state === 'live' && !isOver(link),
      revokesWithUndo: restore,
      ...(restorableUntilMs === undefined ? {} : { restorableUntilMs }),
      canUndo: !isOver(link) && history.canUndo(link),
    };
  };

  const views = createLinkViews(view);
  const refreshLinks = (): void =>
    model.update({ links: views(links.list()), undo: history.current() });

  const failureOf = (fault: Fault, more: About = {}): FailureView => {
    const { service, shortcut } = model.get();
    const { keptId, revoking: linkId } = more;
    const meant = keptId === undefined ? undefined : needs.waits.serviceOf(keptId);
    const { name, kind } = more.about ?? meant ?? service;
    const doing = linkId !== undefined ? 'revoke' : keptId !== undefined ? 'kept' : undefined;
    const said = needs.advise(fault, {
      serviceName: name,
      serviceKind: kind,
      isPiecesInstalled: needs.isPiecesInstalled?.() ?? true,
      accelerator: shortcut.accelerator,
      words,
      nowMs: needs.now(),
      ...(doing === undefined ? {} : { doing }),
    });
    return {
      ...said,
      ...(linkId === undefined ? {} : { linkId }),
      ...(more.revokesLater === true
        ? { sentence: words.join(said.sentence, words.say('revokeKept')) }
        : {}),
    };
  };

  const fail = (fault: Fault, more: About = {}): FailureView => {
    const { keptId } = more;
    const plain = failureOf(fault, more);
    // Nothing went wrong when someone cancelled, or pressed twice.
    if (fault.kind === 'cancelled' || fault.kind === 'already-sharing') return plain;
    const { failure, buttons } =
      keptId === undefined
        ? { failure: plain, buttons: [] }
        : needs.waits.onFailed(plain, fault, keptId);
    shownFault = { fault, more };
    model.update({ failure });
    needs.notify(failureNotice(failure, buttons));
    return failure;
  };

  const dismiss = (): void => {
    const { failure } = model.get();
    if (failure === null) return;
    needs.withdraw(failure.cause);
    model.update({ failure: null });
  };

  const withLink = async <T>(
    id: string,
    act: (link: RecentLink) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> => {
    const link = links.get(id);
    return link === undefined
      ? { ok: false, failure: failureOf({ kind: 'unknown-link' }) }
      : act(link);
  };

  /** With the link as it opens now. */
  const withOpenLink: typeof withLink = (id, act) =>
    withLink(id, async (link) => act((await needs.current?.(link)) ?? link));

  const revoker = createRevokeLinks({
    links,
    targets: needs.targets,
    waits: needs.waits,
    fail,
    onChange: refreshLinks,
    now: needs.now,
  });
  const history = createUndoHistory({
    link: links.get,
    restorableUntilMs: revoker.restorableUntilMs,
    canRestore: ({ service }) => needs.targets.capabilitiesOf(service).restore,
    onExpired: refreshLinks,
    now: needs.now,
  });
  /** The share undone last, with what was restored to the clipboard. */
  let undone: { readonly id: string; readonly restored: Content } | undefined;
  const outcomeFor = (id: string, act: Promise<FailureView | undefined>) =>
    withLink(id, async (link) => {
      const failure = await act;
      if (failure !== undefined) return { ok: false, failure };
      if (model.get().failure?.linkId === id) dismiss();
      return { ok: true, value: view(links.get(id) ?? link) };
    });
  const revoke = (id: string, isFinal: boolean): Promise<Outcome<LinkView>> =>
    outcomeFor(id, revoker.revoke(id, isFinal));

  const keepsTerms = (): boolean => model.get().service.shareOptions === true;

  /** Pressed again, or pressed on a link copied earlier: nothing went wrong, and nothing was made. */
  const alreadyShared = (fault: Extract<Fault, { kind: 'already-a-link' }>): Outcome<LinkView> => {
    const failure = failureOf(fault);
    needs.notify(alreadyLinkNotice(failure, fault.linkId));
    return { ok: false, failure };
  };

  /** What came of a share, told to the person. */
  const told = (result: ShareResult, fromClipboard: boolean): Outcome<LinkView> => {
    wanting = !result.ok && !NOT_WANTING.has(result.fault.kind);
    if (!result.ok) {
      if (result.fault.kind === 'already-a-link') return alreadyShared(result.fault);
      if (isShareQuestion(result.fault)) return ask(result.fault);
      return {
        ok: false,
        failure: fail(result.fault, result.keptId === undefined ? {} : { keptId: result.keptId }),
      };
    }
    dismiss();
    const { link, description, onClipboard, before, insteadOf } = result;
    history.shared(link.id);
    refreshLinks();
    if (before !== undefined) needs.giveBack.keep(before, link.id);
    const delivery = onClipboard ? 'clipboard' : 'left-alone';
    const { restore: canRestore } = needs.targets.capabilitiesOf(link.service);
    const created = { ...link, canRestore };
    needs.notify(
      insteadOf === undefined
        ? sharedNotice(created, description, delivery, words, fromClipboard ? before : undefined)
        : insteadNotice(created, description, insteadOf, onClipboard, words),
    );
    return { ok: true, value: view(link) };
  };

  const revokeAndTell: Actions['revoke'] = async (id, isFinal = false) => {
    const outcome = await revoke(id, isFinal);
    if (!outcome.ok) {
      acted();
      return outcome;
    }
    tellRevoked(outcome.value, false);
    return outcome;
  };

  /** After the undo of a share was taken back: the clipboard has the link again, if it was not used since. */
  const bringLinkBack = async (id: string): Promise<void> => {
    const before = undone?.id === id ? undone.restored : undefined;
    const link = links.get(id);
    if (before === undefined || link === undefined) return;
    undone = undefined;
    const { content, concealed } = await needs.clipboard.read();
    if (concealed || !sameContent(before, content)) return;
    await needs.writeLink(link);
    needs.giveBack.keep(before, id);
  };

  const acted = (): void => {
    history.acted();
    model.update({ undo: null });
  };

  const tellRevoked = ({ id, title, restorableUntilMs }: LinkView, ofShare: boolean): void => {
    if (restorableUntilMs === undefined) history.acted();
    else history.revoked(id, ofShare);
    refreshLinks();
    needs.notify(
      revokedNotice(title, words, restorableUntilMs === undefined ? {} : { undoOf: id }),
    );
  };

  const shownQuestion = (id: string, fault: ShareQuestion): QuestionView =>
    questionOf(id, fault, words, keepsTerms());

  const ask = (fault: ShareQuestion): Outcome<LinkView> => {
    asked = fault;
    questions++;
    const failure = failureOf(fault);
    dismiss();
    model.update({ question: shownQuestion(`share-${questions}`, fault) });
    needs.notify(failureNotice(failure));
    return { ok: false, failure };
  };

  const rememberAnswer = (fault: ShareQuestion, choice: string): void => {
    if (fault.kind === 'has-location' && (choice === 'remove' || choice === 'share')) {
      needs.rememberLocation(choice);
    }
    // Hiding a secret says nothing about the next time.
    if (fault.kind === 'looks-like-secret' && choice === 'anyway') {
      needs.allowSecretKinds(fault.kinds);
    }
  };

  return {
    async share(source, terms) {
      model.update({ question: null });
      const result = await sharer.share(source, terms);
      if (!result.ok && !NOT_WANTING.has(result.fault.kind)) {
        lastShare = { source, ...(terms === undefined ? {} : { terms }) };
      }
      return told(result, source.from === 'clipboard');
    },
    async answer(questionId, choice, remember) {
      const question = model.get().question;
      const fault = asked;
      const answer = fault === undefined ? undefined : answerOf(fault, choice);
      if (question?.id !== questionId || fault === undefined || answer === undefined) {
        return { ok: false, failure: failureOf({ kind: 'unknown-question' }) };
      }
      asked = undefined;
      model.update({ question: null });
      needs.withdraw(fault.kind);
      if (answer === 'discard') {
        sharer.discardHeld();
        return { ok: true, value: null };
      }
      if (remember) rememberAnswer(fault, choice);
      const result = await (answer === 'once'
        ? sharer.goOn('anyway', ONCE_TERMS)
        : sharer.goOn(answer));
      if (result === undefined) {
        return { ok: false, failure: failureOf({ kind: 'unknown-question' }) };
      }
      const outcome = told(result, true);
      return outcome.ok ? { ok: true, value: null } : outcome;
    },
    async shareUnasked(source) {
      const result = await sharer.share(source);
      const fault = result.ok ? undefined : result.fault;
      if (fault?.kind === 'already-a-link') return;
      // A photo may go once its location is decided about; what is secret is not even offered.
      if (fault && isShareQuestion(fault) && fault.kind !== 'has-location') sharer.discardHeld();
      else told(result, false);
    },
    cancelShare() {
      sharer.cancel();
    },
    revoke: revokeAndTell,
    async restore(id) {
      const outcome = await outcomeFor(id, revoker.restore(id));
      if (!outcome.ok) return outcome;
      history.restored(id);
      refreshLinks();
      await bringLinkBack(id);
      needs.withdraw('revoked');
      needs.notify(restoredNotice(outcome.value, words));
      return outcome;
    },
    async revokeLast() {
      const last = links.list().find((link) => link.state !== 'revoked' && !isOver(link));
      if (last !== undefined) return revokeAndTell(last.id);
      return { ok: false, failure: fail({ kind: 'nothing-to-revoke' }) };
    },
    test: (id) =>
      withOpenLink(id, async (link) => {
        await needs.proofs?.test(link);
        return { ok: true, value: view(link) };
      }),
    async giveBack() {
      needs.notify(givenBackNotice((await needs.giveBack.giveBack()) !== undefined, words));
    },
    async undo(id) {
      const link = links.get(id);
      if (link?.state === 'revoked') return { ok: true, value: view(link) };
      // A notification may be clicked an hour later.
      if (link !== undefined && !history.canUndo(link)) {
        const failure = failureOf({ kind: 'undo-expired' });
        needs.notify(undoExpiredNotice(failure, link, words));
        return { ok: false, failure };
      }
      const outcome = await revoke(id, false);
      // What is revoked later is as good as undone for whoever wants their clipboard back.
      if (!outcome.ok && !needs.waits.isRevoking(id)) return outcome;
      const restored = await needs.giveBack.giveBack(id);
      if (restored !== undefined) undone = { id, restored };
      needs.withdraw('shared');
      if (outcome.ok) tellRevoked(outcome.value, true);
      else acted();
      return outcome;
    },
    acted,
    copy: (id) =>
      withOpenLink(id, async (link) => {
        await needs.writeLink(link);
        // A link that someone puts there on purpose stays.
        needs.giveBack.copied(id);
        return { ok: true, value: null };
      }),
    copyAs: (id, format) =>
      withOpenLink(id, async (link) => {
        await needs.writeLink(link, format);
        needs.giveBack.copied(id);
        return { ok: true, value: null };
      }),
    open: (id) =>
      withOpenLink(id, async ({ link }) => {
        await needs.openExternal(link);
        return { ok: true, value: null };
      }),
    forget: (id) =>
      withLink(id, async (link) => {
        if (link.state !== 'revoked' && !isOver(link))
          return { ok: false, failure: failureOf({ kind: 'link-is-live' }) };
        links.remove(id);
        revoker.forget(id);
        history.acted();
        refreshLinks();
        return { ok: true, value: null };
      }),
    fail: (fault) => fail(fault),
    describe: failureOf,
    solved(kind) {
      if (model.get().failure?.cause === kind) dismiss();
    },
    dismiss,
    lastShare: () => lastShare,
    isShareWanting: () => wanting,
    refreshLinks,
    shown: view,
    sayAnew() {
      refreshLinks();
      const { failure, question } = model.get();
      if (failure !== null && shownFault?.fault.kind === failure.cause) {
        model.update({ failure: failureOf(shownFault.fault, shownFault.more) });
      }
      if (question && asked !== undefined) {
        model.update({ question: shownQuestion(question.id, asked) });
      }
    },
  };
}
