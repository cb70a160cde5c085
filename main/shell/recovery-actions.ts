import type { Outcome, RecoveryId, SettingsTab } from '../../preload/contract.ts';
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

export interface RecoveryActionsDeps {
  readonly actions: Pick<Actions, 'copy' | 'share' | 'revoke' | 'fail' | 'sendPending'>;
  readonly failures: Pick<Failures, 'current' | 'dismiss'>;
  readonly sharing: Pick<Sharing, 'last' | 'canRetryLast'>;
  /** The user has read the message that no notification could show. */
  readonly dismissMissed: () => void;
  readonly targets: Pick<Targets, 'recover'>;
  readonly recovery: Recovery;
  /** What the failed share left in the outbox. */
  readonly pendingShares: Pick<PendingShares, 'lastFailed' | 'takeNextName' | 'revokeUnusableLink'>;
  readonly settingsActions: Pick<SettingsActions, 'useBuiltIn'>;
  readonly showSettings: (tab: SettingsTab) => void;
  readonly showWindow: () => void;
  /** Shows the window, where the question is. */
  readonly showQuestion: () => void;
  /** Starts Pieces OS and waits until it answers. */
  readonly startPieces: (signal: AbortSignal) => Promise<void>;
  /** Opens the page where Pieces OS can be had. */
  readonly getPieces: () => Promise<void>;
  readonly checkForUpdates: () => Promise<Outcome<null>>;
  /** Opens the page where new versions of the app can be had. */
  readonly getUpdate: () => Promise<void>;
}

const DONE: Outcome<null> = { ok: true, value: null };

/** Does what a failure's button says; what was to be shared goes on by itself. */
export class RecoveryActions {
  readonly #deps: RecoveryActionsDeps;

  constructor(deps: RecoveryActionsDeps) {
    this.#deps = deps;
  }

  readonly recover = async (id: RecoveryId): Promise<Outcome<null>> => {
    const { actions, dismissMissed, failures, getPieces, pendingShares } = this.#deps;
    const { recovery, settingsActions } = this.#deps;
    switch (id) {
      case 'retry':
        return this.#revokeAgain() ?? this.#again();
      case 'choose-name':
        return this.#renamed();
      case 'use-built-in':
        settingsActions.useBuiltIn();
        return this.#again(true);
      case 'sign-in':
        return this.#withService('waitSignIn', (client, { signal }) => client.signIn({ signal }));
      case 'connect-cloud':
        return this.#withService('waitCloud', (client, { signal }) =>
          client.connectCloud({ signal }),
        );
      case 'connect-github':
        return this.#withService('waitGitHub', (client, { signal }) =>
          client.linkGitHub({ signal }),
        );
      case 'update-service':
        return this.#update();
      case 'start-pieces':
        return this.#first('waitStart', ({ signal }) => this.#deps.startPieces(signal));
      case 'get-pieces':
        await getPieces();
        return DONE;
      case 'stop-waiting':
        recovery.cancel();
        return DONE;
      case 'choose-service':
        this.#deps.showSettings('sharing');
        return DONE;
      case 'choose-shortcut':
        this.#deps.showSettings('shortcuts');
        return DONE;
      case 'show-storage':
        this.#deps.showSettings('advanced');
        return DONE;
      case 'open-window':
        this.#deps.showWindow();
        return DONE;
      case 'decide':
        this.#deps.showQuestion();
        return DONE;
      case 'revoke':
        await pendingShares.revokeUnusableLink();
        failures.dismiss();
        return DONE;
      case 'copy-link': {
        const fault = failures.current()?.fault;
        return fault?.kind === 'link-not-copied' ? actions.copy(fault.linkId) : DONE;
      }
      case 'check-for-updates':
        failures.dismiss();
        return this.#deps.checkForUpdates();
      case 'get-update':
        await this.#deps.getUpdate();
        failures.dismiss();
        return DONE;
      case 'dismiss':
        // The window shows one message at a time, a failure before what was missed.
        if (failures.current() === undefined) dismissMissed();
        else failures.dismiss();
        return DONE;
    }
  };

  /** Sends the failed share again, if one has; `here`: from this computer. */
  async #again(here = false): Promise<Outcome<null>> {
    const { actions, failures, pendingShares, sharing } = this.#deps;
    failures.dismiss();
    const id = pendingShares.lastFailed();
    if (id !== undefined) {
      // It is the same share: made once, from what was copied then.
      return withoutLink(await actions.sendPending(id, here));
    }
    // Something else failed: the clipboard, say, or a rename.
    if (!sharing.canRetryLast()) return DONE;
    const { source, options } = sharing.last();
    return withoutLink(await actions.share(source, options));
  }

  /** A link that could not be revoked is what is tried again then; nothing is shared. */
  #revokeAgain(): Promise<Outcome<null>> | undefined {
    const { actions, failures } = this.#deps;
    const id = failures.current()?.about.revoking;
    if (id === undefined) return undefined;
    failures.dismiss();
    return actions.revoke(id).then(withoutLink);
  }

  /** Shares what could not have its name under the next one. */
  async #renamed(): Promise<Outcome<null>> {
    const { actions, failures, pendingShares, sharing } = this.#deps;
    const id = pendingShares.lastFailed();
    if (id !== undefined) {
      pendingShares.takeNextName(id);
      return this.#again();
    }
    const { source, options } = sharing.last();
    if (!('name' in source) || source.name === undefined) return this.#again();
    failures.dismiss();
    return withoutLink(
      await actions.share({ ...source, name: nextFreeName(source.name) }, options),
    );
  }

  /** Runs a recovery step first. Afterwards only a share that the user still wants continues. */
  async #first(
    what: TextKey,
    step: (step: RecoveryStep) => Promise<unknown>,
  ): Promise<Outcome<null>> {
    const { actions, failures, recovery, sharing } = this.#deps;
    const canRetry = sharing.canRetryLast();
    try {
      await recovery.run(what, step);
    } catch (error) {
      return { ok: false, failure: actions.fail(faultOf(error)) };
    }
    if (canRetry) return this.#again();
    failures.dismiss();
    return DONE;
  }

  #withService(
    what: TextKey,
    step: (client: LinkifyClient, step: RecoveryStep) => Promise<unknown>,
  ): Promise<Outcome<null>> {
    return this.#first(what, (given) =>
      this.#deps.targets.recover((client) => step(client, given)),
    );
  }

  async #update(): Promise<Outcome<null>> {
    const { actions, recovery, targets } = this.#deps;
    try {
      const status = await recovery.run('waitUpdate', (step) =>
        targets.recover((client) => followUpdate(client, step)),
      );
      return { ok: false, failure: actions.fail({ kind: 'service-update', status }) };
    } catch (error) {
      return { ok: false, failure: actions.fail(faultOf(error)) };
    }
  }
}

const withoutLink = (outcome: Outcome<unknown>): Outcome<null> => (outcome.ok ? DONE : outcome);
