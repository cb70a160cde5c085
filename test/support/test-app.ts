import type { Content } from '../../main/clipboard/content.ts';
import { openFile } from '../../main/desktop/files/open-file.ts';
import { Failures } from '../../main/failures/failures.ts';
import type { OpenFile } from '../../main/items/prepare-items.ts';
import type { LinkifyClient } from '../../main/linkify/model.ts';
import { LinkThumbnails } from '../../main/links/link-thumbnails.ts';
import { linksFault } from '../../main/links/links-fault.ts';
import { RecentLinks } from '../../main/links/recent-links.ts';
import {
  connectModules,
  createCore,
  createUserInterface,
  type Foundation,
} from '../../main/modules.ts';
import { Questions } from '../../main/questions/questions.ts';
import type { Secret } from '../../main/secrets/masking.ts';
import { openSettings } from '../../main/settings/settings.ts';
import type { Notifier } from '../../main/shell/announce.ts';
import type { Notice } from '../../main/shell/notices.ts';
import { systemShortcuts } from '../../main/shortcuts/shortcut-source.ts';
import { Shortcuts } from '../../main/shortcuts/shortcuts.ts';
import { WindowState } from '../../main/state/window-state.ts';
import type { PiecesProblem } from '../../main/targets/pieces-status.ts';
import type { Capabilities } from '../../main/targets/target.ts';
import type { TargetRef } from '../../main/targets/target-ref.ts';
import { fakeClipboard } from './fakes.ts';
import { english } from './messages.ts';
import { type OutboxDisk, outboxDisk } from './outbox-in-memory.ts';
import { TestTarget, testTargets } from './targets.ts';

export interface TestAppOptions {
  readonly content?: Content;
  /** Its owner marked the clipboard as secret. */
  readonly concealed?: boolean;
  /** The service that the client is for; `custom` unless told. */
  readonly kind?: TargetRef['kind'];
  readonly name?: string;
  readonly builtIn?: LinkifyClient;
  readonly disk?: OutboxDisk;
  /** What the service can do; what follows from its kind unless told. */
  readonly capabilities?: Capabilities;
  readonly openFile?: OpenFile;
  readonly findSecrets?: (text: string) => readonly Secret[];
  readonly now?: () => number;
  readonly fallback?: 'ask' | 'always' | 'never';
  /** Why shares don't go to Pieces OS, although it is preferred. */
  readonly piecesProblem?: PiecesProblem;
}

/** What `main/app.ts` opens before it creates the modules. */
function foundationInMemory(
  client: LinkifyClient,
  more: TestAppOptions & { readonly disk: OutboxDisk },
  notifications: Notifier,
) {
  const { kind = 'custom', name = 'the service', now = Date.now, findSecrets = () => [] } = more;
  const { database, store: entryStore } = more.disk;
  const settings = openSettings({
    store: { load: () => undefined, save: () => {}, setAside: () => undefined },
    secrets: { available: () => false, encrypt: (text) => text, decrypt: (text) => text },
  });
  const fallback = more.fallback ?? 'never';
  settings.change({ linkFormat: 'plain', graceSeconds: 0, fallback });
  const failures = new Failures(now);
  const links = new RecentLinks({
    database,
    onProblem: (problem) => failures.report(linksFault(problem)),
  });
  const here = { kind: 'built-in', name: 'This computer' } as const;
  return {
    settings,
    messages: english,
    failures,
    questions: new Questions(english),
    links,
    thumbnails: new LinkThumbnails({
      database,
      links,
      // A test has no use for a real one.
      thumbnailOf: (image) => image.subarray(0, 8),
      wait: async () => {},
    }),
    entryStore,
    targets: testTargets(
      new TestTarget(client, { kind, name }, more.capabilities),
      new TestTarget(more.builtIn ?? client, here, more.capabilities),
      more.piecesProblem,
    ),
    scan: {
      find: async (text) => ({ ok: true, secrets: findSecrets(text) }),
      copied: () => {},
    },
    shortcuts: new Shortcuts({
      source: systemShortcuts(() => []),
      failures,
      platform: 'linux',
      command: undefined,
    }),
    notifications,
    windowState: new WindowState(),
    now,
    stops: [],
  } satisfies Foundation;
}

/**
 * The app without windows, over a given client and a disk in memory. Pending shares are sent by
 * `attempts` only.
 */
export function createTestApp(client: LinkifyClient, given: TestAppOptions = {}) {
  const disk = given.disk ?? outboxDisk();
  const { content = { kind: 'text', text: 'what was copied' } } = given;
  const clipboard = fakeClipboard(content, given.concealed);
  const notices: Notice[] = [];
  const withdrawn: string[] = [];
  const opened: string[] = [];
  const activities: unknown[] = [];
  const notify = (notice: Notice): void => void notices.push(notice);
  const foundation = foundationInMemory(
    client,
    { ...given, disk },
    { notify, notifyAlways: notify, withdraw: (cause) => void withdrawn.push(cause) },
  );
  const core = createCore(
    {
      systemClipboard: clipboard,
      mayReadClipboard: true,
      network: { subscribe: () => () => {} },
      onWake: () => () => {},
      appVersion: '1.0.0',
      createUpdater: () => undefined,
      quit: () => {},
      openFile: given.openFile ?? openFile,
      openWebPage: async (url) => void opened.push(url),
      readRange: async () => new Uint8Array(),
      smallFile: () => ({ load: () => undefined, save() {}, remove() {} }),
    },
    foundation,
  );
  const ui = createUserInterface(foundation, core);
  connectModules(foundation, core, ui);
  const { failures, links, questions, settings } = foundation;
  const { outbox, sharing } = core;
  const { actions, model } = ui;
  sharing.on('activity', (activity) => activities.push(activity));
  return {
    actions,
    activities,
    clipboard,
    disk,
    failures,
    links,
    model,
    notices,
    opened,
    /** The entries of the outbox. */
    outbox: outbox.entries,
    delivery: outbox.delivery,
    questions,
    settings,
    sharing,
    windowState: foundation.windowState,
    undo: core.linkUseCases.undo,
    attempts: outbox.attempts,
    pendingShares: outbox.pendingShares,
    withdrawn,
    /** Answers the open question, and resolves with what comes of its share or the next question. */
    async answer(
      choice: string,
      remember = false,
    ): Promise<'unknown' | 'shared' | 'failed' | 'asked' | 'over'> {
      const { promise, resolve } = Promise.withResolvers<'shared' | 'failed' | 'asked' | 'over'>();
      sharing.once('shared', () => resolve('shared'));
      failures.once('reported', () => resolve('failed'));
      questions.once('asked', () => resolve('asked'));
      const id = questions.current()?.view.id ?? '';
      const isAnswered = (await actions.answer(id, choice, remember)).ok;
      if (!isAnswered) return 'unknown';
      if (choice === 'discard') resolve('over');
      return promise;
    },
  };
}
