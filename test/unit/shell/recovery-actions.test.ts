import { expect, test } from 'vitest';
import type { Fault } from '../../../main/failures/faults.ts';
import { LinkifyError } from '../../../main/linkify/errors.ts';
import { newEntry } from '../../../main/outbox/entry.ts';
import { transition } from '../../../main/outbox/transition.ts';
import { RecoveryActions, type RecoveryActionsDeps } from '../../../main/shell/recovery-actions.ts';
import { Recovery } from '../../../main/targets/recovery-progress.ts';

const done = { ok: true, value: null } as const;

function setUp(
  given: {
    readonly wanting?: boolean;
    readonly lastFailed?: string;
    readonly notRevoked?: string;
    readonly notCopied?: string;
    readonly client?: object;
    readonly startPieces?: (signal: AbortSignal) => Promise<void>;
  } = {},
) {
  const calls: string[] = [];
  const faults: Fault[] = [];
  const progress: (string | null)[] = [];
  const recovery = new Recovery(() => 0);
  recovery.on('changed', () => progress.push(recovery.progress()?.what ?? null));
  const note =
    (name: string) =>
    (...more: readonly unknown[]): void =>
      void calls.push([name, ...more.filter((one) => typeof one === 'string')].join(' '));
  const { recover } = new RecoveryActions({
    actions: {
      share: async (source: { readonly name?: string }) => {
        note('share')(source.name);
        return { ok: true, value: {} };
      },
      copy: async (id: string) => {
        note('copy')(id);
        return done;
      },
      revoke: async (id: string) => {
        note('revoke')(id);
        return { ok: true, value: {} };
      },
      sendPending: async (id: string) => {
        note('send')(id);
        return done;
      },
      fail: (fault: Fault) => {
        faults.push(fault);
        return { cause: fault.kind, title: '', sentence: '' };
      },
    },
    sharing: {
      last: () => ({ source: { from: 'texts', items: [], name: 'Notes' }, options: {} }),
      canRetryLast: () => given.wanting ?? false,
    },
    failures: {
      dismiss: note('dismiss'),
      current() {
        const { notCopied, notRevoked } = given;
        if (notCopied !== undefined) {
          return { fault: { kind: 'link-not-copied', linkId: notCopied }, about: {} };
        }
        return notRevoked === undefined
          ? undefined
          : { fault: { kind: 'timed-out' }, about: { revoking: notRevoked } };
      },
    },
    pendingShares: {
      lastFailed: () => given.lastFailed,
      takeNextName: note('next name'),
      revokeStray: async () => undefined,
    },
    dismissMissed: note('dismiss missed'),
    targets: { recover: (step: (client: unknown) => unknown) => step(given.client) },
    recovery,
    settingsActions: { useBuiltIn: note('built-in') },
    showSettings: (tab: string) => calls.push(`settings ${tab}`),
    showWindow: note('window'),
    showQuestion: note('question'),
    startPieces: given.startPieces ?? (async () => note('start')()),
    getPieces: async () => note('get')(),
  } as unknown as RecoveryActionsDeps);
  return { recover, calls, faults, progress };
}

test('a revoke that failed is tried again, and nothing is shared', async () => {
  const { recover, calls } = setUp({ notRevoked: 'share-1', lastFailed: 'kept-1', wanting: true });
  expect(await recover('retry')).toEqual(done);
  expect(calls).toEqual(['dismiss', 'revoke share-1']);
});

test.each(['retry', 'use-built-in'] as const)(
  '%s shares nothing when something else than a share has failed',
  async (id) => {
    const { recover, calls } = setUp({ wanting: false });
    expect(await recover(id)).toEqual(done);
    expect(calls.filter((call) => call.startsWith('share'))).toEqual([]);
    const wanted = setUp({ wanting: true });
    await wanted.recover(id);
    expect(wanted.calls.at(-1)).toMatch(/^share/);
  },
);

test.each([
  ['choose-service', 'sharing'],
  ['choose-shortcut', 'shortcuts'],
  ['show-storage', 'advanced'],
] as const)('%s opens Settings at its tab', async (id, tab) => {
  const { recover, calls } = setUp();
  expect(await recover(id)).toEqual(done);
  expect(calls).toEqual([`settings ${tab}`]);
});

test('where only the app in front may use the clipboard the window is opened', async () => {
  const { recover, calls } = setUp();
  expect(await recover('open-window')).toEqual(done);
  expect(calls).toEqual(['window']);
});

test('a link that was not copied is copied, and nothing is shared', async () => {
  const { recover, calls } = setUp({ notCopied: 'share-1' });
  expect(await recover('copy-link')).toEqual(done);
  expect(calls).toEqual(['copy share-1']);
  expect(await setUp().recover('copy-link')).toEqual(done);
});

const signIn = { signIn: async () => undefined };

test('after a sign-in the share that waited for it goes on', async () => {
  const { recover, calls, progress } = setUp({
    wanting: true,
    lastFailed: 'kept-1',
    client: signIn,
  });
  expect(await recover('sign-in')).toEqual(done);
  expect(calls).toEqual(['dismiss', 'send kept-1']);
  expect(progress).toEqual(['waitSignIn', null]);
});

test('after a sign-in with nothing waiting, the clipboard is not shared', async () => {
  const { recover, calls } = setUp({ client: signIn });
  await recover('sign-in');
  expect(calls).toEqual(['dismiss']);
});

test('a way out that fails says why, and shares nothing', async () => {
  const client = {
    connectCloud: () => Promise.reject(new LinkifyError({ kind: 'sign-in-required' })),
  };
  const { recover, calls, faults } = setUp({ wanting: true, client });
  expect((await recover('connect-cloud')).ok).toBe(false);
  expect([faults, calls]).toEqual([[{ kind: 'sign-in-required' }], []]);
});

test('waiting for Pieces OS can be cancelled', async () => {
  const { recover, progress, faults } = setUp({
    startPieces: (signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new LinkifyError({ kind: 'cancelled' })));
      }),
  });
  const started = recover('start-pieces');
  await recover('stop-waiting');
  expect((await started).ok).toBe(false);
  expect([faults, progress]).toEqual([[{ kind: 'cancelled' }], ['waitStart', null]]);
});

test.each(['up-to-date', 'ready-to-restart'] as const)(
  'an update that is %s is told as such',
  async (status) => {
    const { recover, faults } = setUp({
      wanting: true,
      client: { checkForUpdate: async () => ({ status }) },
    });
    await recover('update-service');
    expect(faults).toEqual([{ kind: 'service-update', status }]);
  },
);

test('a name that is taken gives way to the next one, kept or not', async () => {
  const kept = setUp({ lastFailed: 'kept-1' });
  await kept.recover('choose-name');
  expect(kept.calls).toEqual(['next name kept-1', 'dismiss', 'send kept-1']);
  const lost = setUp();
  await lost.recover('choose-name');
  expect(lost.calls).toEqual(['dismiss', 'share Notes 2']);
});

test('a kept collection remembers its new name', () => {
  const entry = newEntry({
    type: 'share',
    id: 'kept-1',
    name: 'Notes',
    createdAtMs: 0,
    service: { kind: 'pieces', name: 'Pieces OS', baseUrl: '' },
  } as never);
  expect(transition(entry, { event: 'renamed', name: 'Notes 2' }).head).toMatchObject({
    name: 'Notes 2',
  });
});

test('dismisses what the window shows: a failure before what was missed', async () => {
  const missed = setUp();
  expect(await missed.recover('dismiss')).toEqual(done);
  expect(missed.calls).toEqual(['dismiss missed']);
  const failed = setUp({ notCopied: 'a' });
  expect(await failed.recover('dismiss')).toEqual(done);
  expect(failed.calls).toEqual(['dismiss']);
});
