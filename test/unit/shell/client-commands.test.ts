import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import type { AppCommand, Progress } from '../../../main/cli/protocol.ts';
import type { RecentLink } from '../../../main/links/schema.ts';
import { ClientCommands, type ClientCommandsDeps } from '../../../main/shell/client-commands.ts';
import type { FailureView, LinkView, Outcome } from '../../../preload/contract.ts';

const failure: FailureView = { cause: 'unreachable', title: 'No answer', sentence: 'Try again.' };
const question: FailureView = { ...failure, action: { id: 'decide', label: 'Review' } };

const link = (id: string, change: Partial<RecentLink> = {}): RecentLink =>
  ({
    id,
    kind: 'text',
    title: id,
    sizeBytes: 1,
    count: 1,
    link: `http://127.0.0.1:1/s/${id}`,
    createdAtMs: 0,
    state: 'active',
    assetIds: [],
    ...change,
  }) as unknown as RecentLink;

/** The commands with these actions; the newest link comes first. */
function commands(
  actions: Partial<ClientCommandsDeps['actions']> = {},
  links: readonly RecentLink[] = [],
  more: Partial<ClientCommandsDeps> = {},
) {
  const sharing = new EventEmitter();
  const runner = new ClientCommands({
    actions: {
      fail: () => ({ cause: 'internal', title: 'Error', sentence: 'It is ours.' }),
      ...actions,
    },
    links: { get: (id: string) => links.find((one) => one.id === id), list: () => links },
    pendingShares: { lastFailed: () => undefined },
    sharing,
    appVersion: '1.2.3',
    now: () => 1_000,
    ...more,
  } as unknown as ClientCommandsDeps);
  const canceling = new AbortController();
  const progress: Progress[] = [];
  const run = (command: AppCommand) =>
    runner.run({
      command,
      content: new Uint8Array(),
      signal: canceling.signal,
      onProgress: (step) => progress.push(step),
    });
  return { run, sharing, canceling, progress };
}

const share = (outcome: Outcome<Partial<LinkView>>) => async () => outcome as Outcome<LinkView>;

test('a share answers its link', async () => {
  const { run } = commands({ share: share({ ok: true, value: { id: 'a' } }) }, [link('a')]);
  expect(await run({ kind: 'share-clipboard' })).toMatchObject({
    code: 0,
    value: { link: { id: 'a', link: 'http://127.0.0.1:1/s/a', state: 'active' } },
  });
});

test('a share that failed fails the command, with one line', async () => {
  const { run } = commands({ share: share({ ok: false, failure }) });
  expect(await run({ kind: 'share-files', paths: ['/a'] })).toEqual({
    code: 1,
    error: 'No answer. Try again.',
  });
});

test.each([
  ['that only the person can decide about', question],
  ['that waits for the window in front', { ...failure, cause: 'clipboard-needs-focus' }],
])('a share %s is not shared yet', async (_, asked) => {
  const { run } = commands({ share: share({ ok: false, failure: asked }) });
  expect(await run({ kind: 'share-clipboard' })).toMatchObject({ code: 3 });
});

test('a pending share is not shared yet; one that an earlier share left behind is no such sign', async () => {
  let pending: string | undefined = 'earlier';
  const pendingShares = { lastFailed: () => pending };
  const asked = share({ ok: false, failure });
  const earlier = commands({ share: asked }, [], { pendingShares });
  expect(await earlier.run({ kind: 'share-clipboard' })).toMatchObject({ code: 1 });
  const later = commands(
    {
      share: () => {
        pending = 'this one';
        return asked();
      },
    },
    [],
    { pendingShares },
  );
  expect(await later.run({ kind: 'share-clipboard' })).toMatchObject({ code: 3 });
});

test('a share gets the signal that cancels it, and tells its progress only while it runs', async () => {
  const { run, sharing, canceling, progress } = commands({
    async share(_source, _options, signal) {
      sharing.emit('activity', { what: 'a', progress: { sentBytes: 1, totalBytes: 4 } });
      sharing.emit('activity', null);
      sharing.emit('activity', { what: 'b', slow: 'uploading' });
      canceling.abort();
      return { ok: false, failure: { ...failure, title: String(signal?.aborted) } };
    },
  });
  expect(await run({ kind: 'share-clipboard' })).toMatchObject({ code: 1, error: /^true/ });
  sharing.emit('activity', { what: 'another share' });
  expect(progress).toEqual([{ what: 'a', sentBytes: 1, totalBytes: 4 }, { what: 'b' }]);
});

test('a link is named by id, URL or place; without a name it is the newest that opens', async () => {
  const copied: string[] = [];
  const links = [
    link('dead', { state: 'revoked' }),
    link('old', { expiresAtMs: 1_000 }),
    link('new', { expiresAtMs: 1_001 }),
    link('1'),
  ];
  const { run } = commands(
    {
      copy: async (id) => {
        copied.push(id);
        return { ok: true, value: null };
      },
    },
    links,
  );
  const codes: number[] = [];
  for (const named of ['new', 'http://127.0.0.1:1/s/new', '3', '1', 'dead', '2', '5', 'nosuch']) {
    codes.push((await run({ kind: 'copy', link: named })).code);
  }
  expect(codes).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  await run({ kind: 'copy' });
  // An id comes before a place.
  expect(copied).toEqual(['new', 'new', 'new', '1', 'new']);
  expect(await commands().run({ kind: 'open' })).toMatchObject({ code: 1 });
});

test('undo does what the window would: it revokes a share, or restores a link', async () => {
  const done: string[] = [];
  const act = (name: string) => async (id: string) => {
    done.push(`${name} ${id}`);
    return { ok: true, value: {} as LinkView } as const;
  };
  const actions = { undo: act('undo'), restore: act('restore') };
  const undoing = (action: 'share' | 'revoke' | undefined) => {
    const undo = action && { action, linkId: 'a', title: '', untilMs: 2, isFinal: false };
    const model = { get: () => ({ undo: undo ?? null }) } as ClientCommandsDeps['model'];
    return commands(actions, [link('a')], { model }).run({ kind: 'undo' });
  };
  expect(await undoing('share')).toMatchObject({ code: 0 });
  expect(await undoing('revoke')).toMatchObject({ code: 0 });
  expect(await undoing(undefined)).toMatchObject({ code: 1 });
  expect(done).toEqual(['undo a', 'restore a']);
});

test('a setting is changed with the consent that the window asks for, in the type it has', async () => {
  const changes: object[] = [];
  let isAllowed = true;
  const confirmed: ClientCommandsDeps['confirmed'] = {
    async changeSettings(change) {
      changes.push(change);
      return isAllowed ? { ok: true, value: {} as never } : { ok: false, failure };
    },
    mayShareText: fail,
  };
  const { run } = commands({}, [], { confirmed });
  const set = (name: string, value: string) => run({ kind: 'set-setting', name, value });
  expect(await set('expiryHours', '24')).toEqual({ code: 0 });
  expect(await set('launchAtLogin', 'true')).toEqual({ code: 0 });
  expect(await set('sharedBy', '24')).toEqual({ code: 0 });
  expect(await set('serviceToken', 'abc')).toEqual({ code: 0 });
  expect(changes).toEqual([
    { expiryHours: 24 },
    { launchAtLogin: true },
    { sharedBy: '24' },
    { serviceToken: 'abc' },
  ]);
  isAllowed = false;
  expect(await set('shareAutomatically', 'everything')).toMatchObject({ code: 1 });
  const asked = changes.length;
  for (const [name, value] of [
    ['theme', 'pink'],
    ['expiryHours', '-1'],
    ['serviceOwners', '[]'],
    ['allowedSecretKinds', '[]'],
    ['__proto__', 'x'],
  ] as const) {
    expect(await set(name, value)).toMatchObject({ code: 2 });
  }
  expect(changes).toHaveLength(asked);
});

test('settings are printed without the access token', async () => {
  const view = { theme: 'dark', expiryHours: 1, hasServiceToken: true, serviceToken: 'secret' };
  const settings = { view: () => view } as unknown as ClientCommandsDeps['settings'];
  const { run } = commands({}, [], { settings });
  expect(JSON.stringify(await run({ kind: 'get-settings' }))).not.toContain('secret');
  expect(await run({ kind: 'get-settings', name: 'theme' })).toEqual({
    code: 0,
    value: { settings: { theme: 'dark' } },
  });
  for (const name of ['serviceToken', 'hasServiceToken', 'nosuch', 'toString']) {
    const { code } = await run({ kind: 'get-settings', name });
    expect(code).not.toBe(0);
  }
});

test('an error nobody thought of fails the command', async () => {
  const { run } = commands({ copy: () => Promise.reject(new Error('clipboard')) }, [link('a')]);
  expect(await run({ kind: 'copy', link: 'a' })).toEqual({ code: 1, error: 'Error. It is ours.' });
});

test('quitting is answered before the app ends', async () => {
  let quits = 0;
  const { run } = commands({}, [], {
    quit: () => {
      quits += 1;
    },
  });
  expect(await run({ kind: 'quit' })).toEqual({ code: 0 });
  expect(quits).toBe(0);
  await new Promise((resolve) => setImmediate(resolve));
  expect(quits).toBe(1);
});

test.each([
  [true, 0],
  [false, 1],
])('the text of a URL is shared only if the user allows it: %s', async (isAllowed, code) => {
  const shared: unknown[] = [];
  const { run } = commands(
    {
      share: async (source) => {
        shared.push(source);
        return { ok: true, value: { id: 'a' } as LinkView };
      },
    },
    [link('a')],
    { confirmed: { changeSettings: fail, mayShareText: async () => isAllowed } },
  );
  expect(await run({ kind: 'share-text', text: 'hello' })).toMatchObject({ code });
  expect(shared).toEqual(isAllowed ? [{ from: 'text', text: 'hello' }] : []);
});

const fail = (): never => {
  throw new Error('not called');
};
