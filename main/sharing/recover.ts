import type { Outcome, RecoveryId } from '../../preload/contract.ts';
import type { Actions } from './actions.ts';
import { faultOf } from './faults.ts';
import type { Services } from './services.ts';

export interface RecoverNeeds {
  readonly actions: Pick<Actions, 'share' | 'dismiss' | 'fail' | 'lastShare'>;
  readonly services: Pick<Services, 'current'>;
  readonly useBuiltIn: () => void;
  readonly showPreferences: () => void;
  /** Shows the popover, where the question is. */
  readonly showQuestion: () => void;
  readonly startPieces: () => Promise<void>;
}

/** Does what a failure's button says; what was to be shared goes on by itself. */
export function createRecover({
  actions,
  services,
  useBuiltIn,
  showPreferences,
  showQuestion,
  startPieces,
}: RecoverNeeds): (id: RecoveryId) => Promise<Outcome<null>> {
  const done: Outcome<null> = { ok: true, value: null };
  const again = async (): Promise<Outcome<null>> => {
    actions.dismiss();
    const { source, terms } = actions.lastShare();
    const outcome = await actions.share(source, terms);
    return outcome.ok ? done : outcome;
  };
  const first = async (step: () => Promise<unknown>): Promise<Outcome<null>> => {
    try {
      await step();
    } catch (error) {
      return { ok: false, failure: actions.fail(faultOf(error)) };
    }
    return again();
  };
  return async (id) => {
    switch (id) {
      case 'retry':
      case 'choose-name':
        return again();
      case 'use-built-in':
        useBuiltIn();
        return again();
      case 'sign-in':
        return first(async () => (await services.current()).client.signIn());
      case 'connect-cloud':
        return first(async () => (await services.current()).client.connectCloud());
      case 'connect-github':
        return first(async () => (await services.current()).client.linkGitHub());
      case 'update-service':
        return first(async () => (await services.current()).client.checkForUpdate());
      case 'start-pieces':
        return first(startPieces);
      case 'choose-service':
      case 'choose-shortcut':
        showPreferences();
        return done;
      case 'decide':
        showQuestion();
        return done;
      case 'revoke':
      case 'dismiss':
        actions.dismiss();
        return done;
    }
  };
}
