import { useEffect, useMemo, useState } from 'preact/hooks';
import type {
  FailureView,
  LinkifyBridge,
  Outcome,
  OwnFile,
  ReachStep,
  RecoveryId,
  SettingsChange,
  SettingsView,
} from '../../preload/contract.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { createLinkActions, type LinkActions } from './link-actions.ts';

interface WindowCallDeps {
  readonly bridge: LinkifyBridge;
  /** The app's current failure. */
  readonly appFailure: FailureView | null;
  readonly tell: (text: string) => void;
}

export interface WindowCalls {
  readonly actions: LinkActions;
  /** The app's failure, else the one of the last call; null if there is none. */
  readonly failure: FailureView | null;
  dismissFailure(): void;
  setFailure(failure: FailureView | null): void;
  recover(id: RecoveryId): void;
  /** Waits for a change of the settings, and reports its result. */
  save(call: Promise<Outcome<SettingsView>>): Promise<boolean>;
  apply(change: SettingsChange): Promise<boolean>;
  reach(step: ReachStep): void;
  openOwnFile(file: OwnFile): void;
  answer(questionId: string, choiceId: string, remember: boolean): void;
}

/** The calls to the app that the window makes, and their failure. */
export function useWindowCalls({ bridge, appFailure, tell }: WindowCallDeps): WindowCalls {
  const messages = useMessages();
  const [failure, setFailure] = useState<FailureView | null>(null);
  const actions = useMemo(
    () => createLinkActions({ bridge, messages, showNotice: tell, onFailure: setFailure }),
    [bridge, messages, tell],
  );

  // A failure that was solved or dismissed elsewhere is not shown here either.
  useEffect(() => {
    if (appFailure === null) setFailure(null);
  }, [appFailure]);

  /** Shows a failure, unless the user cancelled the call. */
  const report = (outcome: Outcome<unknown>): void =>
    setFailure(outcome.ok || outcome.failure.cause === 'cancelled' ? null : outcome.failure);

  const recover = async (id: RecoveryId): Promise<void> => {
    setFailure(null);
    const outcome = await bridge.recover(id);
    if (!outcome.ok) setFailure(outcome.failure);
  };
  const save = async (call: Promise<Outcome<SettingsView>>): Promise<boolean> => {
    const outcome = await call;
    report(outcome);
    if (outcome.ok) tell(messages.t('saved'));
    return outcome.ok;
  };
  const reach = async (step: ReachStep): Promise<void> => {
    const outcome = await bridge.reach(step);
    if (outcome.ok && step === 'look') tell(messages.t('reachChecked'));
  };
  return {
    actions,
    failure: appFailure ?? failure,
    // The app doesn't know of a failure of the window's own call.
    dismissFailure: () => (appFailure === null ? setFailure(null) : void recover('dismiss')),
    setFailure,
    recover: (id) => void recover(id),
    save,
    apply: (change) => save(bridge.changeSettings(change)),
    openOwnFile: (file) => void bridge.openOwnFile(file).then(report),
    reach: (step) => void reach(step),
    answer: (questionId, choiceId, remember) =>
      void bridge.answer({ questionId, choiceId, remember }).then(report),
  };
}
