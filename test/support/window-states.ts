import { DEFAULT_ACCELERATOR } from '../../main/settings/default-accelerator.ts';
import { initialValues, viewOf } from '../../main/settings/table.ts';
import type {
  AppState,
  ClipEntryView,
  FailureView,
  LinkView,
  PendingShareView,
  QuestionView,
} from '../../preload/contract.ts';

/** States of the window to look at and to test against. */

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
    state: 'live',
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
    settings: viewOf(initialValues(), false),
  };
}

/** No links yet; a text is on the clipboard. */
export function emptyState(over: Partial<AppState> = {}): AppState {
  return {
    links: [],
    service: {
      kind: 'built-in',
      name: 'This computer',
      state: 'ready',
      detail: 'Ready',
      shareOptions: true,
    },
    clipboard: { kind: 'text', description: 'Text, 312 characters', shareable: true },
    activity: null,
    failure: null,
    focusLinkId: null,
    watching: true,
    shortcut: { accelerator: DEFAULT_ACCELERATOR, state: 'active' },
    canWatchClipboard: true,
    settings: { ...viewOf(initialValues(), false), reach: 'this-computer' },
    ...over,
  };
}

export function someLinks(nowMs = Date.now()): readonly LinkView[] {
  const ago = (minutes: number): number => nowMs - minutes * MINUTE_MS;
  return [
    aLink({
      id: 'a1',
      kind: 'code',
      title: 'export function createShareClipboard(needs: ShareNeeds)',
      sizeBytes: 2_431,
      createdAtMs: ago(0.2),
      canUndo: true,
    }),
    aLink({
      id: 'b2',
      kind: 'image',
      title: 'Image 1280x720',
      sizeBytes: 184_220,
      createdAtMs: ago(6),
    }),
    aLink({
      id: 'c3',
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
      title: 'The meeting moved to half past three, same room as last time',
      sizeBytes: 61,
      createdAtMs: ago(1_500),
      state: 'revoked',
    }),
    aLink({
      id: 'f6',
      title: 'ssh deploy@build.example.org',
      sizeBytes: 28,
      createdAtMs: ago(4_400),
    }),
    aLink({
      id: 'g7',
      kind: 'image',
      title: 'Image 2560x1440',
      sizeBytes: 1_902_114,
      createdAtMs: ago(30_000),
    }),
  ];
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

export const unreachable: FailureView = {
  cause: 'unreachable',
  title: 'Pieces OS is not running',
  sentence:
    'Nothing answers at http://localhost:39300. Start Pieces, or use the built-in service. The clipboard is as it was.',
  action: { id: 'use-built-in', label: 'Use the built-in service' },
};

/** A square of one colour, as a thumbnail. */
const THUMBNAIL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=';

export function someClips(nowMs = Date.now()): readonly ClipEntryView[] {
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
    { ...clip('k2', 'image', 'Image 640x480', 3), thumbnail: THUMBNAIL },
    clip('k3', 'url', 'https://example.org/a/long/address?with=parameters', 9),
    clip('k4', 'files', 'budget.ods, budget.pdf', 20),
    clip('k5', 'code', 'const answer = await ask(question);', 31),
    clip('k6', 'colour', '#0b6a6c', 50),
  ];
}

/** With an entry of everything that the window can show. */
export function fullState(over: Partial<AppState> = {}): AppState {
  const plain = emptyState();
  const [newest, ...older] = someLinks();
  return {
    ...plain,
    links: newest ? [{ ...newest, expiresAtMs: Date.now() + 7 * 1440 * MINUTE_MS }, ...older] : [],
    clips: someClips(),
    pending: [],
    takenShortcuts: ['shareRecentShortcut'],
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

export const secretQuestion: QuestionView = {
  id: 'q1',
  title: 'This looks like a password',
  sentence: 'A token of a web service was found in line 3 of what you copied.',
  choices: [
    { id: 'masked', label: 'Share with it masked' },
    { id: 'once', label: 'Once, for ten minutes' },
    { id: 'anyway', label: 'Share anyway' },
    { id: 'cancel', label: 'Do not share' },
  ],
  cancelId: 'cancel',
  rememberLabel: 'Do not ask again for this kind',
};

export const pendingShares: readonly PendingShareView[] = [
  {
    id: 'w1',
    what: 'Text, 1,204 characters',
    reason: 'Pieces OS is not running',
    sinceMs: Date.now() - 4 * MINUTE_MS,
  },
  {
    id: 'w2',
    what: '3 files',
    reason: 'Pieces OS is not running',
    sinceMs: Date.now() - 2 * MINUTE_MS,
  },
];
