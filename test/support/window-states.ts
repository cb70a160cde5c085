import { advise } from '../../main/failures/describe-failure.ts';
import type { Fault } from '../../main/failures/faults.ts';
import type { Messages } from '../../main/i18n/messages.ts';
import { fallbackQuestion as fallbackQuestionOf } from '../../main/questions/fallback-question.ts';
import { focusQuestion as focusQuestionOf } from '../../main/questions/focus-question.ts';
import { secretQuestion as secretQuestionOf } from '../../main/questions/secret-question.ts';
import { DEFAULT_ACCELERATOR } from '../../main/settings/default-accelerator.ts';
import { initialValues, viewOf } from '../../main/settings/table.ts';
import type {
  AppState,
  ClipEntryView,
  FailureView,
  LinkView,
  PendingShareView,
  QuestionView,
  ServiceView,
} from '../../preload/contract.ts';
import { english } from './messages.ts';

/** States of the window to look at and to test against, with the app's own texts. */

const MINUTE_MS = 60_000;

export function aLink(over: Partial<LinkView> & { readonly id: string }): LinkView {
  return {
    kind: 'text',
    title: `Link ${over.id}`,
    sizeBytes: 312,
    count: 1,
    link: `http://192.168.1.20:39400/s/${over.id}`,
    serviceName: 'This computer',
    createdAtMs: Date.now() - 5 * MINUTE_MS,
    state: 'active',
    canUndo: false,
    ...over,
  };
}

/** The state before anything is known. */
export function initialState(): AppState {
  return {
    ...emptyState(),
    clipboard: { kind: 'unknown', description: '', shareable: true },
    canWatchClipboard: false,
    settings: viewOf(initialValues()),
  };
}

/** No links yet; a text is on the clipboard. */
export function emptyState(over: Partial<AppState> = {}, messages = english): AppState {
  return {
    links: [],
    service: {
      kind: 'built-in',
      name: messages.t('thisComputer'),
      state: 'ready',
      detail: messages.t('ready'),
      shareOptions: true,
      localLinks: true,
    },
    clipboard: {
      kind: 'text',
      description: messages.t('clipText', { count: 312 }),
      shareable: true,
    },
    activity: null,
    failure: null,
    focusLinkId: null,
    isWatchingClipboard: true,
    shortcut: { accelerator: DEFAULT_ACCELERATOR, state: 'active' },
    canWatchClipboard: true,
    settings: { ...viewOf(initialValues()), reach: 'this-computer' },
    ...over,
  };
}

/** The one in use is the first. */
export const customServers = [
  { url: 'https://share.example', name: 'share.example', hasToken: true },
  { url: 'https://links.example/team', name: 'links.example/team', hasToken: false },
] as const;

/** A custom server of a team, with the user's account. */
export const connectedServer: ServiceView = {
  kind: 'custom',
  name: 'share.example',
  state: 'ready',
  detail: english.t('ready'),
  shareOptions: true,
  account: { name: 'Anna', usedBytes: 1_200_000_000, quotaBytes: 5_000_000_000 },
};

export function someLinks(messages = english, nowMs = Date.now()): readonly LinkView[] {
  const thisComputer = { serviceName: messages.t('thisComputer') };
  const ago = (minutes: number): number => nowMs - minutes * MINUTE_MS;
  return [
    aLink({
      id: 'a1',
      ...thisComputer,
      kind: 'code',
      title: 'export function placeLink(link: string): LinkPlace {',
      sizeBytes: 2_431,
      createdAtMs: ago(0.2),
      canUndo: true,
    }),
    aLink({
      id: 'b2',
      ...thisComputer,
      kind: 'image',
      title: imageTitle(1280, 720, messages),
      sizeBytes: 184_220,
      createdAtMs: ago(6),
    }),
    aLink({
      id: 'c3',
      ...thisComputer,
      kind: 'collection',
      title: 'Notes for Thursday',
      count: 3,
      sizeBytes: 52_300,
      createdAtMs: ago(44),
    }),
    aLink({
      id: 'd4',
      kind: 'file',
      title: 'quarterly-report-final.pdf',
      sizeBytes: 4_812_000,
      createdAtMs: ago(190),
      state: 'failed',
      serviceName: 'Pieces OS',
    }),
    aLink({
      id: 'e5',
      ...thisComputer,
      title: 'The meeting moved to half past three, same room as last time',
      sizeBytes: 61,
      createdAtMs: ago(1_500),
      state: 'revoked',
    }),
    aLink({
      id: 'f6',
      ...thisComputer,
      title: 'ssh deploy@build.example.org',
      sizeBytes: 28,
      createdAtMs: ago(4_400),
    }),
    aLink({
      id: 'g7',
      ...thisComputer,
      kind: 'image',
      title: imageTitle(2560, 1440, messages),
      sizeBytes: 1_902_114,
      createdAtMs: ago(30_000),
    }),
  ];
}

/** Links with everything that a row can say. */
export function variedLinks(messages = english, nowMs = Date.now()): readonly LinkView[] {
  const thisComputer = { serviceName: messages.t('thisComputer') };
  const inDays = (days: number): number => nowMs + days * 1440 * MINUTE_MS;
  const [code, image, collection, failed, revoked, text] = someLinks(messages, nowMs);
  if (!code || !image || !collection || !failed || !revoked || !text) throw new Error('links');
  return [
    { ...code, expiresAtMs: inDays(7), password: true, canChange: true },
    { ...image, expiresAtMs: inDays(6), opens: 3, lastOpenedAtMs: nowMs - 2 * MINUTE_MS },
    { ...collection, expiresAtMs: inDays(6), maxOpens: 5, opens: 2 },
    failed,
    { ...text, expiresAtMs: inDays(3), once: true },
    { ...revoked, opens: 1, confirmedRevokedAtMs: nowMs - MINUTE_MS },
    aLink({
      id: 'h8',
      ...thisComputer,
      title: 'Wi-Fi for guests',
      state: 'revoked',
      ended: { how: 'used-up', atMs: nowMs - 9 * MINUTE_MS },
      createdAtMs: nowMs - 90 * MINUTE_MS,
    }),
    aLink({
      id: 'i9',
      ...thisComputer,
      title: 'Draft of the minutes',
      expiresAtMs: nowMs - 30 * MINUTE_MS,
      createdAtMs: nowMs - 10_000 * MINUTE_MS,
    }),
  ];
}

function imageTitle(width: number, height: number, messages: Messages): string {
  return messages.t('clipImageSize', { width: String(width), height: String(height) });
}

export function manyLinks(count: number): readonly LinkView[] {
  const kinds = ['text', 'code', 'image', 'file', 'collection'] as const;
  return Array.from({ length: count }, (_, index) =>
    aLink({
      id: `n${index}`,
      kind: kinds[index % kinds.length] ?? 'text',
      title: `Entry number ${index}`,
      createdAtMs: Date.now() - index * MINUTE_MS,
    }),
  );
}

/** Not even this computer can connect to the address of its links. */
export const blockedReach: NonNullable<AppState['reachCheck']> = {
  kind: 'blocked',
  address: '192.168.1.20',
  port: 39_400,
};

const PIECES = 'Pieces OS at 127.0.0.1:39300';

function failureOf(fault: Fault, messages: Messages): FailureView {
  return advise(fault, {
    serviceName: PIECES,
    serviceKind: 'pieces',
    accelerator: DEFAULT_ACCELERATOR,
    messages,
    nowMs: Date.now(),
  });
}

/** Pieces OS, and what the window says of it, while nothing answers there. */
export function unreachablePieces(
  messages = english,
): Pick<AppState, 'service'> & { readonly failure: FailureView } {
  return {
    service: {
      kind: 'pieces',
      name: PIECES,
      state: 'problem',
      detail: messages.t('piecesNotRunning'),
    },
    failure: failureOf({ kind: 'unreachable', baseUrl: 'http://127.0.0.1:39300' }, messages),
  };
}

/** A square of one colour, as a thumbnail. */
const THUMBNAIL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=';

export function someClips(messages = english, nowMs = Date.now()): readonly ClipEntryView[] {
  const clip = (
    id: string,
    kind: ClipEntryView['kind'],
    title: string,
    minutes: number,
  ): ClipEntryView => ({
    id,
    kind,
    title,
    sizeBytes: title.length * 7,
    copiedAtMs: nowMs - minutes * MINUTE_MS,
  });
  return [
    clip('k1', 'text', 'Ideas for the next release', 0.5),
    { ...clip('k2', 'image', imageTitle(640, 480, messages), 3), thumbnail: THUMBNAIL },
    clip('k3', 'url', 'https://example.org/a/long/address?with=parameters', 9),
    clip('k4', 'files', 'budget.ods, budget.pdf', 20),
    clip('k5', 'code', 'const answer = await ask(question);', 31),
    clip('k6', 'colour', '#0b6a6c', 50),
  ];
}

/** With an entry of everything that the window can show. */
export function fullState(over: Partial<AppState> = {}, messages = english): AppState {
  const plain = emptyState({}, messages);
  const [newest, ...older] = someLinks(messages);
  return {
    ...plain,
    links: newest ? [{ ...newest, expiresAtMs: Date.now() + 7 * 1440 * MINUTE_MS }, ...older] : [],
    clips: someClips(messages),
    pending: [],
    shortcutStates: { shareRecentShortcut: { state: 'taken' } },
    addresses: [
      { name: 'enp3s0', address: '192.168.1.20' },
      { name: 'wlp2s0', address: '192.168.1.33' },
    ],
    reachCheck: { kind: 'ok', address: '192.168.1.20', port: 39_400 },
    storage: { usedBytes: 1_350_000_000, quotaBytes: 2_000_000_000 },
    settings: {
      ...plain.settings,
      launchAtLogin: true,
      notifications: 'on',
      shareRecentShortcut: 'CommandOrControl+Alt+L',
      offerToShare: 'images-and-files',
      allowedSecrets: [{ kind: 'github-token', name: 'a GitHub token' }],
      linkTemplate: '',
      reach: 'network',
    },
    ...over,
  };
}

const SECRET_EXCERPT = { before: 'curl -H "Authorization: ', after: '" https://api.exampl…' };

export function secretQuestion(messages = english): QuestionView {
  const fault = {
    kind: 'looks-like-secret',
    labels: ['GitHub token'],
    kinds: ['github-token'],
    canMask: true,
    count: 1,
  } as const;
  return { id: 'q1', ...secretQuestionOf(fault, true, SECRET_EXCERPT).text(messages) };
}

/** The clipboard can be read only by the window in front. */
/** Pieces OS can't share, and this computer could. */
export function fallbackQuestion(messages = english): QuestionView {
  return { id: 'q3', ...fallbackQuestionOf(PIECES, 'unreachable').text(messages) };
}

export function focusQuestion(messages = english): QuestionView {
  return { id: 'q2', ...focusQuestionOf().text(messages) };
}

export function pendingShares(messages = english): readonly PendingShareView[] {
  const fault: Fault = { kind: 'unreachable', baseUrl: 'http://127.0.0.1:39300' };
  const reason = failureOf(fault, messages).title;
  return [
    {
      id: 'w1',
      what: messages.t('clipText', { count: 1_204 }),
      reason,
      sinceMs: Date.now() - 4 * MINUTE_MS,
    },
    {
      id: 'w2',
      what: messages.t('clipFiles', { count: 3 }),
      reason,
      serviceNote: messages.t('piecesIs', { detail: messages.t('piecesSignedOut') }),
      sinceMs: Date.now() - 2 * MINUTE_MS,
    },
  ];
}
