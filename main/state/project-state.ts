import type { Failure, Failures } from '../failures/failures.ts';
import type { RecentLinks } from '../links/recent-links.ts';
import type { Entries } from '../outbox/entries.ts';
import type { Entry } from '../outbox/entry.ts';
import { pendingViews } from '../outbox/pending-views.ts';
import type { Questions } from '../questions/questions.ts';
import type { AppModel } from './app-state.ts';
import { type FailureContext, failureView } from './failure-view.ts';
import { createLinkViews, type LinkViewContext, linkView } from './link-views.ts';

export interface ProjectStateDeps extends LinkViewContext {
  readonly model: AppModel;
  readonly outbox: Entries;
  readonly links: Pick<RecentLinks, 'list' | 'subscribe'>;
  readonly failures: Failures;
  readonly questions: Questions;
  readonly failureContext: () => FailureContext;
}

/**
 * Keeps the links, Undo, pending shares, the failure and the question in the state what their owners say. After a
 * change of the language, and when anything else that a view shows has changed, `invalidate` them.
 */
export function projectState(deps: ProjectStateDeps): void {
  const { failures, links, model, outbox, questions, revokes, undo, words, now } = deps;
  const views = createLinkViews((link) => linkView(link, deps));
  const view = (failure: Failure) => failureView(failure, deps.failureContext());

  model.project('links', () => ({ links: views(links.list()), undo: undo.current() }));
  links.subscribe(() => model.invalidate('links'));
  revokes.on('changed', () => model.invalidate('links'));
  undo.on('changed', () => model.invalidate('links'));

  model.project('pending', () => ({ waiting: pendingViews(outbox, words, now()) }));
  // All that links show of the outbox. To compute them again takes 20 to 50 ms for 10,000 links.
  let shownRevokes = pendingRevokes(outbox.list());
  outbox.on('changed', () => {
    model.invalidate('pending');
    const revokes = pendingRevokes(outbox.list());
    if (revokes === shownRevokes) return;
    shownRevokes = revokes;
    model.invalidate('links');
  });

  model.project('failure', () => {
    const failure = failures.current();
    return { failure: failure === undefined ? null : view(failure) };
  });
  failures.on('changed', () => model.invalidate('failure'));

  model.project('question', () => ({ question: questions.current()?.view ?? null }));
  questions.on('changed', () => model.invalidate('question'));
}

/** Ids of the shares that will be revoked, to be compared. */
function pendingRevokes(entries: readonly Entry[]): string {
  return entries
    .flatMap(({ head }) => (head.type === 'cleanup' ? (head.shareId ?? []) : []))
    .join();
}
