import type { FailureView } from '../../preload/contract.ts';
import { advise } from '../failures/describe-failure.ts';
import type { Failure } from '../failures/failures.ts';
import { retryPolicyOf } from '../failures/retry-policy.ts';
import type { Messages } from '../i18n/messages.ts';
import type { Shortcuts } from '../shortcuts/shortcuts.ts';
import { selectedView } from '../targets/target-view.ts';
import type { Targets } from '../targets/targets.ts';

export interface FailureViewsDeps {
  readonly targets: Pick<Targets, 'choice' | 'pieces' | 'selected'>;
  readonly shortcuts: Pick<Shortcuts, 'view'>;
  readonly messages: Messages;
}

/** Failures in words, with what can be done about them. */
export class FailureViews {
  readonly #deps: FailureViewsDeps;

  constructor(deps: FailureViewsDeps) {
    this.#deps = deps;
  }

  of({ fault, about, atMs }: Failure): FailureView {
    const { shortcuts, targets, messages } = this.#deps;
    const { kind, name } = about.service ?? selectedView(targets, messages);
    const doing =
      about.revoking !== undefined ? 'revoke' : about.pendingId !== undefined ? 'kept' : undefined;
    const view = advise(fault, {
      serviceName: name,
      serviceKind: kind,
      isPiecesInstalled: targets.pieces.isInstalled,
      accelerator: shortcuts.view().shortcut.accelerator,
      messages,
      nowMs: atMs,
      ...(doing === undefined ? {} : { doing }),
    });
    const more = about.revokesLater
      ? 'revokePending'
      : about.newlyPending === undefined
        ? undefined
        : retryPolicyOf(fault) === 'automatic'
          ? 'pendingAutomatic'
          : 'pendingNeedsDecision';
    return {
      ...view,
      ...(about.revoking === undefined ? {} : { linkId: about.revoking }),
      ...(more === undefined ? {} : { sentence: messages.join(view.sentence, messages.t(more)) }),
    };
  }
}
