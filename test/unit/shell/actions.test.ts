import { describe, expect, it } from 'vitest';
import { LinkifyError } from '../../../main/linkify/errors.ts';
import type { LinkifyClient, ServerExtensions } from '../../../main/linkify/model.ts';
import { needsServer, removeClosed } from '../../../main/links/needs-server.ts';
import { API_ONLY, THIS_COMPUTER } from '../../../main/targets/capabilities.ts';
import { fakeClient } from '../../support/fakes.ts';
import { TestTarget, testTargets } from '../../support/targets.ts';
import { createTestApp, type TestAppOptions } from '../../support/test-app.ts';
import { text as message } from '../../support/text.ts';

function setUp(overrides: Partial<LinkifyClient> = {}, more: TestAppOptions = {}) {
  let nowMs = 1_000;
  const client = fakeClient(overrides);
  const app = createTestApp(client, {
    kind: 'built-in',
    name: 'This computer',
    capabilities: { ...THIS_COMPUTER, restore: overrides.own !== undefined },
    content: { kind: 'text', text: 'before' },
    now: () => nowMs,
    findSecrets: (text) =>
      text.includes('TOKEN') ? [{ kind: 'made-up', label: 'made-up token', start: 0, end: 5 }] : [],
    openFile: async (path) =>
      path.startsWith('/ok')
        ? {
            ok: true,
            item: { kind: 'file', name: path.slice(1), sizeBytes: 0, open: async function* () {} },
          }
        : { ok: false, fault: { kind: 'unreadable-file', name: 'x' } },
    ...more,
  });
  return {
    ...app,
    client,
    /** Moves the clock on. */
    pass(ms: number): void {
      nowMs += ms;
    },
  };
}

describe('what people can do', () => {
  it('tells what was shared, and leads to the link', async () => {
    const { actions, notices, model } = setUp();
    await actions.share({ from: 'clipboard' });
    expect(notices).toMatchObject([
      { cause: 'shared', title: message('linkCopied'), click: { kind: 'show', linkId: 'share-1' } },
    ]);
    expect(notices[0]?.body).toContain('before');
    expect(model.get().links).toMatchObject([{ id: 'share-1', state: 'active', canUndo: true }]);
  });

  it('shows until when a link with a delay stays closed', async () => {
    const { actions, model } = setUp();
    await actions.share({ from: 'clipboard' }, { graceSeconds: 5 });
    expect(model.get().links).toMatchObject([{ opensAtMs: 6_000 }]);
  });

  it('names what was shared', async () => {
    const { actions, notices } = setUp();
    await actions.share({ from: 'clipboard' });
    expect(notices[0]?.body.split('\n')[0]).toBe('before');
  });

  it('tells why a link was not created with Pieces OS, in notification and list', async () => {
    const { actions, notices, model } = setUp({}, { piecesProblem: 'signed-out' });
    await actions.share({ from: 'clipboard' });
    const reason = message('piecesIs', { detail: message('piecesSignedOut') });
    expect(notices[0]).toMatchObject({ cause: 'shared', title: message('fallbackSharedTitle') });
    expect(notices[0]?.body.split('\n').at(-1)).toBe(reason);
    expect(model.get().links).toMatchObject([{ serviceNote: reason }]);
  });

  it('tells the result of a check in a notification, unless the window has the focus', async () => {
    const { actions, notices, windowState } = setUp();
    await actions.share({ from: 'clipboard' });
    const tested = () => notices.filter(({ cause }) => cause === 'tested');
    expect(await actions.test('share-1')).toEqual({ ok: true, value: 'unknown' });
    expect(tested()).toHaveLength(1);
    windowState.setFocused(true);
    expect(await actions.test('share-1')).toEqual({ ok: true, value: 'unknown' });
    expect(tested()).toHaveLength(1);
  });

  it('undo revokes and gives the old clipboard back', async () => {
    const { actions, clipboard, client, model } = setUp();
    await actions.share({ from: 'clipboard' });
    await actions.undo('share-1');
    expect(client.calls.at(-1)).toEqual({ name: 'revoke', argument: 'share-1' });
    expect(clipboard.writes.at(-1)).toEqual({ kind: 'text', text: 'before' });
    expect(model.get().links).toMatchObject([{ state: 'revoked', canUndo: false }]);
  });

  it('says so when a link could not be revoked, and keeps it', async () => {
    const { actions, links, notices } = setUp({
      revoke: async () => {
        throw new LinkifyError({ kind: 'unreachable', baseUrl: 'http://127.0.0.1:9' });
      },
    });
    await actions.share({ from: 'clipboard' });
    expect(await actions.revoke('share-1')).toMatchObject({ ok: false });
    expect(links.get('share-1')?.state).toBe('failed');
    expect(notices.at(-1)?.cause).toBe('unreachable');
  });

  it('links come in the format that was chosen, at once', async () => {
    const { actions, clipboard, settings } = setUp();
    settings.change({ linkFormat: 'markdown' });
    await actions.share({ from: 'clipboard' });
    expect(clipboard.writes.at(-1)).toEqual({
      kind: 'text',
      text: '[before](http://127.0.0.1:9/s/1)',
    });
    settings.change({ linkFormat: 'html' });
    await actions.copy('share-1');
    expect(clipboard.writes.at(-1)).toEqual({
      kind: 'text',
      text: 'http://127.0.0.1:9/s/1',
      html: '<a href="http://127.0.0.1:9/s/1">before</a>',
    });
    await actions.copy('share-1', 'plain');
    expect(clipboard.writes.at(-1)).toEqual({ kind: 'text', text: 'http://127.0.0.1:9/s/1' });
  });

  it('forgets dead links only', async () => {
    const { actions, links } = setUp();
    await actions.share({ from: 'clipboard' });
    expect(await actions.remove(['share-1'])).toMatchObject({ ok: false });
    expect(links.get('share-1')).toBeDefined();
    await actions.revoke('share-1');
    expect(await actions.remove(['share-1'])).toMatchObject({ ok: true });
    expect(links.get('share-1')).toBeUndefined();
  });

  it('withdraws a failure once a share succeeds', async () => {
    const { actions, model, withdrawn } = setUp();
    actions.fail({ kind: 'nothing-to-share' });
    expect(model.get().failure?.cause).toBe('nothing-to-share');
    await actions.share({ from: 'clipboard' });
    expect(model.get().failure).toBeNull();
    expect(withdrawn).toContain('nothing-to-share');
  });

  it('copies and opens known links, and nothing else', async () => {
    const { actions, clipboard, opened } = setUp();
    await actions.share({ from: 'clipboard' });
    await actions.copy('share-1');
    await actions.open('share-1');
    expect(clipboard.writes.at(-1)).toEqual({ kind: 'text', text: 'http://127.0.0.1:9/s/1' });
    expect(opened).toEqual(['http://127.0.0.1:9/s/1']);
    expect(await actions.open('https://evil.example')).toMatchObject({
      ok: false,
      failure: { cause: 'unknown-link' },
    });
    expect(opened).toHaveLength(1);
  });

  it('asks before something leaves that looks like a secret, and does as it is told', async () => {
    const { actions, answer, client, model, notices, clipboard } = setUp();
    clipboard.set({ kind: 'text', text: 'TOKEN' });
    expect(await actions.share({ from: 'clipboard' })).toMatchObject({ ok: false });
    const question = model.get().question;
    expect(question?.choices.map(({ id }) => id)).toEqual(['masked', 'discard', 'once', 'anyway']);
    expect(notices.at(-1)).toMatchObject({ cause: 'looks-like-secret', click: { kind: 'show' } });
    expect(JSON.stringify([question, notices])).not.toContain('"TOKEN"');
    expect(await actions.answer('another', 'anyway', false)).toMatchObject({ ok: false });
    expect(client.calls).toEqual([]);
    expect(await answer('anyway', true)).toBe('shared');
    expect(model.get().question).toBeNull();
    expect(client.calls).toHaveLength(1);
    // Remembered: the next one of that kind goes out at once.
    expect(await actions.share({ from: 'text', text: 'TOKEN again' })).toMatchObject({ ok: true });
  });

  it('asks whether to go on without what cannot be read, and does as it is told', async () => {
    const { actions, answer, client, model, notices, withdrawn } = setUp();
    const source = { from: 'files', paths: ['/ok', '/x'] } as const;
    expect(await actions.share(source)).toMatchObject({ ok: false });
    const question = model.get().question;
    expect(question?.choices.map(({ id }) => id)).toEqual(['without', 'discard']);
    expect(question?.sentence).toContain('“x”');
    expect(notices.at(-1)).toMatchObject({ cause: 'some-unreadable', click: { kind: 'show' } });
    // The answers of another question are none here.
    expect(await actions.answer(question?.id ?? '', 'anyway', true)).toMatchObject({ ok: false });
    expect(client.calls).toEqual([]);
    expect(await answer('without')).toBe('shared');
    expect(withdrawn).toContain('some-unreadable');
    expect(model.get().question).toBeNull();
    expect(model.get().links).toMatchObject([{ title: 'ok' }]);

    await actions.share(source);
    const second = model.get().question?.id ?? '';
    expect(await actions.answer(second, 'discard', false)).toMatchObject({ ok: true });
    expect(client.calls).toHaveLength(1);
  });

  it('shares no part of a copy by itself', async () => {
    const { sharing, client, model } = setUp();
    await sharing.shareAutomatically({ from: 'files', paths: ['/ok', '/x'] });
    expect(model.get().question ?? null).toBeNull();
    expect(client.calls).toEqual([]);
  });

  it('shares nothing when the answer is no', async () => {
    const { actions, client, model } = setUp();
    await actions.share({ from: 'text', text: 'TOKEN' });
    const id = model.get().question?.id ?? '';
    expect(await actions.answer(id, 'discard', true)).toMatchObject({ ok: true });
    expect(await actions.answer(id, 'anyway', false)).toMatchObject({ ok: false });
    expect(client.calls).toEqual([]);
  });
});

describe('the clipboard after a share', () => {
  const original = { kind: 'text', text: 'before' } as const;

  it('is given back on a key', async () => {
    const { actions, clipboard, notices } = setUp();
    await actions.share({ from: 'clipboard' });
    await actions.restoreClipboard();
    expect(clipboard.writes.at(-1)).toEqual(original);
    expect(notices.at(-1)).toMatchObject({ title: message('clipboardRestoredTitle'), quiet: true });
  });

  it('is left alone when someone copied something since', async () => {
    const { actions, clipboard, notices } = setUp();
    await actions.share({ from: 'clipboard' });
    clipboard.set({ kind: 'text', text: 'newer' });
    await actions.restoreClipboard();
    expect(clipboard.writes).toHaveLength(1);
    expect(notices.at(-1)).toMatchObject({ title: message('nothingToRestoreTitle') });
  });

  it('keeps a link that someone put there on purpose', async () => {
    const { actions, clipboard } = setUp();
    await actions.share({ from: 'clipboard' });
    await actions.copy('share-1');
    await actions.restoreClipboard();
    expect((await clipboard.read()).content).toMatchObject({ text: 'http://127.0.0.1:9/s/1' });
  });
});

describe('while the clipboard takes nothing', () => {
  it('a link that is to be copied is not, which is said with a way to copy it', async () => {
    const { actions, clipboard, model } = setUp();
    await actions.share({ from: 'clipboard' });
    clipboard.setBusy(true);
    const failure = { cause: 'link-not-copied', action: { id: 'copy-link' } };
    expect(await actions.copy('share-1')).toMatchObject({ ok: false, failure });
    expect(model.get().failure).toMatchObject(failure);
    clipboard.setBusy(false);
    expect(await actions.copy('share-1')).toMatchObject({ ok: true });
    expect(model.get().failure).toBeNull();
  });

  it('the clipboard is not restored, and why is said', async () => {
    const { actions, clipboard, notices } = setUp();
    await actions.share({ from: 'clipboard' });
    clipboard.setBusy(true);
    expect(await actions.restoreClipboard()).toMatchObject({
      ok: false,
      failure: { cause: 'clipboard-busy' },
    });
    expect(notices.at(-1)).toMatchObject({ cause: 'clipboard-busy' });
  });

  it('a share is undone all the same, and that undo undone', async () => {
    const { actions, calls, clipboard, model, notices } = closing();
    await actions.share({ from: 'clipboard' });
    clipboard.setBusy(true);
    expect(await actions.undo('share-1')).toMatchObject({ value: { state: 'revoked' } });
    expect(model.get().undo).toMatchObject({ action: 'undo-share', linkId: 'share-1', opens: 0 });
    expect(await actions.restore('share-1')).toMatchObject({ value: { state: 'active' } });
    expect(notices.at(-1)).toMatchObject({ cause: 'restored' });
    expect(calls).toEqual(['close share-1', 'reopen share-1']);
  });
});

describe('what looks like a secret', () => {
  it('can open once, for ten minutes', async () => {
    const { actions, answer, clipboard, client, model } = setUp();
    clipboard.set({ kind: 'text', text: 'my TOKEN' });
    await actions.share({ from: 'clipboard' });
    expect(await answer('once')).toBe('shared');
    expect(client.calls.map(({ name }) => name)).toEqual(['linkify']);
    expect(model.get().links[0]).toMatchObject({ expiresAtMs: 1_000 + 600_000 });
  });

  it('is not offered to open once where the service cannot do that, nor for several things', async () => {
    const choicesOf = ({ model }: ReturnType<typeof setUp>) =>
      model.get().question?.choices.map(({ id }) => id);
    const several = setUp();
    await several.actions.share({
      from: 'texts',
      items: [{ text: 'TOKEN' }, { text: 'other' }],
    });
    expect(choicesOf(several)).not.toContain('once');
    const without = setUp({}, { capabilities: API_ONLY });
    await without.actions.share({ from: 'text', text: 'TOKEN' });
    expect(choicesOf(without)).toEqual(['masked', 'discard', 'anyway']);
  });
});

describe('while the window has the focus', () => {
  const looking = () => {
    const app = setUp();
    app.windowState.setFocused(true);
    return app;
  };

  it('no notification repeats what the window shows', async () => {
    const { actions, clipboard, model, notices } = looking();
    const shared = await actions.share({ from: 'clipboard' });
    const id = shared.ok ? shared.value.id : '';
    await actions.undo(id);
    clipboard.set({ kind: 'text', text: 'TOKEN' });
    await actions.share({ from: 'clipboard' });
    expect(model.get().question).not.toBeNull();
    await actions.answer(model.get().question?.id ?? '', 'discard', false);
    clipboard.set({ kind: 'empty' });
    await actions.share({ from: 'clipboard' });
    expect(model.get().failure).not.toBeNull();
    expect(notices.map(({ cause }) => cause)).toEqual([]);
  });

  it('a notification comes again once the focus is elsewhere', async () => {
    const { actions, notices, windowState } = looking();
    windowState.setFocused(false);
    await actions.share({ from: 'clipboard' });
    expect(notices.map(({ cause }) => cause)).toEqual(['shared']);
  });
});

describe('keys', () => {
  it('revoke the newest link that still opens, one after the other', async () => {
    const { actions, client, notices } = setUp();
    await actions.share({ from: 'text', text: 'one' });
    await actions.share({ from: 'text', text: 'two' });
    await actions.revokeLast();
    await actions.revokeLast();
    const revoked = client.calls.filter(({ name }) => name === 'revoke');
    expect(revoked.map(({ argument }) => argument)).toEqual(['share-2', 'share-1']);
    expect(await actions.revokeLast()).toMatchObject({ failure: { cause: 'nothing-to-revoke' } });
    expect(notices.at(-1)).toMatchObject({ cause: 'nothing-to-revoke' });
  });
});

/** With a service that can restore what was revoked. */
const closing = () => {
  const calls: string[] = [];
  const own = {
    close: async (id: string) => {
      calls.push(`close ${id}`);
      return 11_000;
    },
    reopen: async (id: string) => void calls.push(`reopen ${id}`),
  } as unknown as ServerExtensions;
  return { calls, ...setUp({ own, revoke: async (id) => void calls.push(`revoke ${id}`) }) };
};

describe('a revoke of a link of this computer', () => {
  it('has its undo in the notification, and as long in the list', async () => {
    const { actions, calls, notices, model, withdrawn } = closing();
    await actions.share({ from: 'text', text: 'one' });
    expect(await actions.revoke('share-1')).toMatchObject({
      value: { state: 'revoked', restorableUntilMs: 11_000 },
    });
    expect(notices.at(-1)).toMatchObject({
      cause: 'revoked',
      buttons: [{ label: message('undo'), command: { kind: 'restore', id: 'share-1' } }],
    });
    expect(await actions.restore('share-1')).toMatchObject({ value: { state: 'active' } });
    expect(withdrawn).toContain('revoked');
    expect(notices.at(-1)).toMatchObject({
      cause: 'restored',
      body: message('opensAgain', { title: 'one' }),
    });
    expect(model.get().links[0]).not.toHaveProperty('restorableUntilMs');
    expect(calls).toEqual(['close share-1', 'reopen share-1']);
  });

  it('is final where a script asks for it', async () => {
    const { actions, calls, notices } = closing();
    await actions.share({ from: 'text', text: 'one' });
    await actions.revoke('share-1', true);
    expect(notices.at(-1)).toMatchObject({ cause: 'revoked', buttons: [] });
    expect(calls).toEqual(['revoke share-1']);
    expect(await actions.restore('share-1')).toMatchObject({
      failure: { cause: 'restore-expired' },
    });
    expect(calls).toHaveLength(1);
  });

  it('is remembered until its service has ended it, so that the next start sees to that', async () => {
    const { actions, links } = closing();
    await actions.share({ from: 'text', text: 'one' });
    // The fake service is another one: only what is remembered of a close counts here.
    await actions.revoke('share-1');
    expect(links.get('share-1')?.closedUntilMs).toBe(11_000);
    const here = testTargets(new TestTarget(fakeClient(), { kind: 'built-in', name: '' }));
    const builtIn = links.list().map((link) => ({
      ...link,
      service: { ...link.service, kind: 'built-in' as const },
    }));
    expect(needsServer(builtIn, here)).toBe(true);
    removeClosed(links, 10_999);
    expect(links.get('share-1')?.closedUntilMs).toBe(11_000);
    removeClosed(links, 11_000);
    expect(links.get('share-1')?.closedUntilMs).toBeUndefined();
    await actions.remove(['share-1']);
    expect(needsServer(links.list(), here)).toBe(false);
  });
});

describe('a share that nobody asked for this time', () => {
  it('is told like any other', async () => {
    const { notices, sharing } = setUp();
    await sharing.shareAutomatically({ from: 'clipboard' });
    expect(notices).toMatchObject([{ cause: 'shared', title: message('linkCopied') }]);
  });

  it('is let go without a question when it looks like a secret', async () => {
    const { clipboard, model, notices, sharing } = setUp();
    clipboard.set({ kind: 'text', text: 'TOKEN' });
    await sharing.shareAutomatically({ from: 'clipboard' });
    expect([clipboard.writes, notices, model.get().question ?? null]).toEqual([[], [], null]);
  });
});

describe('Undo', () => {
  it('of a share can be taken back like a revoke, and the link is on the clipboard again', async () => {
    const { actions, calls, clipboard, model, notices } = closing();
    await actions.share({ from: 'clipboard' });
    expect(await actions.undo('share-1')).toMatchObject({
      value: { state: 'revoked', restorableUntilMs: 11_000 },
    });
    expect((await clipboard.read()).content).toEqual({ kind: 'text', text: 'before' });
    expect(model.get().undo).toMatchObject({ action: 'undo-share', linkId: 'share-1' });
    expect(notices.at(-1)?.buttons).toMatchObject([{ command: { kind: 'restore' } }]);
    expect(await actions.restore('share-1')).toMatchObject({ value: { state: 'active' } });
    expect(calls).toEqual(['close share-1', 'reopen share-1']);
    expect((await clipboard.read()).content).toMatchObject({ text: 'http://127.0.0.1:9/s/1' });
    expect(model.get().links).toMatchObject([{ state: 'active', canUndo: true }]);
  });

  it('leaves the clipboard to what was copied between an undo and its way back', async () => {
    const { actions, clipboard } = closing();
    await actions.share({ from: 'clipboard' });
    await actions.undo('share-1');
    clipboard.set({ kind: 'text', text: 'newer' });
    await actions.restore('share-1');
    expect((await clipboard.read()).content).toEqual({ kind: 'text', text: 'newer' });
  });

  it('is offered for 60 seconds, and a press after that revokes and overwrites nothing', async () => {
    const { actions, calls, clipboard, model, notices, pass } = closing();
    await actions.share({ from: 'clipboard' });
    expect(model.get().undo).toMatchObject({ action: 'share', title: 'before', isFinal: false });
    pass(60_000);
    model.invalidateAll();
    expect(model.get().undo).toBeNull();
    expect(model.get().links).toMatchObject([{ canUndo: false }]);
    expect(await actions.undo('share-1')).toMatchObject({ failure: { cause: 'undo-expired' } });
    expect(notices.at(-1)).toMatchObject({
      click: { kind: 'show', linkId: 'share-1' },
      buttons: [{ command: { kind: 'revoke', id: 'share-1' } }],
    });
    expect(calls).toEqual([]);
    expect(clipboard.writes).toHaveLength(1);
  });

  it('never overwrites what was copied since', async () => {
    const { actions, clipboard, client } = setUp();
    await actions.share({ from: 'clipboard' });
    clipboard.set({ kind: 'text', text: 'newer' });
    await actions.undo('share-1');
    expect(client.calls.at(-1)).toEqual({ name: 'revoke', argument: 'share-1' });
    expect((await clipboard.read()).content).toEqual({ kind: 'text', text: 'newer' });
  });

  it('never overwrites another link that was copied since', async () => {
    const { actions, clipboard } = setUp();
    await actions.share({ from: 'clipboard' });
    clipboard.set({ kind: 'text', text: 'second' });
    await actions.share({ from: 'clipboard' });
    await actions.copy('share-2');
    await actions.undo('share-1');
    expect((await clipboard.read()).content).toMatchObject({ text: 'http://127.0.0.1:9/s/2' });
  });

  it('is about the last action: a revoke hides the share before it, also once it is final', async () => {
    const { actions, model, pass } = closing();
    await actions.share({ from: 'text', text: 'older' });
    await actions.share({ from: 'text', text: 'newer' });
    await actions.revoke('share-1');
    expect(model.get().undo).toMatchObject({ action: 'revoke', linkId: 'share-1', title: 'older' });
    pass(10_500);
    await actions.revoke('share-1', true);
    expect(model.get().undo).toBeNull();
  });

  it('does not reach past a change that has no undo', async () => {
    const { actions, model } = closing();
    await actions.share({ from: 'text', text: 'renamed later' });
    actions.acted();
    expect(model.get().undo).toBeNull();
    expect(model.get().links).toMatchObject([{ canUndo: true }]);
  });

  it('takes back revokes that follow each other, the latest first, and no share before them', async () => {
    const { actions, model } = closing();
    for (const text of ['one', 'two', 'three']) await actions.share({ from: 'text', text });
    await actions.revoke('share-1');
    await actions.revoke('share-2');
    await actions.restore('share-2');
    expect(model.get().undo).toMatchObject({ action: 'revoke', linkId: 'share-1' });
    await actions.restore('share-1');
    expect(model.get().undo).toBeNull();
  });

  it('says where a service cannot restore the link afterwards', async () => {
    const { actions, links, model, notices } = setUp();
    await actions.share({ from: 'clipboard' });
    const [link] = links.list();
    if (link === undefined) throw new Error('no link');
    links.add({ ...link, service: { ...link.service, kind: 'pieces' } });
    expect(model.get().undo).toMatchObject({ isFinal: true });
    expect(await actions.undo('share-1')).toMatchObject({ value: { state: 'revoked' } });
    expect(notices.at(-1)).toMatchObject({
      title: message('shareUndone'),
      body: message('cannotBeOpened', { title: 'before' }),
      buttons: [],
    });
    expect(model.get().undo).toBeNull();
  });

  it('twice is no error', async () => {
    const { actions, client } = setUp();
    await actions.share({ from: 'clipboard' });
    const both = await Promise.all([actions.undo('share-1'), actions.undo('share-1')]);
    expect([...both, await actions.undo('share-1')].map(({ ok }) => ok)).toEqual([
      true,
      true,
      true,
    ]);
    expect(client.calls.filter(({ name }) => name === 'revoke')).toHaveLength(1);
  });
});

describe('pressing again while the clipboard holds the link', () => {
  it.each(['plain', 'markdown', 'html', 'template'] as const)(
    'creates nothing, says so, and the original can still be restored (%s)',
    async (kind) => {
      const { actions, client, clipboard, model, notices, settings } = setUp();
      settings.change({ linkFormat: kind });
      await actions.share({ from: 'clipboard' });
      expect(await actions.share({ from: 'clipboard' })).toMatchObject({
        failure: { cause: 'already-a-link' },
      });
      expect(client.calls).toHaveLength(1);
      expect(notices.at(-1)).toMatchObject({
        cause: 'already-a-link',
        click: { kind: 'show', linkId: 'share-1' },
      });
      expect(model.get().failure).toBeNull();
      await actions.undo('share-1');
      expect((await clipboard.read()).content).toEqual({ kind: 'text', text: 'before' });
    },
  );

  it('creates nothing for an older link that was copied, nor for one dropped on the window', async () => {
    const { actions, client } = setUp();
    await actions.share({ from: 'text', text: 'one' });
    await actions.share({ from: 'text', text: 'two' });
    await actions.copy('share-1', 'markdown');
    expect(await actions.share({ from: 'clipboard' })).toMatchObject({ ok: false });
    const text = 'http://127.0.0.1:9/s/1';
    expect(await actions.share({ from: 'text', text })).toMatchObject({ ok: false });
    expect(client.calls).toHaveLength(2);
  });

  it('shares what says more, several items of which one is a link, and a link that is revoked', async () => {
    const { actions, clipboard } = setUp();
    await actions.share({ from: 'clipboard' });
    const link = { kind: 'text', text: 'http://127.0.0.1:9/s/1' } as const;
    clipboard.set({ kind: 'text', text: `Have a look: ${link.text}` });
    expect(await actions.share({ from: 'clipboard' })).toMatchObject({ ok: true });
    const contents = [link, { kind: 'text', text: 'more' } as const];
    expect(await actions.share({ from: 'clips', contents })).toMatchObject({ ok: true });
    expect(await actions.share({ from: 'clips', contents: [link] })).toMatchObject({ ok: false });
    await actions.revoke('share-1', true);
    clipboard.set(link);
    expect(await actions.share({ from: 'clipboard' })).toMatchObject({ ok: true });
  });

  it('leaves "Try again" to the share that failed before', async () => {
    const { actions, sharing } = setUp();
    await actions.share({ from: 'text', text: 'one' });
    await actions.share({ from: 'text', text: '' });
    const before = sharing.last();
    await actions.share({ from: 'clipboard' });
    expect(sharing.last()).toBe(before);
  });

  it('says nothing where nobody pressed', async () => {
    const { actions, notices, sharing } = setUp();
    await actions.share({ from: 'clipboard' });
    await sharing.shareAutomatically({ from: 'clipboard' });
    expect(notices).toHaveLength(1);
  });
});
