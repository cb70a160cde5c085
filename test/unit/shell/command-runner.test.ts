import { expect, test } from 'vitest';
import type { Actions } from '../../../main/shell/actions.ts';
import { CommandRunner, type CommandRunnerDeps } from '../../../main/shell/command-runner.ts';
import type { FailureView, LinkView, Outcome } from '../../../preload/contract.ts';

const LINK = 'http://127.0.0.1:1/s/a';
const failure: FailureView = { cause: 'unreachable', title: 'No answer', sentence: 'Try again.' };
const question: FailureView = { ...failure, action: { id: 'decide', label: 'Review' } };

function runner(
  actions: Partial<Actions>,
  lastFailed: () => string | undefined = () => undefined,
  links: readonly Partial<LinkView>[] = [],
  more: Partial<CommandRunnerDeps> = {},
) {
  let quits = 0;
  const tabs: string[] = [];
  const run = new CommandRunner({
    actions: {
      fail: () => ({ cause: 'internal', title: 'Error', sentence: 'It is ours.' }),
      ...actions,
    } as Actions,
    links: { get: (wanted: string) => links.find(({ id }) => id === wanted) },
    now: () => 1_000,
    pendingShares: { lastFailed, send: () => Promise.reject(new Error('not asked for')) },
    showSettings: (tab: string) => tabs.push(tab),
    quit: () => {
      quits += 1;
    },
    ...more,
  } as unknown as CommandRunnerDeps);
  return { run, quits: () => quits, tabs };
}

test('Settings are opened by a command line, and by a notification at its tab', async () => {
  const { run, tabs } = runner({});
  expect(await run.action({ kind: 'settings' })).toEqual({ code: 0 });
  run.run({ kind: 'show-settings', tab: 'shortcuts' });
  expect(tabs).toEqual(['general', 'shortcuts']);
});

const share = (outcome: Outcome<Partial<LinkView>>) => async () => outcome as Outcome<LinkView>;

test('a share prints its link', async () => {
  const { run } = runner({ share: share({ ok: true, value: { link: LINK } }) });
  expect(await run.action({ kind: 'share-clipboard' })).toEqual({ code: 0, out: `${LINK}\n` });
});

test('a share that failed fails the command, with one line', async () => {
  const { run } = runner({ share: share({ ok: false, failure }) });
  expect(await run.action({ kind: 'share-files', paths: ['/a'] })).toEqual({
    code: 1,
    error: 'No answer. Try again.',
  });
});

test('a share that only the person can decide about is not shared yet', async () => {
  const { run } = runner({ share: share({ ok: false, failure: question }) });
  expect(await run.action({ kind: 'share-clipboard' })).toMatchObject({ code: 3 });
});

test('a share that waits for the window in front is not shared yet', async () => {
  const { run } = runner({
    share: share({ ok: false, failure: { ...failure, cause: 'clipboard-needs-focus' } }),
  });
  expect(await run.action({ kind: 'share-clipboard' })).toMatchObject({ code: 3 });
});

test('a pending share is not shared yet; one that an earlier share left behind is no such sign', async () => {
  let pending: string | undefined = 'earlier';
  const asked = share({ ok: false, failure });
  const later = runner(
    {
      share: () => {
        pending = 'this one';
        return asked();
      },
    },
    () => pending,
  );
  expect(await later.run.action({ kind: 'share-clipboard' })).toMatchObject({ code: 3 });
  expect(
    await runner({ share: asked }, () => 'earlier').run.action({ kind: 'share-clipboard' }),
  ).toMatchObject({ code: 1 });
});

test('copying and revoking answer what came of it, and a revoke is final', async () => {
  const finals: unknown[] = [];
  const { run } = runner({
    copy: async (id) => (id === 'a' ? { ok: true, value: null } : { ok: false, failure }),
    revoke: async (id, isFinal) => {
      finals.push(isFinal);
      return id === 'a' ? { ok: true, value: {} as LinkView } : { ok: false, failure };
    },
  });
  expect(await run.action({ kind: 'copy', id: 'a' })).toEqual({ code: 0 });
  expect(await run.action({ kind: 'copy', id: 'b' })).toMatchObject({ code: 1 });
  expect(await run.action({ kind: 'revoke', id: 'a' })).toEqual({ code: 0 });
  expect(await run.action({ kind: 'revoke', id: 'b' })).toMatchObject({ code: 1 });
  expect(finals).toEqual([true, true]);
});

test('a link that no longer works is not copied', async () => {
  const copied: string[] = [];
  const { run } = runner(
    {
      copy: async (id) => {
        copied.push(id);
        return { ok: true, value: null };
      },
    },
    undefined,
    [
      { id: 'revoked', state: 'revoked' },
      { id: 'expired', state: 'active', expiresAtMs: 1_000 },
      { id: 'active', state: 'active', expiresAtMs: 1_001 },
      { id: 'forever', state: 'active' },
    ],
  );
  const codes: number[] = [];
  for (const id of ['revoked', 'expired', 'active', 'forever']) {
    codes.push((await run.action({ kind: 'copy', id })).code);
  }
  expect(codes).toEqual([1, 1, 0, 0]);
  expect(copied).toEqual(['active', 'forever']);
});

test('an error nobody thought of fails the command', async () => {
  const { run } = runner({ copy: () => Promise.reject(new Error('clipboard')) });
  expect(await run.action({ kind: 'copy', id: 'a' })).toEqual({
    code: 1,
    error: 'Error. It is ours.',
  });
});

test('quitting is answered before the app ends', async () => {
  const { run, quits } = runner({});
  expect(await run.action({ kind: 'quit' })).toEqual({ code: 0 });
  expect(quits()).toBe(0);
  await new Promise((resolve) => setImmediate(resolve));
  expect(quits()).toBe(1);
});

test('a button of a notification opens the window at a link, with its options', async () => {
  const focused: unknown[] = [];
  const { run } = runner({}, undefined, [], {
    windowState: { focus: (...what) => void focused.push(what) },
    window: { show: (route) => void focused.push(route), toggle: () => {} },
  });
  run.run({ kind: 'show', linkId: 'a', panel: 'options' });
  await expect.poll(() => focused).toEqual([['a', 'options'], 'links']);
});
