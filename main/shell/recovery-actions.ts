import type { Outcome, RecoveryId } from '../../preload/contract.ts';
import type { Failures } from '../failures/failures.ts';
import { faultOf } from '../failures/faults.ts';
import type { TextKey } from '../i18n/messages.ts';
import type { LinkifyClient } from '../linkify/model.ts';
import { nextFreeName } from '../linkify/next-free-name.ts';
import type { PendingShares } from '../outbox/pending-shares.ts';
import { followUpdate } from '../pieces/update-progress.ts';
import type { Sharing } from '../sharing/share.ts';
import type { Recovery, RecoveryStep } from '../targets/recovery-progress.ts';
import type { Targets } from '../targets/targets.ts';
import type { Actions } from './actions.ts';
import type { SettingsActions } from './settings-actions.ts';

export interface RecoverDeps {
  readonly actions: Pick<Actions, 'share' | 'revoke' | 'fail' | 'sendPending'>;
  readonly failures: Pick<Failures, 'current' | 'dismiss'>;
  readonly sharing: Pick<Sharing, 'last' | 'isWanting'>;
  /** The person has read the message that no notification could show. */
  readonly dismissMissed: () => void;
  readonly targets: Pick<Targets, 'recover'>;
  readonly recovery: Recovery;
  /** What the failed share left in the outbox. */
  readonly pendingShares: Pick<PendingShares, 'lastFailed' | 'takeNextName' | 'revokeStray'>;
  readonly settings: Pick<SettingsActions, 'useBuiltIn'>;
  readonly showSettings: () => void;
  /** Shows the window, where the question is. */
  readonly showQuestion: () => void;
  /** Starts Pieces OS and waits until it answers. */
  readonly startPieces: (signal: AbortSignal) => Promise<void>;
  /** Opens the page where Pieces OS can be had. */
  readonly getPieces: () => Promise<void>;
}

/** Does what a failure's button says; what was to be shared goes on by itself. */
export function createRecover(deps: RecoverDeps): (id: RecoveryId) => Promise<Outcome<null>> {
  const { actions, failures, targets, sharing, recovery, pendingShares } = deps;
  const done: Outcome<null> = { ok: true, value: null };

  const again = async (here = false): Promise<Outcome<null>> => {
    failures.dismiss();
    const id = pendingShares.lastFailed();
    if (id !== undefined) {
      // It is the same share: made once, from what was copied then.
      const sent = await actions.sendPending(id, here);
      return sent.ok ? done : sent;
    }
    const { source, options } = sharing.last();
    const outcome = await actions.share(source, options);
    return outcome.ok ? done : outcome;
  };

  /** A link that could not be revoked is what is tried again then; nothing is shared. */
  const revokeAgain = (): Promise<Outcome<null>> | undefined => {
    const id = failures.current()?.about.revoking;
    if (id === undefined) return undefined;
    failures.dismiss();
    return actions.revoke(id).then((revoked) => (revoked.ok ? done : revoked));
  };

  /** Shares what could not have its name under the next one. */
  const renamed = async (): Promise<Outcome<null>> => {
    const id = pendingShares.lastFailed();
    if (id !== undefined) {
      pendingShares.takeNextName(id);
      return again();
    }
    const { source, options } = sharing.last();
    if (!('name' in source) || source.name === undefined) return again();
    failures.dismiss();
    const outcome = await actions.share({ ...source, name: nextFreeName(source.name) }, options);
    return outcome.ok ? done : outcome;
  };

  /** Mends something first; nothing is shared after it that nobody asked to share. */
  const first = async (
    what: TextKey,
    step: (step: RecoveryStep) => Promise<unknown>,
  ): Promise<Outcome<null>> => {
    const isWanting = sharing.isWanting();
    try {
      await recovery.run(what, step);
    } catch (error) {
      return { ok: false, failure: actions.fail(faultOf(error)) };
    }
    if (isWanting) return again();
    failures.dismiss();
    return done;
  };

  const withService = (
    what: TextKey,
    step: (client: LinkifyClient, step: RecoveryStep) => Promise<unknown>,
  ): Promise<Outcome<null>> =>
    first(what, (given) => targets.recover((client) => step(client, given)));

  const update = async (): Promise<Outcome<null>> => {
    try {
      const status = await recovery.run('waitUpdate', (step) =>
        targets.recover((client) => followUpdate(client, step)),
      );
      return { ok: false, failure: actions.fail({ kind: 'service-update', status }) };
    } catch (error) {
      return { ok: false, failure: actions.fail(faultOf(error)) };
    }
  };

  return async (id) => {
    switch (id) {
      case 'retry':
        return revokeAgain() ?? again();
      case 'choose-name':
        return renamed();
      case 'use-built-in':
        deps.settings.useBuiltIn();
        return again(true);
      case 'sign-in':
        return withService('waitSignIn', (client, { signal }) => client.signIn({ signal }));
      case 'connect-cloud':
        return withService('waitCloud', (client, { signal }) => client.connectCloud({ signal }));
      case 'connect-github':
        return withService('waitGitHub', (client, { signal }) => client.linkGitHub({ signal }));
      case 'update-service':
        return update();
      case 'start-pieces':
        return first('waitStart', ({ signal }) => deps.startPieces(signal));
      case 'get-pieces':
        await deps.getPieces();
        return done;
      case 'stop-waiting':
        recovery.cancel();
        return done;
      case 'choose-service':
      case 'choose-shortcut':
      case 'show-storage':
        deps.showSettings();
        return done;
      case 'decide':
        deps.showQuestion();
        return done;
      case 'revoke':
        await pendingShares.revokeStray();
        failures.dismiss();
        return done;
      case 'dismiss':
        deps.dismissMissed();
        failures.dismiss();
        return done;
    }
  };
}
