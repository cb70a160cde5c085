import type { Failure, Failures } from '../failures/failures.ts';
import type { RecentLinks } from '../links/recent-links.ts';
import type { Questions } from '../questions/questions.ts';
import type { AppModel } from './app-state.ts';
import { type FailureContext, failureView } from './failure-view.ts';
import { createLinkViews, type LinkViewContext, linkView } from './link-views.ts';

export interface ProjectStateDeps extends LinkViewContext {
  readonly model: AppModel;
  readonly links: Pick<RecentLinks, 'list' | 'subscribe'>;
  readonly failures: Failures;
  readonly questions: Questions;
  readonly failureContext: () => FailureContext;
}

/**
 * Keeps the links, Undo, the failure and the question in the state what their owners say. After a
 * change of the language, and when anything else that a view shows has changed, `invalidate` them.
 */
export function projectState(deps: ProjectStateDeps): void {
  const { failures, links, model, questions, revokes, undo } = deps;
  const views = createLinkViews((link) => linkView(link, deps));
  const view = (failure: Failure) => failureView(failure, deps.failureContext());

  model.project('links', () => ({ links: views(links.list()), undo: undo.current() }));
  links.subscribe(() => model.invalidate('links'));
  revokes.on('changed', () => model.invalidate('links'));
  undo.on('changed', () => model.invalidate('links'));

  model.project('failure', () => {
    const failure = failures.current();
    return { failure: failure === undefined ? null : view(failure) };
  });
  failures.on('changed', () => model.invalidate('failure'));

  model.project('question', () => ({ question: questions.current()?.view ?? null }));
  questions.on('changed', () => model.invalidate('question'));
}
