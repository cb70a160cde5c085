import { EventEmitter } from 'node:events';
import { Clips } from '../../main/clipboard/clips.ts';
import type { Content } from '../../main/clipboard/content.ts';
import { rememberOwnWrites } from '../../main/clipboard/own-writes.ts';
import { openFile as openRealFile } from '../../main/desktop/files/open-file.ts';
import { Failures } from '../../main/failures/failures.ts';
import type { OpenFile } from '../../main/items/prepare-items.ts';
import type { LinkifyClient } from '../../main/linkify/model.ts';
import { createWriteLink } from '../../main/links/copy-link.ts';
import { createFindOwnLink } from '../../main/links/find-own-link.ts';
import { LinkUseCases } from '../../main/links/link-use-cases.ts';
import { linksFault } from '../../main/links/links-fault.ts';
import { createLinkWatch } from '../../main/links/open-counts.ts';
import { OwnAddresses } from '../../main/links/own-addresses.ts';
import { LinkReach } from '../../main/links/reach.ts';
import { RecentLinks } from '../../main/links/recent-links.ts';
import { StorageUsage } from '../../main/links/storage-usage.ts';
import type { VerifyLinks } from '../../main/links/verify-links.ts';
import { Attempts } from '../../main/outbox/attempts.ts';
import { PendingShares } from '../../main/outbox/pending-shares.ts';
import { Questions } from '../../main/questions/questions.ts';
import type { Secret } from '../../main/secrets/masking.ts';
import { openSettings } from '../../main/settings/settings.ts';
import { openSharing } from '../../main/sharing/open-sharing.ts';
import { createActions } from '../../main/shell/actions.ts';
import { announce } from '../../main/shell/announce.ts';
import { announceAttempts } from '../../main/shell/announce-attempts.ts';
import type { Notice } from '../../main/shell/notices.ts';
import { Shortcuts } from '../../main/shortcuts/shortcuts.ts';
import { FailureViews } from '../../main/state/failure-view.ts';
import { type LinkViewContext, linkView } from '../../main/state/link-views.ts';
import { projectState } from '../../main/state/project-state.ts';
import { WindowState } from '../../main/state/window-state.ts';
import { Recovery } from '../../main/targets/recovery-progress.ts';
import type { Capabilities } from '../../main/targets/target.ts';
import type { TargetRef } from '../../main/targets/target-ref.ts';
import type { ThisComputerTarget } from '../../main/targets/this-computer.ts';
import { fakeClipboard } from './fakes.ts';
import { english } from './messages.ts';
import { type OutboxDisk, outboxDisk, testDelivery } from './outbox-in-memory.ts';
import { TestTarget, testTargets } from './targets.ts';

type ThisComputer = Pick<
  ThisComputerTarget,
  'applyAddress' | 'applyQuota' | 'checkReach' | 'events' | 'usage'
>;

export interface WholeWayOptions {
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
}

/** The app's way of a share without windows: the real parts over a given client and a disk in memory. */
export function wholeWay(client: LinkifyClient, more: WholeWayOptions = {}) {
  const { kind = 'custom', name = 'the service', now = Date.now, findSecrets = () => [] } = more;
  const memory = fakeClipboard(
    more.content ?? { kind: 'text', text: 'what was copied' },
    more.concealed,
  );
  const { writes, set, setBusy } = memory;
  const clipboard = { ...rememberOwnWrites(memory), writes, set, setBusy };
  const disk = more.disk ?? outboxDisk();
  const failures = new Failures(now);
  const links = new RecentLinks({
    database: disk.database,
    onProblem: (problem) => failures.report(linksFault(problem)),
  });
  const notices: Notice[] = [];
  const withdrawn: string[] = [];
  const opened: string[] = [];
  const activities: unknown[] = [];
  const settings = openSettings({
    store: { load: () => undefined, save: () => {}, setAside: () => undefined },
    secrets: { available: () => false, encrypt: (text) => text, decrypt: (text) => text },
  });
  settings.change({ linkFormat: 'plain', fallback: more.fallback ?? 'never' });
  const questions = new Questions(english);
  const writeLink = createWriteLink({ clipboard, settings });
  const openFile = more.openFile ?? openRealFile;
  const { delivery, entries: outbox } = testDelivery({
    client,
    kind,
    name,
    ...(more.builtIn === undefined ? {} : { builtIn: more.builtIn }),
    links,
    openFile,
    disk,
    now,
    fallback: () => settings.values().fallback,
  });
  const targets = testTargets(
    new TestTarget(client, { kind, name }, more.capabilities),
    new TestTarget(
      more.builtIn ?? client,
      { kind: 'built-in', name: 'This computer' },
      more.capabilities,
    ),
  );
  const notify = (notice: Notice): void => void notices.push(notice);
  const withdraw = (cause: string): void => void withdrawn.push(cause);
  const attempts = new Attempts({
    entries: outbox,
    delivery,
    targets,
    clipboard,
    writeLink,
    now,
  });
  const pendingShares = new PendingShares({
    entries: outbox,
    delivery,
    attempts,
    targets,
    failures,
    questions,
    fallback: {
      get: () => settings.values().fallback,
      set: (fallback) => void settings.change({ fallback }),
    },
  });

  const verification: Pick<VerifyLinks, 'events' | 'of' | 'test'> = {
    events: new EventEmitter(),
    of: () => ({}),
    test: async () => 'opens',
  };
  const linkUseCases = new LinkUseCases({
    links,
    targets,
    pending: {
      revokeLater: ({ id, title, service, assetIds }) =>
        delivery.cleanUp({ service, what: title, shareId: id, assetIds }),
      isRevoking: (id) => attempts.isRevoking(id),
    },
    clipboard,
    writeLink,
    address: { current: async () => undefined },
    verification,
    failures,
    openExternal: async (url) => void opened.push(url),
    now,
  });
  const { undo } = linkUseCases;
  const { sharing, progress } = openSharing({
    clipboard,
    writeLink,
    findOwnLink: createFindOwnLink({
      links: links.list,
      targets,
      template: () => settings.values().linkTemplate,
      lastWritten: writeLink.lastText,
      now,
    }),
    findSecrets: async (text) => ({ ok: true, secrets: findSecrets(text) }),
    openFile,
    readRange: async () => new Uint8Array(),
    settings,
    targets,
    questions,
    outbox: { delivery, entries: outbox, pendingShares },
    unfinishedStore: { load: () => undefined, save() {}, remove() {} },
    failures,
    messages: english,
    now,
  });
  sharing.on('activity', (activity) => activities.push(activity));
  sharing.on('shared', ({ link, place, before }) =>
    undo.shared(link.id, place === 'clipboard', before),
  );

  const thisComputer: ThisComputer = {
    events: new EventEmitter(),
    applyAddress: async () => {},
    applyQuota: async () => {},
    checkReach: async () => undefined,
    usage: async () => undefined,
  };
  const opens = createLinkWatch({ links, targets, thisComputer });
  const address = { follow: async () => undefined };
  const linkContext = {
    ...linkUseCases,
    targets,
    verification,
    opens,
    messages: english,
    now,
  } satisfies LinkViewContext;
  const shortcuts = new Shortcuts({
    register: () => [],
    failures,
    platform: 'linux',
    command: undefined,
  });
  const failureViews = new FailureViews({ targets, shortcuts, messages: english });
  const clips = new Clips({
    clipboard,
    messages: english,
    settings,
    scan: { copied: () => {} },
    mayRead: true,
    now,
  });
  const model = projectState({
    ...linkContext,
    links,
    outbox,
    failures,
    failureViews,
    questions,
    settings,
    clips,
    progress,
    shortcuts,
    window: new WindowState(),
    recovery: new Recovery(now),
    reach: new LinkReach({
      address,
      thisComputer,
      now,
    }),
    addresses: new OwnAddresses({
      thisComputer,
      settings: { values: () => ({ networkInterface: '' }) },
      networkAddresses: () => [],
      address,
    }),
    storage: new StorageUsage({ thisComputer, links, opens }),
  });
  announceAttempts({
    outbox: attempts,
    targets,
    notify,
    notifyAlways: notify,
    withdraw,
    now: () => performance.now(),
    messages: english,
  });
  const actions = createActions({
    ...linkUseCases,
    sharing,
    outbox: pendingShares,
    questions,
    failures,
    failureViews,
    linkView: (link) => linkView(link, linkContext),
  });
  announce({
    targets,
    sharing,
    undo,
    verification: verification.events,
    failures,
    questions,
    failureViews,
    progress,
    notify,
    notifyAlways: notify,
    withdraw,
    messages: english,
  });
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
    outbox,
    delivery,
    questions,
    settings,
    sharing,
    undo,
    attempts,
    pendingShares,
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
