import { isAbsolute } from 'node:path';
import * as v from 'valibot';
import * as argument from '../../preload/arguments.ts';
import type {
  AboutView,
  AppState,
  CallName,
  ClipPreview,
  Outcome,
  OwnFile,
  RecoveryId,
  ResultOf,
  SchemaOf,
  SettingsTab,
} from '../../preload/contract.ts';
import type { Clips } from '../clipboard/clips.ts';
import type { Content } from '../clipboard/content.ts';
import { type Fault, faultOf } from '../failures/faults.ts';
import type { LinkReach } from '../links/reach.ts';
import { settingsChangeSchema } from '../settings/table.ts';
import type { Actions } from '../shell/actions.ts';
import type { Confirmed } from '../shell/confirmed-calls.ts';
import type { SettingsActions } from '../shell/settings-actions.ts';
import type { SettingsFile } from '../shell/settings-file.ts';
import type { UpdateActions } from '../shell/update-actions.ts';
import type { Shortcuts } from '../shortcuts/shortcuts.ts';

interface HandlersDeps {
  readonly actions: Actions;
  readonly clips: Pick<Clips, 'find' | 'get' | 'remove' | 'clear'>;
  readonly previewOf: (content: Content) => Promise<ClipPreview>;
  readonly reach: Pick<LinkReach, 'act'>;
  readonly recover: (id: RecoveryId) => Promise<Outcome<null>>;
  readonly confirmed: Confirmed;
  readonly settingsActions: Pick<SettingsActions, 'askAboutSecret' | 'removeServer'>;
  readonly shortcuts: Pick<Shortcuts, 'hold' | 'test' | 'stopTest' | 'setUp' | 'lineToCopy'>;
  readonly copyText: (text: string) => Promise<void>;
  /** Marked as private. */
  readonly copyPassword: (password: string) => Promise<void>;
  readonly settingsFile: SettingsFile;
  readonly updateActions: Pick<UpdateActions, 'check' | 'install'>;
  readonly window: { keepOpen(on: boolean): void };
  readonly showSettings: (tab: SettingsTab) => void;
  readonly about: AboutView;
  /** @throws when the system can't open it */
  readonly openOwnFile: (file: OwnFile) => Promise<void>;
}

/** The page that makes a call. */
export interface CallingPage {
  /** The whole state; from then on this page is sent what changes. */
  state(): AppState;
  /** Hides its window. */
  hide(): void;
}

/** The schema of a call's argument, and what it does. */
export interface Handler<Name extends CallName = CallName> {
  readonly schema: v.GenericSchema<unknown, v.InferOutput<SchemaOf<Name>>>;
  run(
    argument: v.InferOutput<SchemaOf<Name>>,
    page: CallingPage,
  ): Promise<ResultOf<Name>> | ResultOf<Name>;
}

export type Handlers = { readonly [Name in CallName]: Handler<Name> };

const done: Outcome<null> = { ok: true, value: null };
const absolutePaths = v.pipe(argument.filePaths, v.everyItem(isAbsolute));

/** One handler for each call of the table in preload/calls.ts. */
export function createHandlers(deps: HandlersDeps): Handlers {
  const { actions, clips, confirmed, settingsFile, window } = deps;
  const { linkId, nothing, onOff } = argument;
  const copyLine = async (): Promise<Fault | undefined> => {
    const line = deps.shortcuts.lineToCopy();
    return line === undefined ? undefined : deps.copyText(line).then(() => undefined, faultOf);
  };
  return {
    share: {
      schema: argument.shareRequest,
      run: ({ shareOptions, ...request }) => actions.share(request, shareOptions),
    },
    shareMany: {
      schema: argument.shareManyRequest,
      run: ({ shareOptions, ...request }) =>
        actions.share({ from: 'texts', ...request }, shareOptions),
    },
    shareClips: {
      schema: argument.shareClips,
      run({ ids, name, shareOptions }) {
        const contents = clips.find(ids).map(({ content }) => content);
        const named = name === undefined ? {} : { name };
        return actions.share({ from: 'clips', contents, ...named }, shareOptions);
      },
    },
    nameFiles: {
      schema: absolutePaths,
      run: async (paths) => ({ ok: true, value: await confirmed.nameFiles(paths) }),
    },
    shareNamedFiles: {
      schema: argument.namedFiles,
      run: ({ id, proofs, shareOptions }) => confirmed.shareFiles(id, proofs, shareOptions),
    },
    cancelShare: {
      schema: nothing,
      run() {
        actions.cancelShare();
        return done;
      },
    },
    revoke: { schema: linkId, run: (id) => actions.revoke(id) },
    restore: { schema: linkId, run: (id) => actions.restore(id) },
    undo: { schema: linkId, run: (id) => actions.undo(id) },
    copy: { schema: linkId, run: (id) => actions.copy(id) },
    copyAs: {
      schema: argument.linkAndFormat,
      run: ({ id, format }) => actions.copy(id, format),
    },
    copyPassword: {
      schema: argument.password,
      async run(password) {
        const fault = await deps.copyPassword(password).then(() => undefined, faultOf);
        return fault === undefined ? done : { ok: false, failure: actions.describe(fault) };
      },
    },
    open: { schema: linkId, run: (id) => actions.open(id) },
    test: { schema: linkId, run: (id) => actions.test(id) },
    removeLinks: { schema: argument.linkIds, run: (ids) => actions.remove(ids) },
    rename: { schema: argument.linkAndName, run: ({ id, name }) => actions.rename(id, name) },
    changeOptions: {
      schema: argument.linkAndOptions,
      run: ({ id, change }) => actions.changeOptions(id, change),
    },
    previewClip: {
      schema: argument.clipId,
      async run(id) {
        const clip = clips.get(Number(id));
        return clip === undefined
          ? { ok: false, failure: actions.describe({ kind: 'clip-not-found' }) }
          : { ok: true, value: await deps.previewOf(clip.content) };
      },
    },
    removeClip: {
      schema: argument.clipId,
      run(id) {
        clips.remove(id);
        actions.acted();
        return done;
      },
    },
    clearClips: {
      schema: nothing,
      run() {
        clips.clear();
        actions.acted();
        return done;
      },
    },
    sendPending: { schema: linkId, run: (id) => actions.sendPending(id) },
    discardPending: {
      schema: linkId,
      run: (id) => actions.discardPending(id),
    },
    answer: {
      schema: argument.answerToQuestion,
      run: ({ questionId, choiceId, remember }) => confirmed.answer(questionId, choiceId, remember),
    },
    state: { schema: nothing, run: (_nothing, page) => page.state() },
    recover: { schema: argument.recoveryId, run: deps.recover },
    reach: { schema: argument.reachStep, run: (step) => deps.reach.act(step) },
    changeSettings: {
      schema: settingsChangeSchema,
      run(change) {
        actions.acted();
        return confirmed.changeSettings(change);
      },
    },
    removeServer: {
      schema: argument.serverUrl,
      run(url) {
        actions.acted();
        return deps.settingsActions.removeServer(url);
      },
    },
    askAboutSecret: {
      schema: argument.secretKind,
      run(kind) {
        actions.acted();
        return deps.settingsActions.askAboutSecret(kind);
      },
    },
    resetSettings: {
      schema: nothing,
      run() {
        actions.acted();
        return confirmed.resetSettings();
      },
    },
    about: { schema: nothing, run: () => ({ ok: true, value: deps.about }) },
    openOwnFile: {
      schema: argument.ownFile,
      async run(file) {
        const fault = await deps.openOwnFile(file).then(() => undefined, faultOf);
        return fault === undefined ? done : { ok: false, failure: actions.describe(fault) };
      },
    },
    openSettings: {
      schema: argument.settingsTab,
      run(tab) {
        deps.showSettings(tab);
        return done;
      },
    },
    exportSettings: { schema: nothing, run: () => settingsFile.export() },
    importSettings: { schema: nothing, run: () => settingsFile.import() },
    testShortcut: {
      schema: onOff,
      async run(on) {
        if (!on) {
          deps.shortcuts.stopTest();
          return done;
        }
        const fault = await deps.shortcuts.test();
        return fault === undefined ? done : { ok: false, failure: actions.describe(fault) };
      },
    },
    holdShortcuts: {
      schema: onOff,
      run(held) {
        deps.shortcuts.hold(held);
        return done;
      },
    },
    setUpShortcut: {
      schema: argument.shortcutSetUpStep,
      async run(step) {
        actions.acted();
        const fault = step === 'copy' ? await copyLine() : await deps.shortcuts.setUp(step);
        return fault === undefined ? done : { ok: false, failure: actions.describe(fault) };
      },
    },
    checkForUpdates: { schema: nothing, run: () => deps.updateActions.check() },
    installUpdate: {
      schema: nothing,
      async run() {
        await deps.updateActions.install();
        return done;
      },
    },
    hide: {
      schema: nothing,
      run(_nothing, page) {
        page.hide();
        return done;
      },
    },
    keepOpen: {
      schema: onOff,
      run(on) {
        window.keepOpen(on);
        return done;
      },
    },
  };
}
