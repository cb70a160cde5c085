import type { Content } from '../../main/clipboard/content.ts';
import { rememberOwnWrites } from '../../main/clipboard/own-writes.ts';
import { createGiveBack } from '../../main/clipboard/restore-clipboard.ts';
import { openFile } from '../../main/desktop/files/open-file.ts';
import { advise } from '../../main/failures/describe-failure.ts';
import type { LinkifyClient } from '../../main/linkify/model.ts';
import { createWriteLink } from '../../main/links/copy-link.ts';
import { createFindOwnLink } from '../../main/links/find-own-link.ts';
import { openRecentLinks } from '../../main/links/recent-links.ts';
import { createWaiting, type Waiting } from '../../main/outbox/attempt.ts';
import { createWaitingActions } from '../../main/outbox/pending-actions.ts';
import { createCheckSecrets } from '../../main/sharing/check-secrets.ts';
import { createSharer } from '../../main/sharing/share.ts';
import { createActions } from '../../main/shell/actions.ts';
import type { Notice } from '../../main/shell/notices.ts';
import { createAppModel, initialState } from '../../main/state/app-state.ts';
import { fakeClipboard, nothingUnfinished } from './fakes.ts';
import { outboxDisk, testOutgoing } from './outbox-in-memory.ts';
import { TestTarget, testTargets } from './targets.ts';
import { english } from './words.ts';

/** The app's way of a share without windows: the real parts over a given client and a disk in memory. */
export function wholeWay(
  client: LinkifyClient,
  more: {
    readonly content?: Content;
    readonly builtIn?: LinkifyClient;
    readonly disk?: ReturnType<typeof outboxDisk>;
    readonly now?: () => number;
    readonly fallback?: 'ask' | 'always' | 'never';
  } = {},
) {
  const memory = fakeClipboard(more.content ?? { kind: 'text', text: 'what was copied' });
  const clipboard = { ...rememberOwnWrites(memory), writes: memory.writes, set: memory.set };
  const model = createAppModel(initialState());
  const links = openRecentLinks({
    pages: { load: () => [], save: () => {}, remove: () => {}, setAside: () => {} },
  });
  const notices: Notice[] = [];
  const writeLink = createWriteLink({
    clipboard,
    usual: () => ({ format: 'plain', template: '{link}' }),
  });
  const disk = more.disk ?? outboxDisk();
  let fallback = more.fallback ?? 'never';
  const now = more.now ?? Date.now;
  const { outgoing, outbox } = testOutgoing({
    client,
    kind: 'custom',
    name: 'the service',
    ...(more.builtIn === undefined ? {} : { builtIn: more.builtIn }),
    links,
    openFile,
    disk,
    now,
    fallback: () => fallback,
  });
  const targets = testTargets(
    new TestTarget(client, { kind: 'custom', name: 'the service' }),
    new TestTarget(more.builtIn ?? client, { kind: 'built-in', name: 'This computer' }),
  );
  const waitingActions = createWaitingActions({
    model,
    outbox,
    outgoing,
    targets,
    waiting: (): Waiting => waiting,
    links,
    refreshLinks: () => actions.refreshLinks(),
    describe: (fault, about) => actions.describe(fault, about),
    dismiss: () => actions.dismiss(),
    fallback: {
      get: () => fallback,
      set: (to) => {
        fallback = to;
      },
    },
    notify: (notice) => notices.push(notice),
    withdraw: () => {},
    now: () => performance.now(),
    words: english,
  });
  const waiting = createWaiting({
    outbox,
    outgoing,
    targets,
    clipboard,
    writeLink,
    advise,
    words: english,
    onLate: waitingActions.onLate,
    onHeld: waitingActions.onHeld,
    onUndone: waitingActions.onUndone,
    now,
  });
  const sharer = createSharer({
    unfinished: nothingUnfinished,
    checkLocation: async (prepared) => ({ kind: 'share', prepared }),
    clipboard,
    writeLink,
    findOwnLink: createFindOwnLink({
      links: links.list,
      targets,
      template: () => '{link}',
      lastWritten: writeLink.lastText,
      now: now,
    }),
    words: english,
    openFile,
    checkSecrets: createCheckSecrets({
      find: async () => ({ ok: true, secrets: [] }),
      allowedKinds: () => [],
    }),
    outgoing,
    onActivity: () => {},
    now,
  });
  const actions = createActions({
    rememberLocation: () => {},
    model,
    sharer,
    links,
    targets,
    clipboard,
    writeLink,
    giveBack: createGiveBack(clipboard),
    notify: (notice) => notices.push(notice),
    withdraw: () => {},
    allowSecretKinds: () => {},
    seen: () => ({}),
    now,
    openExternal: async () => {},
    advise,
    words: english,
    waits: {
      onFailed: waitingActions.onFailed,
      revokeLater: ({ id, title, service, assetIds }) =>
        outgoing.cleanUp({ service, what: title, shareId: id, assetIds }),
      isRevoking: waiting.isRevoking,
      serviceOf: (keptId) => outbox.get(keptId)?.service,
    },
  });
  outbox.subscribe(waitingActions.refresh);
  return {
    actions,
    clipboard,
    disk,
    links,
    model,
    notices,
    outbox,
    outgoing,
    sharer,
    waiting,
    waitingActions,
  };
}
