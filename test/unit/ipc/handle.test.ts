import type { IpcMainInvokeEvent } from 'electron';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCallLimit, registerCalls } from '../../../main/ipc/handle.ts';
import { createHandlers } from '../../../main/ipc/handlers.ts';
import { isTrustedSender } from '../../../main/ipc/trusted-sender.ts';
import { CALL_NAMES, type CallName, channelOf } from '../../../preload/contract.ts';
import { initialState } from '../../support/window-states.ts';

type Listener = (event: IpcMainInvokeEvent, ...given: unknown[]) => unknown;

function setUp(trusted = true) {
  const channels = new Map<string, Listener>();
  const done: unknown[] = [];
  const act = (name: string) => async (argument: unknown, shareOptions?: unknown) => {
    done.push(shareOptions === undefined ? [name, argument] : [name, argument, shareOptions]);
    return { ok: true, value: null } as never;
  };
  const page = { state: initialState, hide: () => done.push(['hide']) };
  registerCalls(
    { handle: (channel: string, listener: Listener) => channels.set(channel, listener) },
    createHandlers({
      // Only what the handlers call is needed here.
      actions: {
        share: act('share'),
        revoke: act('revoke'),
        undo: act('undo'),
        restore: act('restore'),
        copy: act('copy'),
        open: act('open'),
        remove: act('removeFromList'),
        sendPending: act('sendPending'),
        discardPending: act('discardPending'),
        rename: act('rename'),
        changeOptions: act('changeOptions'),
        acted: () => {},
        describe: ({ kind }: { readonly kind: string }) => ({ cause: kind }),
      } as never,
      clips: {
        find: (ids) =>
          ids.map((id) => ({ content: { kind: 'text', text: `clip ${id}` } }) as never),
        get: (id) =>
          id === 3 ? ({ content: { kind: 'text', text: 'clip 3' } } as never) : undefined,
        remove: (id) => done.push(['removeClip', id]),
        clear: () => done.push(['clearClips']),
      },
      previewOf: async (content) => ({ kind: 'text', text: `preview of ${content.kind}` }),
      showSettings: (tab) => done.push(['showSettings', tab]),
      about: { version: '1.2.3', electron: '33.4.11' },
      async openOwnFile(file) {
        if (file === 'licenses') throw new Error('no program for it');
        done.push(['openOwnFile', file]);
      },
      recover: act('recover'),
      reach: { act: act('reach') },
      confirmed: {
        async changeSettings(change) {
          done.push(['changeSettings', change]);
          return { ok: true, value: initialState().settings };
        },
        async resetSettings() {
          done.push(['resetSettings']);
          return { ok: true, value: initialState().settings };
        },
        async answer(...given) {
          done.push(['answer', ...given]);
          return { ok: true, value: null };
        },
        mayShareText: async () => false,
        nameFiles: async () => ({ id: 'one', nonce: '', parts: [] }),
        async shareFiles(...given) {
          done.push(['shareFiles', ...given]);
          return { ok: true, value: null as never };
        },
      },
      shortcuts: {
        hold: (held) => done.push(['hold', held]),
        test: async () => undefined,
        stopTest: () => done.push(['stopTest']),
        async setUp(step) {
          done.push(['setUp', step]);
          return undefined;
        },
        lineToCopy: () => 'bindsym k',
      },
      copyText: async (line) => void done.push(['copyText', line]),
      copyPassword: async (password) => void done.push(['copyPassword', password]),
      settingsFile: {
        export: () => act('exportSettings')(undefined),
        import: () => act('importSettings')(undefined),
      },
      updateActions: {
        check: () => act('checkForUpdates')(undefined),
        install: async () => void done.push(['installUpdate']),
      },
      window: {
        keepOpen: (on) => done.push(['keepOpen', on]),
      },
      settingsActions: {
        removeServer(url) {
          done.push(['removeServer', url]);
          return { ok: true, value: initialState().settings };
        },
        askAboutSecret(kind) {
          done.push(['askAboutSecret', kind]);
          return { ok: true, value: initialState().settings };
        },
      },
    }),
    () => (trusted ? page : undefined),
    () => true,
  );
  const call = (name: CallName, ...given: unknown[]): unknown =>
    channels.get(channelOf(name))?.({} as IpcMainInvokeEvent, ...given);
  return { channels, call, done };
}

describe('calls from the window', () => {
  it('are those of the table, each on a channel of its own', () => {
    expect([...setUp().channels.keys()]).toEqual(CALL_NAMES.map(channelOf));
  });

  it('refuses every call of a stranger', async () => {
    const { call, done } = setUp(false);
    for (const name of CALL_NAMES) {
      expect(await call(name, 'x')).toMatchObject({ ok: false });
    }
    expect(done).toEqual([]);
  });

  it('passes on what fits', async () => {
    const { call, done } = setUp();
    await call('share', { from: 'clipboard' });
    await call('shareMany', { items: [{ text: 'a' }, { text: 'b', name: 'B' }], name: 'n' });
    await call('revoke', 'id');
    expect(done).toEqual([
      ['share', { from: 'clipboard' }],
      ['share', { from: 'texts', items: [{ text: 'a' }, { text: 'b', name: 'B' }], name: 'n' }],
      ['revoke', 'id'],
    ]);
  });

  it('opens Settings, and hides the window of the page that asks', async () => {
    const { call, done } = setUp();
    await call('openSettings', 'sharing');
    await call('hide');
    expect(done).toEqual([['showSettings', 'sharing'], ['hide']]);
  });

  it('opens own files only, and reports one that the system cannot open', async () => {
    const { call, done } = setUp();
    expect(await call('openOwnFile', 'data-folder')).toEqual({ ok: true, value: null });
    expect(await call('openOwnFile', 'licenses')).toMatchObject({ ok: false });
    expect(await call('openOwnFile', '/etc/passwd')).toMatchObject({ ok: false });
    expect(done).toEqual([['openOwnFile', 'data-folder']]);
  });

  it('passes on the terms of a share beside it', async () => {
    const { call, done } = setUp();
    const shareOptions = { expiresInSeconds: null, once: true, password: 'pw', graceSeconds: 0 };
    await call('share', { from: 'text', text: 'x', shareOptions });
    await call('shareMany', { items: [{ text: 'a' }], shareOptions: { expiresInSeconds: 60 } });
    await call('shareNamedFiles', { id: 'one', proofs: ['x'], shareOptions: { once: true } });
    expect(done).toEqual([
      ['share', { from: 'text', text: 'x' }, shareOptions],
      ['share', { from: 'texts', items: [{ text: 'a' }] }, { expiresInSeconds: 60 }],
      ['shareFiles', 'one', ['x'], { once: true }],
    ]);
  });

  it('shares clips by their ids, with their name', async () => {
    const { call, done } = setUp();
    await call('shareClips', { ids: ['1', '2'], name: 'Both' });
    await call('removeClip', '3');
    const contents = [1, 2].map((id) => ({ kind: 'text', text: `clip ${id}` }));
    expect(done).toEqual([
      ['share', { from: 'clips', contents, name: 'Both' }],
      ['removeClip', '3'],
    ]);
  });

  it('previews a clip by its id, while it is in the history', async () => {
    const { call } = setUp();
    const value = { kind: 'text', text: 'preview of text' };
    expect(await call('previewClip', '3')).toEqual({ ok: true, value });
    expect(await call('previewClip', '4')).toMatchObject({ ok: false });
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
  ])('refuses terms that nobody can keep: %j', async (shareOptions) => {
    const { call, done } = setUp();
    expect(await call('share', { from: 'clipboard', shareOptions })).toMatchObject({ ok: false });
    expect(await call('shareNamedFiles', { id: 'one', proofs: [], shareOptions })).toMatchObject({
      ok: false,
    });
    expect(done).toEqual([]);
  });

  it.each([
    ['share', { from: 'files', paths: ['/etc/passwd'] }],
    ['shareNamedFiles', { paths: ['/etc/passwd'] }],
    ['nameFiles', ['etc/passwd']],
    ['nameFiles', []],
    ['shareClips', { ids: [] }],
    ['shareClips', { ids: ['0x10'] }],
    ['shareClips', { ids: ['1'], name: '' }],
    ['removeClip', '../1'],
    ['changeSettings', { offerToShare: 'text' }],
    ['changeSettings', { shareShortcut: '' }],
    ['changeSettings', { keepClips: 21 }],
    ['changeSettings', { allowedSecretKinds: ['npm-token'] }],
    ['changeSettings', { servers: [] }],
    ['changeSettings', { serviceOwners: [{ uid: 1, trusted: true }] }],
    ['askAboutSecret', ''],
    ['removeServer', ''],
    ['testShortcut', 'now'],
    ['holdShortcuts', 'yes'],
    ['setUpShortcut', 'everything'],
    ['checkForUpdates', 'https://example.com'],
    ['installUpdate', '1.1.0'],
    ['share', { from: 'text', text: '' }],
    ['share', { from: 'clipboard', extra: 1 }],
    ['shareMany', { items: [] }],
    ['shareMany', { items: Array(501).fill({ text: 'x' }) }],
    ['shareMany', { items: [{ text: 'x'.repeat(600_000) }, { text: 'x'.repeat(600_000) }] }],
    ['revoke', ''],
    ['revoke', 'x'.repeat(201)],
    ['rename', { id: 'x', name: '   ' }],
    ['rename', { id: 'x', name: 'n'.repeat(201) }],
    ['copyPassword', ''],
    ['copyPassword', 'x'.repeat(201)],
    ['changeOptions', { id: 'x' }],
    ['changeOptions', { id: 'x', change: { expiresInSeconds: 0 } }],
    ['changeOptions', { id: 'x', change: { password: '' } }],
    ['changeOptions', { id: 'x', change: { maxOpens: 1_001 } }],
    ['changeOptions', { id: 'x', change: { graceSeconds: 5 } }],
    ['recover', 'format-disk'],
    ['changeSettings', { watchClipboard: 'yes' }],
    ['hide', 'now'],
    ['openSettings', 'secrets'],
  ] as const)('refuses what does not fit: %s %j', async (name, argument) => {
    const { call, done } = setUp();
    expect(await call(name, argument)).toMatchObject({ ok: false });
    expect(done).toEqual([]);
  });

  it('answers anything with a result or a refusal, never with an exception', async () => {
    const { call } = setUp();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...CALL_NAMES), fc.anything(), async (channel, argument) => {
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
  const mainFrame = { url: 'linkify://window/index.html#links' };
  // Only what is looked at is needed here.
  const appWindow = { mainFrame } as never;
  const asked = (sender: unknown, senderFrame: unknown): boolean =>
    isTrustedSender({ sender, senderFrame } as never, appWindow, 'linkify://window');

  it('the page of the window in its main frame', () => {
    expect(asked(appWindow, mainFrame)).toBe(true);
  });

  it.each([
    ['another window', {}, mainFrame],
    ['an embedded frame', appWindow, { url: 'linkify://window/index.html' }],
    ['a frame that is gone', appWindow, null],
  ])('not %s', (_who, sender, frame) => {
    expect(asked(sender, frame)).toBe(false);
  });

  it.each([
    'about:blank',
    'data:text/html,x',
    'https://evil.example/',
    'linkify://window.evil/',
    '',
  ])('not a page at %j', (url) => {
    const frame = { url };
    const contents = { mainFrame: frame } as never;
    expect(
      isTrustedSender(
        { sender: contents, senderFrame: frame } as never,
        contents,
        'linkify://window',
      ),
    ).toBe(false);
  });
});
