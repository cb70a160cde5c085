import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type AdviceContext, advise } from '../../../main/failures/describe-failure.ts';
import type { Fault } from '../../../main/failures/faults.ts';
import { retryPolicyOf } from '../../../main/failures/retry-policy.ts';
import { readEvent } from '../../../main/outbox/schema.ts';
import { DEFAULT_ACCELERATOR } from '../../../main/settings/default-accelerator.ts';
import type { RecoveryId } from '../../../preload/contract.ts';
import { errorTables } from '../../support/errors-page.ts';
import { english, inEveryLanguage } from '../../support/messages.ts';
import { text, textPattern } from '../../support/text.ts';

const baseUrl = 'http://127.0.0.1:39300';
const PIECES: AdviceContext = {
  serviceName: 'Pieces OS at 127.0.0.1:39300',
  serviceKind: 'pieces',
  accelerator: DEFAULT_ACCELERATOR,
  messages: english,
  nowMs: Date.parse('2026-11-23T14:00:00'),
};
const BUILT_IN: AdviceContext = {
  ...PIECES,
  serviceName: 'This computer',
  serviceKind: 'built-in',
};
const CUSTOM: AdviceContext = { ...PIECES, serviceName: 'share.example', serviceKind: 'custom' };

/** One of every fault; a missing kind does not compile. */
const EVERY: { readonly [K in Fault['kind']]: readonly Extract<Fault, { readonly kind: K }>[] } = {
  'unusable-address': (['not-a-url', 'plain-http', 'credentials'] as const).map((reason) => ({
    kind: 'unusable-address',
    reason,
  })),
  unreachable: [{ kind: 'unreachable', baseUrl }],
  'unverified-peer': [{ kind: 'unverified-peer', port: 4100, uid: 1001 }],
  'timed-out': [true, false].map((outcomeUnknown) => ({
    kind: 'timed-out',
    baseUrl,
    outcomeUnknown,
  })),
  'connection-lost': [true, false].map((outcomeUnknown) => ({
    kind: 'connection-lost',
    outcomeUnknown,
  })),
  'untrusted-certificate': [{ kind: 'untrusted-certificate', baseUrl: 'https://share.example' }],
  'sign-in-required': [{ kind: 'sign-in-required' }],
  'cloud-not-connected': (
    [
      'unknown',
      'pending',
      'running',
      'failed',
      'succeeded',
      'disconnected',
      'never-connected',
    ] as const
  ).map((cloud) => ({ kind: 'cloud-not-connected', cloud })),
  'github-not-connected': [{ kind: 'github-not-connected' }],
  'update-required': [{ kind: 'update-required' }],
  'too-large': [
    { kind: 'too-large', sizeBytes: 31_000_000, limitBytes: 16_760_000 },
    { kind: 'too-large', sizeBytes: 31_000_000 },
    { kind: 'too-large', sizeBytes: 0 },
    { kind: 'too-large', sizeBytes: 31_000_000, refusedBytes: 30_000_000 },
  ],
  'name-taken': [{ kind: 'name-taken', name: 'notes' }],
  'not-uploaded-yet': [{ kind: 'not-uploaded-yet' }],
  'not-found': [{ kind: 'not-found' }],
  'rate-limited': [30_000, 300_000].map((retryAfterMs) => ({
    kind: 'rate-limited',
    retryAfterMs,
  })),
  'storage-full': [{ kind: 'storage-full' }],
  'not-ready': [
    { kind: 'not-ready', status: 503, outcomeUnknown: false, retryAfterMs: 3_000 },
    { kind: 'not-ready', status: 503, outcomeUnknown: false, retryAfterMs: 300_000 },
    { kind: 'not-ready', status: 504, outcomeUnknown: true },
    { kind: 'not-ready', status: 503, outcomeUnknown: false },
  ],
  'service-error': [true, false].map((outcomeUnknown) => ({
    kind: 'service-error',
    status: 500,
    outcomeUnknown,
  })),
  unauthorized: [{ kind: 'unauthorized' }],
  rejected: [{ kind: 'rejected', status: 403 }],
  'bad-response': (
    [
      'not-json',
      'wrong-shape',
      'no-link',
      'unusable-link',
      'redirect',
      'web-page',
      'too-long',
      'unexpected-status',
      'not-linkify',
      'not-http',
    ] as const
  ).flatMap((reason) => [
    { kind: 'bad-response' as const, reason, outcomeUnknown: true },
    { kind: 'bad-response' as const, reason, outcomeUnknown: false },
    { kind: 'bad-response' as const, reason, outcomeUnknown: true, shareId: 'sh-1' },
  ]),
  'unreadable-content': [
    { kind: 'unreadable-content', name: 'a.txt' },
    { kind: 'unreadable-content', name: 'a.txt', changed: true },
  ],
  cancelled: [{ kind: 'cancelled' }],
  'nothing-to-share': [{ kind: 'nothing-to-share' }],
  'unsupported-content': [
    { kind: 'unsupported-content', formats: ['application/x-thing'] },
    { kind: 'unsupported-content', formats: [] },
  ],
  'looks-like-secret': [true, false].map((canMask) => ({
    kind: 'looks-like-secret',
    labels: ['GitHub token'],
    kinds: ['github-token'],
    canMask,
    count: 1,
  })),
  'unknown-question': [{ kind: 'unknown-question' }],
  concealed: [{ kind: 'concealed' }],
  'unreadable-file': [{ kind: 'unreadable-file', name: 'a.txt' }],
  'remote-file': [
    { kind: 'remote-file', names: ['a.txt'], address: 'smb://nas' },
    { kind: 'remote-file', names: ['a', 'b', 'c', 'd'], address: 'mtp://phone' },
  ],
  'special-file': (['pipe', 'socket', 'device', 'system-folder', 'disk'] as const).map((what) => ({
    kind: 'special-file',
    name: 'x',
    what,
  })),
  'some-unreadable': [{ kind: 'some-unreadable', names: ['a.txt', 'b.txt'] }],
  'folder-too-large': [{ kind: 'folder-too-large', name: 'photos' }],
  'folder-empty': [{ kind: 'folder-empty', name: 'photos' }],
  'too-many-items': [{ kind: 'too-many-items', count: 600, limit: 500 }],
  'options-not-applied': [{ kind: 'options-not-applied' }],
  'one-time-collection': [{ kind: 'one-time-collection' }],
  'maximum-reached': [{ kind: 'maximum-reached' }],
  'link-inactive': [{ kind: 'link-inactive' }],
  'unverified-service': [{ kind: 'unverified-service' }],
  'service-update': (
    [
      'unknown',
      'up-to-date',
      'available',
      'downloading',
      'ready-to-restart',
      'reinstall-required',
      'contact-support',
    ] as const
  ).map((status) => ({ kind: 'service-update', status })),
  'file-changed': [{ kind: 'file-changed', name: 'report.pdf' }],
  'has-location': [1, 3].map((count) => ({
    kind: 'has-location',
    name: 'beach.jpg',
    count,
    canRemove: true,
  })),
  'share-interrupted': (['quit', 'asked'] as const).map((why) => ({
    kind: 'share-interrupted',
    what: 'notes.txt',
    why,
  })),
  'pending-expired': [{ kind: 'pending-expired', what: 'Text, 12 characters' }],
  'not-pending': [{ kind: 'not-pending' }],
  'outbox-unreadable': [{ kind: 'outbox-unreadable', entries: 2 }],
  'already-sharing': [{ kind: 'already-sharing' }],
  'unknown-link': [{ kind: 'unknown-link' }],
  'clip-not-found': [{ kind: 'clip-not-found' }],
  'nothing-to-revoke': [{ kind: 'nothing-to-revoke' }],
  'restore-expired': [{ kind: 'restore-expired' }],
  'not-restored': [{ kind: 'not-restored' }, { kind: 'not-restored', outcomeUnknown: true }],
  'already-a-link': [{ kind: 'already-a-link', linkId: 'x', title: 'notes.txt' }],
  'undo-expired': [{ kind: 'undo-expired' }],
  'shortcut-duplicate': (
    ['share', 'shareLast', 'openWindow', 'revokeLast', 'restoreClipboard'] as const
  ).map((use) => ({ kind: 'shortcut-duplicate', accelerator: 'Alt+1', use })),
  'shortcut-not-detected': [
    { kind: 'shortcut-not-detected', accelerator: 'Alt+1' },
    {
      kind: 'shortcut-not-detected',
      accelerator: 'Alt+1',
      command: 'linkify-tray --share-clipboard',
    },
  ],
  'link-is-active': [{ kind: 'link-is-active' }],
  'clipboard-busy': [{ kind: 'clipboard-busy' }],
  'clipboard-needs-focus': [{ kind: 'clipboard-needs-focus' }],
  'link-not-copied': [
    { kind: 'link-not-copied', linkId: 'x' },
    { kind: 'link-not-copied', linkId: 'x', needsFocus: true },
  ],
  'shortcut-taken': [{ kind: 'shortcut-taken', accelerator: DEFAULT_ACCELERATOR }],
  'shortcut-unusable': [{ kind: 'shortcut-unusable', accelerator: 'Alt+PrintScreen' }],
  'shortcut-denied': [{ kind: 'shortcut-denied', accelerator: DEFAULT_ACCELERATOR }],
  'keyboard-settings-not-changed': [{ kind: 'keyboard-settings-not-changed' }],
  'links-port-taken': [{ kind: 'links-port-taken', port: 43_117 }],
  'service-did-not-start': (
    ['port-taken', 'folder-not-writable', 'unsafe-token-file', 'other'] as const
  ).map((reason) => ({ kind: 'service-did-not-start', reason })),
  'store-set-aside': [
    {
      kind: 'store-set-aside',
      file: 'linkify-tray.db',
      backupName: 'linkify-tray.db.corrupt-2026-11-28',
    },
    { kind: 'store-set-aside', file: 'linkify-tray.db' },
  ],
  'settings-invalid': [
    { kind: 'settings-invalid', names: ['accelerator', 'language'], backupName: 'settings.json.1' },
    { kind: 'settings-invalid', names: ['version'] },
  ],
  'settings-foreign': [{ kind: 'settings-foreign' }],
  'settings-newer': [{ kind: 'settings-newer' }],
  'store-not-saved': [
    { kind: 'store-not-saved', what: 'links' },
    { kind: 'store-not-saved', what: 'settings' },
  ],
  'links-full': [{ kind: 'links-full', limit: 10_000 }],
  'token-lost': [{ kind: 'token-lost' }],
  'unusable-service-address': [
    { kind: 'unusable-service-address', address: 'http://share.example' },
  ],
  'settings-file-unusable': [{ kind: 'settings-file-unusable', name: 'notes.json' }],
  'settings-not-exported': [{ kind: 'settings-not-exported', name: 'x.json' }],
  'login-not-changed': [{ kind: 'login-not-changed' }],
  'update-not-checked': [{ kind: 'update-not-checked' }],
  'update-rejected': (['unsigned', 'unreadable', 'older', 'no-file'] as const).map((reason) => ({
    kind: 'update-rejected',
    reason,
  })),
  'update-not-downloaded': (['interrupted', 'different', 'disk-full'] as const).map((reason) => ({
    kind: 'update-not-downloaded',
    version: '1.1.0',
    reason,
  })),
  'update-not-installed': (['folder', 'does-not-start', 'other'] as const).map((reason) => ({
    kind: 'update-not-installed',
    version: '1.1.0',
    reason,
  })),
  'update-rolled-back': [{ kind: 'update-rolled-back', version: '1.1.0' }],
  internal: [{ kind: 'internal' }],
};

const all: readonly Fault[] = Object.values(EVERY).flat();

test('docs/reference/errors.md has every message (WRITE_DOCS=1 writes it)', () => {
  const path = join(import.meta.dirname, '../../../docs/reference/errors.md');
  const page = readFileSync(path, 'utf8');
  const written = page.replace(
    /(<!-- tables -->\n)[\s\S]*?(<!-- \/tables -->)/,
    (_, begin, end) => `${begin}${errorTables(all)}\n${end}`,
  );
  if (process.env.WRITE_DOCS === '1') writeFileSync(path, written);
  else expect(page).toBe(written);
});

const isStored = (fault: Fault): boolean =>
  retryPolicyOf(fault) !== 'never' ||
  ['unreadable-file', 'file-changed', 'pending-expired'].includes(fault.kind);

test.each(all.filter(isStored).map((fault) => [JSON.stringify(fault), fault] as const))(
  '%s of a pending share is read from the disk as it was',
  (stored, fault) => {
    const event = { event: 'failed', fault: JSON.parse(stored), needsDecision: false };
    expect(readEvent(event)).toEqual({ ...event, fault });
  },
);

test.each([
  // As another version may have stored it.
  { kind: 'unreachable' },
  { kind: 'bad-response', reason: 'unheard-of', outcomeUnknown: false },
  { kind: 'of-another-version' },
  'text',
  null,
])('%j of a pending share can be shown', (fault) => {
  const event = readEvent({ event: 'failed', fault, needsDecision: true });
  expect(event).toMatchObject({ fault: { kind: 'internal' } });
});

describe.each([
  ['Pieces OS', PIECES],
  ['the built-in service', BUILT_IN],
  ['a custom service', CUSTOM],
])('with %s', (_, context) => {
  test.each(all.map((fault) => [JSON.stringify(fault), fault] as const))('%s', (_name, fault) => {
    const view = advise(fault, context);
    expect(view.cause).toBe(fault.kind);
    // A title fits a notification and is no sentence; a sentence is one, or two.
    expect(view.title).toMatch(/^\p{Lu}[^.!?]{2,44}$/u);
    expect(view.sentence).toMatch(/^["“\p{Lu}\p{N}\p{Ll}][^\n]*[.]$/u);
    expect(view.sentence.length).toBeLessThanOrEqual(260);
    expect(view.sentence).not.toMatch(
      /undefined|null|NaN|\[object| {2}|\.\.|payload|request body|JSON/,
    );
    expect(view.action?.label).toMatch(/^\p{Lu}[\p{L}\p{N} “”…-]{1,23}$/u);
  });
});

/** What fits a notification, in characters: ideographs are twice as wide. */
const TITLE_CHARS: Readonly<Record<string, number>> = { de: 44, es: 44, ja: 24, zh: 22 };

test.each(['linux', 'win32', 'darwin'] as const)(
  'no message on %s has the spelling of keys that only settings.json uses',
  (platform) => {
    const faults = all
      .filter(({ kind }) => kind.startsWith('shortcut-'))
      .map((fault) => ({ ...fault, accelerator: 'CommandOrControl+Alt+Return' }) as Fault);
    expect(faults.length).toBeGreaterThan(3);
    for (const fault of faults) {
      const { sentence } = advise(fault, { ...BUILT_IN, platform });
      expect(sentence).toContain(platform === 'darwin' ? '⌥⌘↩' : 'Ctrl+Alt+Enter');
    }
  },
);

describe.each(
  inEveryLanguage
    .filter(({ locale }) => locale !== 'en')
    .map((messages) => [messages.locale, messages] as const),
)('in %s', (language, messages) => {
  test.each([
    ['Pieces OS', PIECES],
    ['the built-in service', { ...BUILT_IN, serviceName: messages.t('thisComputer') }],
    ['a custom service', CUSTOM],
  ])('every failure of %s is said whole', (_, context) => {
    for (const fault of all) {
      const view = advise(fault, { ...context, messages });
      const name = JSON.stringify(fault);
      expect(view.title, name).toMatch(/^[^.。!?]{2,}$/u);
      expect(view.title.length, `${name} ${view.title}`).toBeLessThanOrEqual(
        TITLE_CHARS[language] ?? 0,
      );
      expect(view.sentence, name).toMatch(/[.。]$/u);
      expect(view.sentence, name).not.toMatch(/undefined|null|NaN|[{}]| {2}|\.\.|。 /);
      expect(view.sentence.length, name).toBeLessThanOrEqual(300);
      expect(view.action?.label.length, name).toBeLessThanOrEqual(24);
      expect(view.sentence, name).not.toBe(advise(fault, context).sentence);
    }
  });
});

test('the built-in service is never asked to sign in, to update or to be used instead of itself', () => {
  const senseless: readonly RecoveryId[] = [
    'use-built-in',
    'start-pieces',
    'update-service',
    'connect-cloud',
  ];
  const reachable = all.filter(({ kind }) => !SERVICE_ONLY.includes(kind));
  for (const fault of reachable) {
    expect(senseless, fault.kind).not.toContain(advise(fault, BUILT_IN).action?.id);
  }
});

/** What the built-in service never answers, by what it is. */
const SERVICE_ONLY: readonly Fault['kind'][] = [
  'sign-in-required',
  'update-required',
  'untrusted-certificate',
  'github-not-connected',
  'service-update',
];

test.each([
  ['unreachable', PIECES, 'start-pieces', textPattern('piecesDown', { url: baseUrl })],
  ['unreachable', CUSTOM, 'use-built-in', textPattern('customDown', { url: baseUrl })],
  [
    'sign-in-required',
    PIECES,
    'sign-in',
    textPattern('signIn', { service: 'Pieces OS at 127.0.0.1:39300' }),
  ],
  [
    'too-large',
    PIECES,
    'use-built-in',
    textPattern(['tooLargeBoth', 'useBuiltInOrSmaller'], {
      service: 'Pieces OS at 127.0.0.1:39300',
      limit: '17 MB',
      size: '31 MB',
    }),
  ],
  [
    'rate-limited',
    CUSTOM,
    'retry',
    textPattern('rate', { service: 'share.example', wait: '30 seconds' }),
  ],
  ['name-taken', PIECES, 'choose-name', textPattern('nameTaken', { name: 'notes' })],
] as const)('%s', (kind, context, action, sentence) => {
  const view = advise(EVERY[kind][0] as Fault, context);
  expect(view.sentence).toMatch(sentence);
  expect(view.action?.id).toBe(action);
});

test('a file name cannot turn a sentence round, nor break it', () => {
  const view = advise({ kind: 'unreadable-file', name: 'a\u202Egpj.exe\n\n<b>' }, CUSTOM);
  expect(view.sentence).toBe(text('file', { name: 'agpj.exe <b>' }));
});
