import {
  type AppState,
  CHANNELS,
  type Outcome,
  type ReachStep,
  type RecoveryId,
} from '../../preload/contract.ts';
import type { Actions } from '../shell/actions.ts';
import type { Confirmed } from '../shell/confirmed-calls.ts';
import type { SettingsFile } from '../shell/settings-file.ts';
import type { Clips } from '../state/clipboard-state.ts';
import * as argument from './arguments.ts';
import type { createHandle } from './handle.ts';

export interface HandlersNeeds {
  readonly actions: Actions;
  readonly clips: Pick<Clips, 'kept' | 'forget'>;
  readonly state: () => AppState;
  readonly reach: (step: ReachStep) => Promise<Outcome<null>>;
  readonly recover: (id: RecoveryId) => Promise<Outcome<null>>;
  readonly confirmed: Confirmed;
  readonly holdShortcuts: (held: boolean) => void;
  readonly testShortcut: () => Promise<Outcome<null>>;
  readonly settingsFile: SettingsFile;
  readonly popover: { hide(): void; keepOpen(on: boolean): void };
}

const done: Outcome<null> = { ok: true, value: null };

/** One line a call. */
export function registerHandlers(
  handle: ReturnType<typeof createHandle>,
  {
    actions,
    clips,
    state,
    reach,
    recover,
    confirmed,
    testShortcut,
    holdShortcuts,
    settingsFile,
    popover,
  }: HandlersNeeds,
): void {
  handle(CHANNELS.share, argument.shareRequest, ({ terms, ...request }) =>
    actions.share(request, terms),
  );
  handle(CHANNELS.shareMany, argument.shareManyRequest, ({ terms, ...request }) =>
    actions.share({ from: 'texts', ...request }, terms),
  );
  handle(CHANNELS.nameFiles, argument.filePaths, async (paths) => ({
    ok: true,
    value: await confirmed.nameFiles(paths),
  }));
  handle(CHANNELS.shareFiles, argument.shareFiles, ({ id, proofs, terms }) =>
    confirmed.shareFiles(id, proofs, terms),
  );
  handle(CHANNELS.shareClips, argument.shareClips, ({ ids, name, terms }) =>
    actions.share(
      {
        from: 'clips',
        contents: clips.kept(ids).map(({ content }) => content),
        ...(name === undefined ? {} : { name }),
      },
      terms,
    ),
  );
  handle(CHANNELS.forgetClip, argument.clipId, async (id) => {
    clips.forget(id);
    actions.acted();
    return done;
  });
  handle(CHANNELS.cancelShare, argument.nothing, async () => {
    actions.cancelShare();
    return done;
  });
  handle(CHANNELS.sendWaiting, argument.linkId, (id) => actions.sendPending(id));
  handle(CHANNELS.discardWaiting, argument.linkId, (id) => actions.discardPending(id));
  handle(CHANNELS.answer, argument.answerToQuestion, ({ questionId, choiceId, remember }) =>
    confirmed.answer(questionId, choiceId, remember),
  );
  handle(CHANNELS.revoke, argument.linkId, (id) => actions.revoke(id));
  handle(CHANNELS.restore, argument.linkId, (id) => actions.restore(id));
  handle(CHANNELS.undo, argument.linkId, (id) => actions.undo(id));
  handle(CHANNELS.copy, argument.linkId, (id) => actions.copy(id));
  handle(CHANNELS.copyAs, argument.linkAndFormat, ({ id, format }) => actions.copy(id, format));
  handle(CHANNELS.test, argument.linkId, (id) => actions.test(id));
  handle(CHANNELS.rename, argument.linkAndName, ({ id, name }) => actions.rename(id, name));
  handle(CHANNELS.changeExpiry, argument.linkAndExpiry, ({ id, expiresInSeconds }) =>
    actions.changeExpiration(id, expiresInSeconds),
  );
  handle(CHANNELS.open, argument.linkId, (id) => actions.open(id));
  handle(CHANNELS.forget, argument.linkId, (id) => actions.remove(id));
  handle(CHANNELS.state, argument.nothing, state);
  handle(CHANNELS.reach, argument.reachStep, reach);
  handle(CHANNELS.recover, argument.recoveryId, recover);
  handle(CHANNELS.changeSettings, argument.settingsChange, async (change) => {
    actions.acted();
    return confirmed.changeSettings(change);
  });
  handle(CHANNELS.exportSettings, argument.nothing, () => settingsFile.export());
  handle(CHANNELS.importSettings, argument.nothing, () => settingsFile.import());
  handle(CHANNELS.testShortcut, argument.nothing, testShortcut);
  handle(CHANNELS.holdShortcuts, argument.onOff, async (held) => {
    holdShortcuts(held);
    return done;
  });
  handle(CHANNELS.hide, argument.nothing, async () => {
    popover.hide();
    return done;
  });
  handle(CHANNELS.keepOpen, argument.onOff, async (on) => {
    popover.keepOpen(on);
    return done;
  });
}
