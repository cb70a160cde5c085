import type { IpcMainInvokeEvent } from 'electron';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCallLimit, createHandle } from '../../../main/ipc/handle.ts';
import { registerHandlers } from '../../../main/ipc/handlers.ts';
import { isTrustedSender } from '../../../main/ipc/trusted-sender.ts';
import { initialState } from '../../../main/state/app-state.ts';
import { CHANNELS } from '../../../preload/contract.ts';

type Listener = (event: IpcMainInvokeEvent, ...given: unknown[]) => unknown;

function setUp(trusted = true) {
  const channels = new Map<string, Listener>();
  const done: unknown[] = [];
  const act = (name: string) => async (argument: unknown, terms?: unknown) => {
    done.push(terms === undefined ? [name, argument] : [name, argument, terms]);
    return { ok: true, value: null } as never;
  };
  registerHandlers(
    createHandle({
      ipcMain: { handle: (channel: string, listener: Listener) => channels.set(channel, listener) },
      isTrusted: () => trusted,
      mayCall: () => true,
    }),
    {
      // Only what the handlers call is needed here.
      actions: {
        share: act('share'),
        revoke: act('revoke'),
        undo: act('undo'),
        restore: act('restore'),
        copy: act('copy'),
        open: act('open'),
        remove: act('forget'),
        sendPending: act('sendWaiting'),
        discardPending: act('discardWaiting'),
        rename: act('rename'),
        changeExpiration: act('changeExpiry'),
        acted: () => {},
      } as never,
      clips: {
        kept: (ids) =>
          ids.map((id) => ({ content: { kind: 'text', text: `clip ${id}` } }) as never),
        forget: (id) => done.push(['forgetClip', id]),
      },
      state: initialState,
      recover: act('recover'),
      reach: act('reach'),
      confirmed: {
        async changeSettings(change) {
          done.push(['changeSettings', change]);
          return { ok: true, value: initialState().settings };
        },
        async answer(...given) {
          done.push(['answer', ...given]);
          return { ok: true, value: null };
        },
        nameFiles: async () => ({ id: 'one', nonce: '', parts: [] }),
        async shareFiles(...given) {
          done.push(['shareFiles', ...given]);
          return { ok: true, value: null as never };
        },
      },
      holdShortcuts: (held) => done.push(['hold', held]),
      testShortcut: async () => ({ ok: true, value: null }),
      settingsFile: {
        export: () => act('exportSettings')(undefined),
        import: () => act('importSettings')(undefined),
      },
      popover: {
        hide: () => done.push(['hide']),
        keepOpen: (on) => done.push(['keepOpen', on]),
      },
    },
  );
  const call = (channel: string, ...given: unknown[]): unknown =>
    channels.get(channel)?.({} as IpcMainInvokeEvent, ...given);
  return { channels, call, done };
}

const invoked = Object.values(CHANNELS).filter((channel) => channel !== CHANNELS.changed);

describe('calls from the popover', () => {
  it('has a handler for each method of the bridge', () => {
    expect([...setUp().channels.keys()].toSorted()).toEqual(invoked.toSorted());
  });

  it('refuses every call of a stranger', async () => {
    const { call, done } = setUp(false);
    for (const channel of invoked) {
      expect(await call(channel, 'x')).toMatchObject({ ok: false });
    }
    expect(done).toEqual([]);
  });

  it('passes on what fits', async () => {
    const { call, done } = setUp();
    await call(CHANNELS.share, { from: 'clipboard' });
    await call(CHANNELS.shareMany, { items: [{ text: 'a' }, { text: 'b', name: 'B' }], name: 'n' });
    await call(CHANNELS.revoke, 'id');
    expect(done).toEqual([
      ['share', { from: 'clipboard' }],
      ['share', { from: 'texts', items: [{ text: 'a' }, { text: 'b', name: 'B' }], name: 'n' }],
      ['revoke', 'id'],
    ]);
  });

  it('passes on the terms of a share beside it', async () => {
    const { call, done } = setUp();
    const terms = { expiresInSeconds: null, once: true, password: 'pw', graceSeconds: 0 };
    await call(CHANNELS.share, { from: 'text', text: 'x', terms });
    await call(CHANNELS.shareMany, { items: [{ text: 'a' }], terms: { expiresInSeconds: 60 } });
    await call(CHANNELS.shareFiles, { id: 'one', proofs: ['x'], terms: { once: true } });
    expect(done).toEqual([
      ['share', { from: 'text', text: 'x' }, terms],
      ['share', { from: 'texts', items: [{ text: 'a' }] }, { expiresInSeconds: 60 }],
      ['shareFiles', 'one', ['x'], { once: true }],
    ]);
  });

  it('shares clips by their ids, with their name', async () => {
    const { call, done } = setUp();
    await call(CHANNELS.shareClips, { ids: ['1', '2'], name: 'Both' });
    await call(CHANNELS.forgetClip, '3');
    const contents = [1, 2].map((id) => ({ kind: 'text', text: `clip ${id}` }));
    expect(done).toEqual([
      ['share', { from: 'clips', contents, name: 'Both' }],
      ['forgetClip', '3'],
    ]);
  });

  it.each([
    { onec: true },
    { expiresInSeconds: 0 },
    { expiresInSeconds: 30 * 86_400 + 1 },
    { expiresInSeconds: 1.5 },
    { password: '' },
    { password: 'x'.repeat(201) },
    { graceSeconds: 61 },
    { graceSeconds: Number.NaN },
    'once',
  ])('refuses terms that nobody can keep: %j', async (terms) => {
    const { call, done } = setUp();
    expect(await call(CHANNELS.share, { from: 'clipboard', terms })).toMatchObject({ ok: false });
    expect(await call(CHANNELS.shareFiles, { id: 'one', proofs: [], terms })).toMatchObject({
      ok: false,
    });
    expect(done).toEqual([]);
  });

  it.each([
    [CHANNELS.share, { from: 'files', paths: ['/etc/passwd'] }],
    [CHANNELS.shareFiles, { paths: ['/etc/passwd'] }],
    [CHANNELS.nameFiles, ['etc/passwd']],
    [CHANNELS.nameFiles, []],
    [CHANNELS.shareClips, { ids: [] }],
    [CHANNELS.shareClips, { ids: ['0x10'] }],
    [CHANNELS.shareClips, { ids: ['1'], name: '' }],
    [CHANNELS.forgetClip, '../1'],
    [CHANNELS.changeSettings, { modeKinds: ['everything'] }],
    [CHANNELS.changeSettings, { moreShortcuts: { shareLast: 'Alt+1' } }],
    [CHANNELS.testShortcut, 'now'],
    [CHANNELS.holdShortcuts, 'yes'],
    [CHANNELS.share, { from: 'text', text: '' }],
    [CHANNELS.share, { from: 'clipboard', extra: 1 }],
    [CHANNELS.shareMany, { items: [] }],
    [CHANNELS.shareMany, { items: Array(501).fill({ text: 'x' }) }],
    [CHANNELS.shareMany, { items: [{ text: 'x'.repeat(600_000) }, { text: 'x'.repeat(600_000) }] }],
    [CHANNELS.revoke, ''],
    [CHANNELS.revoke, 'x'.repeat(201)],
    [CHANNELS.rename, { id: 'x', name: '   ' }],
    [CHANNELS.rename, { id: 'x', name: 'n'.repeat(201) }],
    [CHANNELS.changeExpiry, { id: 'x', expiresInSeconds: 0 }],
    [CHANNELS.changeExpiry, { id: 'x' }],
    [CHANNELS.recover, 'format-disk'],
    [CHANNELS.changeSettings, { watching: 'yes' }],
    [CHANNELS.hide, 'now'],
  ])('refuses what does not fit: %s %j', async (channel, argument) => {
    const { call, done } = setUp();
    expect(await call(channel, argument)).toMatchObject({ ok: false });
    expect(done).toEqual([]);
  });

  it('answers anything with a result or a refusal, never with an exception', async () => {
    const { call } = setUp();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...invoked), fc.anything(), async (channel, argument) => {
        expect(await call(channel, argument)).toBeTypeOf('object');
      }),
      { numRuns: 1000 },
    );
  });

  it('lets fifty calls a second through', () => {
    let now = 0;
    const mayCall = createCallLimit(50, () => now);
    expect(Array.from({ length: 60 }, mayCall).filter(Boolean)).toHaveLength(50);
    now = 1000;
    expect(mayCall()).toBe(true);
  });
});

describe('who may call', () => {
  const mainFrame = { url: 'linkify://popover/index.html#links' };
  // Only what is looked at is needed here.
  const popover = { mainFrame } as never;
  const asked = (sender: unknown, senderFrame: unknown): boolean =>
    isTrustedSender({ sender, senderFrame } as never, popover, 'linkify://popover');

  it('the popover page in its main frame', () => {
    expect(asked(popover, mainFrame)).toBe(true);
  });

  it.each([
    ['another window', {}, mainFrame],
    ['an embedded frame', popover, { url: 'linkify://popover/index.html' }],
    ['a frame that is gone', popover, null],
  ])('not %s', (_who, sender, frame) => {
    expect(asked(sender, frame)).toBe(false);
  });

  it.each([
    'about:blank',
    'data:text/html,x',
    'https://evil.example/',
    'linkify://popover.evil/',
    '',
  ])('not a page at %j', (url) => {
    const frame = { url };
    const contents = { mainFrame: frame } as never;
    expect(
      isTrustedSender(
        { sender: contents, senderFrame: frame } as never,
        contents,
        'linkify://popover',
      ),
    ).toBe(false);
  });
});
