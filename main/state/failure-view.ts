import type { AppState, FailureView } from '../../preload/contract.ts';
import { advise } from '../failures/describe-failure.ts';
import type { Failure } from '../failures/failures.ts';
import { retryPolicyOf } from '../failures/retry-policy.ts';
import type { Words } from '../i18n/messages.ts';

export interface FailureContext {
  /** The service that new shares go to. */
  readonly service: Pick<AppState['service'], 'kind' | 'name'>;
  readonly accelerator: string;
  /** Whether Pieces OS could be started here. */
  readonly isPiecesInstalled: boolean;
  readonly words: Words;
}

/** A failure in words, with what can be done about it. Pure. */
export function failureView({ fault, about, atMs }: Failure, context: FailureContext): FailureView {
  const { words, accelerator, isPiecesInstalled } = context;
  const { kind, name } = about.service ?? context.service;
  const doing =
    about.revoking !== undefined ? 'revoke' : about.pendingId !== undefined ? 'kept' : undefined;
  const view = advise(fault, {
    serviceName: name,
    serviceKind: kind,
    isPiecesInstalled,
    accelerator,
    words,
    nowMs: atMs,
    ...(doing === undefined ? {} : { doing }),
  });
  const more = about.revokesLater
    ? 'revokeKept'
    : about.newlyPending === undefined
      ? undefined
      : retryPolicyOf(fault) === 'automatic'
        ? 'waitsKept'
        : 'waitsHeld';
  return {
    ...view,
    ...(about.revoking === undefined ? {} : { linkId: about.revoking }),
    ...(more === undefined ? {} : { sentence: words.join(view.sentence, words.say(more)) }),
  };
}
