import type { Failures } from '../failures/failures.ts';
import type { Messages } from '../i18n/messages.ts';
import type { LinkUseCases } from '../links/link-use-cases.ts';
import type { RecentLinks } from '../links/recent-links.ts';
import type { Questions } from '../questions/questions.ts';
import type { Sharing } from '../sharing/share.ts';
import type { ShareProgress } from '../sharing/share-progress.ts';
import type { LastShare } from '../sharing/unfinished-shares.ts';
import type { FailureViews } from '../state/failure-view.ts';
import type { WindowState } from '../state/window-state.ts';
import { piecesProblemText } from '../targets/target-view.ts';
import type { Targets } from '../targets/targets.ts';
import {
  alreadyLinkNotice,
  clipboardRestoredNotice,
  failureNotice,
  type Notice,
  pendingReadyNotice,
  restoredNotice,
  revokedNotice,
  stillOpensNotice,
  stillWorkingNotice,
  testedNotice,
  undoExpiredNotice,
} from './notices.ts';
import { sharedNotice, shareUndoneNotice } from './share-notices.ts';

export interface Notifier {
  /** Shows a notice, unless notifications are off. */
  readonly notify: (notice: Notice) => void;
  /** Shows it in any case. */
  readonly notifyAlways: (notice: Notice) => void;
  /** Removes the notifications of a cause. */
  readonly withdraw: (cause: string) => void;
}

export interface AnnounceDeps {
  readonly targets: Pick<Targets, 'capabilitiesOf'>;
  readonly sharing: Sharing;
  readonly linkUseCases: Pick<LinkUseCases, 'undo' | 'verification'>;
  readonly failures: Failures;
  readonly questions: Questions;
  readonly failureViews: FailureViews;
  readonly notifications: Notifier;
  readonly progress: ShareProgress;
  readonly windowState: Pick<WindowState, 'isFocused'>;
  readonly messages: Messages;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

export interface AnnounceLastShareDeps {
  readonly links: Pick<RecentLinks, 'get'>;
  readonly failures: Failures;
  readonly notifications: Pick<Notifier, 'notify'>;
  readonly messages: Messages;
}

/** Reports what became of a share that an earlier run had not finished. */
export function announceLastShare(last: LastShare | undefined, deps: AnnounceLastShareDeps): void {
  if (last?.kind === 'interrupted') deps.failures.report(last.fault);
  if (last?.kind !== 'done') return;
  const link = deps.links.get(last.linkId);
  if (link?.state === 'active')
    deps.notifications.notify(pendingReadyNotice(link, last.what, false, deps.messages));
}

/** Notifications of what happened, and their withdrawal. */
export function announce(deps: AnnounceDeps): void {
  const { failureViews, failures, questions, sharing, targets, messages } = deps;
  const { notify, notifyAlways, withdraw } = deps.notifications;
  const { verification } = deps.linkUseCases;
  /** For what the window shows as well: nothing is told twice to someone who looks at it. */
  const notifyUnlessSeen = (notice: Notice): void => {
    if (!deps.windowState.isFocused) notify(notice);
  };

  failures.onEachReport((failure) => {
    const { pendingId, newlyPending } = failure.about;
    const buttons: Notice['buttons'] =
      pendingId !== undefined && newlyPending?.offersFallback
        ? [
            {
              label: messages.t('fallbackNow'),
              command: { kind: 'share-from-this-computer', id: pendingId },
            },
          ]
        : [];
    notifyUnlessSeen(failureNotice(failureViews.of(failure), buttons));
  });
  failures.on('dismissed', ({ fault }) => withdraw(fault.kind));

  questions.on('asked', ({ fault }) => {
    // The window opens, and says so itself.
    if (fault?.kind === 'clipboard-needs-focus') return;
    if (fault !== undefined) notifyUnlessSeen(failureNotice(failureViews.of(failures.of(fault))));
  });
  questions.on('closed', ({ fault }) => {
    if (fault !== undefined) withdraw(fault.kind);
  });

  sharing.on('shared', ({ link, description, isOneFile, place, before, insteadOf, ...shared }) => {
    const { piecesProblem } = link;
    const reason =
      insteadOf !== undefined
        ? messages.t('serviceUnavailable', { service: insteadOf })
        : piecesProblem && piecesProblemText(piecesProblem, messages);
    // Its failure says that there is a link, and copies it.
    const isReported = place === 'not-copied' || place === 'needs-focus';
    if (isReported && insteadOf === undefined) return;
    const can = targets.capabilitiesOf(link.service);
    const copied = shared.source === 'clipboard' && !shared.isAutomatic ? before : undefined;
    const nowMs = deps.now();
    // The window doesn't say why another service was used.
    const tell = reason === undefined ? notifyUnlessSeen : notify;
    tell(
      sharedNotice(
        { link, can, description, isOneFile, place, canUndo: true, copied, reason, nowMs },
        messages,
      ),
    );
  });
  sharing.on('already-a-link', (fault) =>
    notify(alreadyLinkNotice(failureViews.of(failures.of(fault)), fault.linkId)),
  );

  deps.progress.on('slow', ({ what, slow }) =>
    notifyUnlessSeen(stillWorkingNotice(what, slow === 'uploading', messages)),
  );
  deps.progress.on('slow-ended', () => withdraw('still-working'));

  verification.events.on('still-opens', (link) => notifyAlways(stillOpensNotice(link, messages)));
  verification.events.on('tested', (link, result) => {
    // The window says what came of its own check.
    if (!deps.windowState.isFocused) notifyAlways(testedNotice(link, result, messages));
  });

  announceUndo(deps, notifyUnlessSeen);
}

function announceUndo(
  { failureViews, linkUseCases, messages, notifications }: AnnounceDeps,
  notifyUnlessSeen: Notifier['notify'],
): void {
  const { undo } = linkUseCases;
  const { notify, withdraw } = notifications;
  undo.on('undoing', () => withdraw('shared'));
  undo.on('share-undone', (undone) => notifyUnlessSeen(shareUndoneNotice(undone, messages)));
  undo.on('revoked', ({ link: { id, title }, isRestorable }) =>
    notifyUnlessSeen(revokedNotice(title, messages, isRestorable ? { undoOf: id } : {})),
  );
  undo.on('restored', (link) => {
    withdraw('revoked');
    notifyUnlessSeen(restoredNotice(link, messages));
  });
  undo.on('expired', (failure, link) =>
    notifyUnlessSeen(undoExpiredNotice(failureViews.of(failure), link, messages)),
  );
  undo.on('clipboard-restored', (isDone) => notify(clipboardRestoredNotice(isDone, messages)));
}
