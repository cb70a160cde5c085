import { describe, expect, it } from 'vitest';
import type { Content } from '../../../main/clipboard/content.ts';
import type { OpenFile } from '../../../main/items/prepare-items.ts';
import { LinkifyError } from '../../../main/linkify/errors.ts';
import type { LinkifyClient } from '../../../main/linkify/model.ts';
import type { Secret } from '../../../main/secrets/masking.ts';
import type { Shared } from '../../../main/sharing/share.ts';
import { fakeClient } from '../../support/fakes.ts';
import { fullDisk, outboxDisk } from '../../support/outbox-in-memory.ts';
import { createTestApp } from '../../support/test-app.ts';

const files: OpenFile = async (path) => {
  const name = path.split('/').at(-1) ?? '';
  return name.startsWith('gone')
    ? { ok: false, fault: { kind: 'unreadable-file', name } }
    : {
        ok: true,
        item: {
          kind: 'file',
          name,
          sizeBytes: 10,
          async *open() {
            if (name === 'secret') yield Buffer.from('TOKEN-1234');
          },
        },
      };
};

/** What the real finder would say of a made-up token. */
const secretsIn = (value: string): readonly Secret[] =>
  [...value.matchAll(/TOKEN-\d+/g)].map(({ index, 0: found }) => ({
    kind: 'made-up',
    label: 'made-up token',
    start: index,
    end: index + found.length,
  }));

function setUp(
  content: Content,
  overrides: Partial<LinkifyClient> = {},
  concealed = false,
  disk = outboxDisk(),
) {
  const client = fakeClient(overrides);
  let nowMs = 1000;
  const app = createTestApp(client, {
    content,
    concealed,
    disk,
    kind: 'built-in',
    name: 'This computer',
    openFile: files,
    findSecrets: secretsIn,
    now: () => nowMs,
  });
  const shared: Shared[] = [];
  app.sharing.on('shared', (made) => shared.push(made));
  return {
    ...app,
    client,
    shared,
    later: (ms: number) => {
      nowMs += ms;
    },
  };
}

const text = (value: string): Content => ({ kind: 'text', text: value });

describe('sharing the clipboard', () => {
  it('puts the link of a text in its place and remembers it', async () => {
    const { sharing, clipboard, links, shared } = setUp(text('Hello, world'));
    expect(await sharing.share({ from: 'clipboard' })).toMatchObject({ ok: true });
    expect(shared).toMatchObject([{ place: 'clipboard', description: 'Text, 12 characters' }]);
    expect(clipboard.writes).toEqual([{ kind: 'text', text: 'http://127.0.0.1:9/s/1' }]);
    expect(links.list()).toMatchObject([
      { id: 'share-1', title: 'Hello, world', state: 'active', count: 1 },
    ]);
  });

  it('asks the service for what was said of this share, and remembers it', async () => {
    const { sharing, client, links } = setUp(text('Hello'));
    await sharing.share(
      { from: 'clipboard' },
      { once: true, password: 'pw', expiresInSeconds: 60 },
    );
    expect(client.options.at(-1)?.shareOptions).toEqual({
      once: true,
      password: 'pw',
      expiresInSeconds: 60,
      graceSeconds: 0,
    });
    expect(links.list()).toMatchObject([{ once: true, password: true, expiresAtMs: 61_000 }]);
    expect(JSON.stringify(links.list())).not.toContain('pw');
  });

  it('of several things that should open once makes nothing', async () => {
    const { sharing, client, clipboard } = setUp({ kind: 'files', paths: ['/x/b', '/x/a'] });
    const result = await sharing.share({ from: 'clipboard' }, { once: true });
    expect(result).toMatchObject({
      ok: false,
      failure: { fault: { kind: 'one-time-collection' } },
    });
    expect(client.calls).toEqual([]);
    expect(clipboard.writes).toEqual([]);
  });

  it('what looked like a secret goes out on the terms of the answer', async () => {
    const { answer, sharing, client } = setUp(text('TOKEN-1'));
    await sharing.share({ from: 'clipboard' }, { password: 'pw' });
    expect(await answer('once')).toBe('shared');
    expect(client.options.at(-1)?.shareOptions).toEqual({
      once: true,
      expiresInSeconds: 600,
      graceSeconds: 0,
    });
  });

  it('what looked like a secret keeps its terms when the answer names none', async () => {
    const { answer, sharing, client } = setUp(text('TOKEN-1'));
    await sharing.share({ from: 'clipboard' }, { password: 'pw' });
    expect(await answer('anyway')).toBe('shared');
    expect(client.options.at(-1)?.shareOptions).toMatchObject({ password: 'pw' });
  });

  it('sends the image bytes that were on the clipboard', async () => {
    const bytes = new Uint8Array([137, 80, 78, 71, 1, 2, 3]);
    const { sharing, client } = setUp({ kind: 'image', bytes, mime: 'image/png' });
    await sharing.share({ from: 'clipboard' });
    const item = client.calls[0]?.argument as { open(): AsyncIterable<Uint8Array>; name: string };
    const sent = [];
    for await (const chunk of item.open()) sent.push(...chunk);
    expect(item.name).toBe('clipboard.png');
    expect(sent).toEqual([...bytes]);
  });

  it('makes one collection of several files, in their order', async () => {
    const { sharing, client, links } = setUp({ kind: 'files', paths: ['/x/b.txt', '/x/a.txt'] });
    await sharing.share({ from: 'clipboard' });
    expect(client.calls.at(-1)).toMatchObject({
      name: 'linkifyMultiple',
      argument: { assetIds: ['asset-of-b.txt', 'asset-of-a.txt'] },
    });
    expect(links.list()).toMatchObject([
      { kind: 'collection', count: 2, title: 'b.txt and 1 more' },
    ]);
  });

  it.each<[string, Content, string]>([
    ['nothing', { kind: 'empty' }, 'nothing-to-share'],
    ['blanks', text(' \n\t'), 'nothing-to-share'],
    ['no shareable kind', { kind: 'unsupported', formats: ['x/y'] }, 'unsupported-content'],
    ['a vanished file', { kind: 'files', paths: ['/x/gone.txt'] }, 'unreadable-file'],
    [
      'more files than one collection takes',
      { kind: 'files', paths: Array(501).fill('/x/a') },
      'too-many-items',
    ],
  ])('leaves the clipboard alone when it holds %s', async (_what, content, kind) => {
    const { sharing, clipboard, client, links } = setUp(content);
    const result = await sharing.share({ from: 'clipboard' });
    expect(result).toMatchObject({ ok: false, failure: { fault: { kind } } });
    expect([clipboard.writes, client.calls, links.list()]).toEqual([[], [], []]);
  });

  it('never sends what its owner marked as secret', async () => {
    const { sharing, client, clipboard } = setUp({ kind: 'empty' }, {}, true);
    expect(await sharing.share({ from: 'clipboard' })).toMatchObject({
      failure: { fault: { kind: 'concealed' } },
    });
    expect([client.calls, clipboard.writes]).toEqual([[], []]);
  });

  it('keeps the clipboard when the service fails, and can share again', async () => {
    let fail = true;
    const { sharing, clipboard, links } = setUp(text('keep me'), {
      linkify: async () => {
        if (fail) throw new LinkifyError({ kind: 'unreachable', baseUrl: 'http://127.0.0.1:9' });
        return { id: 's', link: 'http://127.0.0.1:9/s', assetIds: [] };
      },
    });
    const first = await sharing.share({ from: 'clipboard' });
    expect(first).toMatchObject({ ok: false, failure: { fault: { kind: 'unreachable' } } });
    expect([clipboard.writes, links.list()]).toEqual([[], []]);
    fail = false;
    expect(await sharing.share({ from: 'clipboard' })).toMatchObject({ ok: true });
  });

  it('does not share twice when pressed twice', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let sent = 0;
    const { sharing } = setUp(text('once'), {
      linkify: async () => {
        sent++;
        await promise;
        return { id: 's', link: 'http://127.0.0.1:9/s', assetIds: [] };
      },
    });
    const first = sharing.share({ from: 'clipboard' });
    const second = await sharing.share({ from: 'clipboard' });
    resolve();
    expect(second).toMatchObject({ ok: false, failure: { fault: { kind: 'already-sharing' } } });
    expect(await first).toMatchObject({ ok: true });
    expect(sent).toBe(1);
  });

  it('does not overwrite what was copied while a slow share ran, and keeps the link', async () => {
    const set: { later?: (ms: number) => void; copy?: () => void } = {};
    const { sharing, clipboard, links, later, shared } = setUp(text('old'), {
      linkify: async () => {
        set.later?.(5000);
        set.copy?.();
        return { id: 's', link: 'http://127.0.0.1:9/s', assetIds: [] };
      },
    });
    set.later = later;
    set.copy = () => clipboard.set(text('copied meanwhile'));
    const result = await sharing.share({ from: 'clipboard' });
    expect(result).toMatchObject({ ok: true });
    expect(shared).toMatchObject([{ place: 'left-alone' }]);
    expect(clipboard.writes).toEqual([]);
    expect(links.list()).toHaveLength(1);
  });

  it('has its link on the list before it is on the clipboard', async () => {
    const { sharing, clipboard, links } = setUp(text('x'));
    const listed: number[] = [];
    clipboard.onChange(() => listed.push(links.list().length));
    await sharing.share({ from: 'clipboard' });
    expect(listed).toEqual([1]);
  });

  it('asks for the window where only the app in front may read the clipboard', async () => {
    const { answer, sharing, client, clipboard, failures } = setUp(text('x'));
    clipboard.setNeedsFocus(true);
    expect(await sharing.share({ from: 'clipboard' })).toMatchObject({
      ok: false,
      failure: { fault: { kind: 'clipboard-needs-focus' } },
    });
    expect(failures.current()).toBeUndefined();
    expect(client.calls).toEqual([]);
    clipboard.setNeedsFocus(false);
    expect(await answer('share')).toBe('shared');
  });

  it('shares files there, and says why their link was not copied', async () => {
    const { sharing, actions, clipboard, failures, model } = setUp(text('x'));
    clipboard.setNeedsFocus(true);
    expect(await sharing.share({ from: 'files', paths: ['/tmp/a'] })).toMatchObject({ ok: true });
    const fault = { kind: 'link-not-copied', linkId: 'share-1', needsFocus: true };
    expect(failures.current()?.fault).toEqual(fault);
    expect(model.get()).toMatchObject({ failure: { action: { id: 'open-window' } } });
    expect(await actions.copy('share-1')).toMatchObject({
      failure: { cause: 'link-not-copied', action: { id: 'open-window' } },
    });
    clipboard.setNeedsFocus(false);
    expect(await actions.copy('share-1')).toMatchObject({ ok: true });
    expect(failures.current()).toBeUndefined();
  });

  it('is done although the clipboard takes no link, which is copied later', async () => {
    const { sharing, actions, client, clipboard, failures, links, model, shared } = setUp(
      text('x'),
    );
    clipboard.setBusy(true);
    expect(await sharing.share({ from: 'clipboard' })).toMatchObject({ ok: true });
    expect(shared).toMatchObject([{ place: 'not-copied' }]);
    expect(shared[0]).not.toHaveProperty('before');
    expect(links.list()).toHaveLength(1);
    expect(failures.current()?.fault).toEqual({ kind: 'link-not-copied', linkId: 'share-1' });
    expect(model.get()).toMatchObject({
      failure: { action: { id: 'copy-link' } },
      undo: { linkId: 'share-1', isCopied: false },
    });
    clipboard.setBusy(false);
    await actions.copy('share-1');
    expect(clipboard.writes).toEqual([{ kind: 'text', text: 'http://127.0.0.1:9/s/1' }]);
    expect(client.calls).toHaveLength(1);
    expect(failures.current()).toBeUndefined();
  });

  it('goes on saying that the disk took no link', async () => {
    const { sharing, failures } = setUp(text('x'), {}, false, fullDisk());
    expect(await sharing.share({ from: 'clipboard' })).toMatchObject({ ok: true });
    expect(failures.current()?.fault.kind).toBe('store-not-saved');
  });

  it('answers what its link replaced on the clipboard', async () => {
    const { sharing, clipboard, shared } = setUp(text('first'));
    await sharing.share({ from: 'clipboard' });
    clipboard.set(text('second'));
    await sharing.share({ from: 'clipboard' });
    expect(shared).toMatchObject([{ before: text('first') }, { before: text('second') }]);
  });

  it('ends as cancelled when it is cancelled', async () => {
    const { sharing } = setUp(text('slow'), {
      linkify: (_item, options) =>
        new Promise((_resolve, reject) => {
          options?.signal?.addEventListener('abort', () =>
            reject(new LinkifyError({ kind: 'cancelled' })),
          );
          setImmediate(() => sharing.cancel());
        }),
    });
    expect(await sharing.share({ from: 'clipboard' })).toMatchObject({
      failure: { fault: { kind: 'cancelled' } },
    });
  });
});

describe('a collection that fails half-way', () => {
  it('leaves no assets behind where it cannot be kept', async () => {
    const { sharing, client } = setUp(
      { kind: 'files', paths: ['/x/a.txt', '/x/b.txt'] },
      {
        linkifyMultiple: async () => {
          throw new LinkifyError({ kind: 'not-uploaded-yet' });
        },
      },
      false,
      fullDisk(),
    );
    const result = await sharing.share({ from: 'clipboard' });
    expect(result).toMatchObject({ ok: false, failure: { fault: { kind: 'not-uploaded-yet' } } });
    const deleted = client.calls.filter(({ name }) => name === 'deleteAsset');
    expect(deleted.map(({ argument }) => argument)).toEqual(['asset-of-a.txt', 'asset-of-b.txt']);
  });

  const lost = async (): Promise<never> => {
    throw new LinkifyError({ kind: 'connection-lost', outcomeUnknown: true });
  };
  const twoFiles: Content = { kind: 'files', paths: ['/x/a.txt', '/x/b.txt'] };

  it('finds the link that was made although its answer was lost', async () => {
    const made = {
      id: 'made',
      link: 'http://127.0.0.1:9/s/made',
      assetIds: ['asset-of-a.txt', 'asset-of-b.txt'],
    };
    const { sharing, client, clipboard } = setUp(twoFiles, {
      linkifyMultiple: lost,
      shares: async () => [{ ...made, id: 'other', assetIds: ['x'] }, made],
    });
    expect(await sharing.share({ from: 'clipboard' })).toMatchObject({ ok: true });
    expect(clipboard.writes).toEqual([{ kind: 'text', text: made.link }]);
    expect(client.calls.filter(({ name }) => name === 'deleteAsset')).toEqual([]);
  });

  it('deletes nothing while it is unknown whether the link exists', async () => {
    const { sharing, client } = setUp(twoFiles, { linkifyMultiple: lost, shares: lost });
    expect(await sharing.share({ from: 'clipboard' })).toMatchObject({
      failure: { fault: { kind: 'connection-lost' } },
    });
    expect(client.calls.filter(({ name }) => name === 'deleteAsset')).toEqual([]);
  });

  it('deletes those already made when one cannot be, and it cannot be kept', async () => {
    const { sharing, client } = setUp(
      { kind: 'files', paths: ['/x/a.txt', '/x/bad.txt'] },
      {
        createAsset: async (item) => {
          if (item.name === 'bad.txt') throw new LinkifyError({ kind: 'storage-full' });
          return { id: item.name, raw: {} };
        },
      },
      false,
      fullDisk(),
    );
    expect(await sharing.share({ from: 'clipboard' })).toMatchObject({
      failure: { fault: { kind: 'storage-full' } },
    });
    expect(client.calls).toEqual([{ name: 'deleteAsset', argument: 'a.txt' }]);
  });
});

describe('a share of which a part cannot be read', () => {
  const content: Content = { kind: 'files', paths: ['/x/a', '/x/gone.txt', '/x/b'] };

  it('is held back, naming that part, until the person decides', async () => {
    const { answer, sharing, client, clipboard, shared } = setUp(content);
    expect(await sharing.share({ from: 'clipboard' })).toMatchObject({
      ok: false,
      failure: { fault: { kind: 'some-unreadable', names: ['gone.txt'] } },
    });
    expect([client.calls, clipboard.writes]).toEqual([[], []]);
    expect(await answer('anyway')).toBe('unknown');
    expect(await answer('without')).toBe('shared');
    expect(shared).toMatchObject([{ link: { count: 2 } }]);
    expect(await answer('without')).toBe('unknown');
  });

  it('is not shared once it was discarded', async () => {
    const { answer, sharing, client } = setUp(content);
    await sharing.share({ from: 'clipboard' });
    expect(await answer('discard')).toBe('over');
    expect(await answer('without')).toBe('unknown');
    expect(client.calls).toEqual([]);
  });

  it('is scanned for secrets after that', async () => {
    const { answer, sharing, client, questions } = setUp({
      kind: 'files',
      paths: ['/x/secret', '/x/gone.txt'],
    });
    await sharing.share({ from: 'clipboard' });
    expect(await answer('without')).toBe('asked');
    expect(questions.current()?.confirmed).toContain('anyway');
    expect(client.calls).toEqual([]);
    expect(await answer('anyway')).toBe('shared');
  });

  it('is a failure where nothing is left', async () => {
    const { sharing } = setUp({ kind: 'files', paths: ['/x/gone.txt', '/x/gone2.txt'] });
    expect(await sharing.share({ from: 'clipboard' })).toMatchObject({
      failure: { fault: { kind: 'unreadable-file', name: 'gone.txt' } },
    });
  });

  it('is asked about in several copies at once too', async () => {
    const { sharing } = setUp(text('x'));
    const contents = [content, text('hello')];
    expect(await sharing.share({ from: 'clips', contents })).toMatchObject({
      failure: { fault: { kind: 'some-unreadable', names: ['gone.txt'] } },
    });
  });
});

it('text that is only the URI of a file elsewhere, dragged into the window, makes no link', async () => {
  const { sharing, client } = setUp(text('x'));
  const dropped = 'smb://nas/music/a%20b.mp3\nmtp://phone/c';
  expect(await sharing.share({ from: 'text', text: dropped })).toMatchObject({
    failure: { fault: { kind: 'remote-file', names: ['a b.mp3', 'c'], address: 'smb://nas' } },
  });
  expect(client.calls).toEqual([]);
  // A path of this computer stays text: a web page can put any into a drag.
  expect(await sharing.share({ from: 'text', text: 'file:///etc/passwd' })).toMatchObject({
    ok: true,
  });
  expect(client.calls).toMatchObject([{ argument: { text: 'file:///etc/passwd' } }]);
});

describe('a share that looks like a secret', () => {
  const content = text('key: TOKEN-123');

  it('is held back until someone says yes', async () => {
    const { answer, sharing, client, clipboard } = setUp(content);
    expect(await sharing.share({ from: 'clipboard' })).toMatchObject({
      ok: false,
      failure: {
        fault: { kind: 'looks-like-secret', labels: ['made-up token'], canMask: true },
      },
    });
    expect([client.calls, clipboard.writes]).toEqual([[], []]);
    expect(await answer('anyway')).toBe('shared');
    expect(client.calls).toMatchObject([{ argument: { text: 'key: TOKEN-123' } }]);
  });

  it('is shared with the secret hidden', async () => {
    const { answer, sharing, client } = setUp(content);
    await sharing.share({ from: 'clipboard' });
    expect(await answer('masked')).toBe('shared');
    expect(client.calls).toMatchObject([{ argument: { text: 'key: [made-up token hidden]' } }]);
  });

  it('is shared once for one yes, and never after it was discarded', async () => {
    const { answer, sharing, client, clipboard } = setUp(content);
    await sharing.share({ from: 'clipboard' });
    expect(await answer('anyway')).toBe('shared');
    expect(await answer('anyway')).toBe('unknown');
    clipboard.set(content);
    await sharing.share({ from: 'clipboard' });
    expect(await answer('discard')).toBe('over');
    expect(await answer('anyway')).toBe('unknown');
    expect(client.calls).toHaveLength(1);
  });

  it('is what was asked about, whatever was copied since', async () => {
    const { answer, sharing, client, clipboard, shared } = setUp(content);
    await sharing.share({ from: 'clipboard' });
    clipboard.set(text('something else'));
    expect(await answer('anyway')).toBe('shared');
    expect(shared).toMatchObject([{ place: 'left-alone' }]);
    expect(client.calls).toMatchObject([{ argument: { text: 'key: TOKEN-123' } }]);
    expect(clipboard.writes).toEqual([]);
  });

  it('gives way to a newer share, whose question is another one', async () => {
    const { answer, sharing, client, clipboard, failures, questions } = setUp(content);
    await sharing.share({ from: 'clipboard' });
    const first = questions.current()?.view.id ?? '';
    clipboard.set(text('harmless'));
    expect(await sharing.share({ from: 'clipboard' })).toMatchObject({ ok: true });
    expect(questions.isOpen()).toBe(false);
    expect(questions.answer(first, 'anyway', false)).toBe(false);
    expect(failures.current()).toBeUndefined();
    clipboard.set(content);
    await sharing.share({ from: 'clipboard' });
    await sharing.share({ from: 'text', text: 'TOKEN-2' });
    expect(await answer('anyway')).toBe('shared');
    expect(client.calls).toMatchObject([
      { argument: { text: 'harmless' } },
      { argument: { text: 'TOKEN-2' } },
    ]);
  });

  it('is looked for in files and in texts of a collection too', async () => {
    const { sharing } = setUp(content);
    const items = [{ text: 'harmless' }, { text: 'TOKEN-9' }];
    expect(await sharing.share({ from: 'texts', items })).toMatchObject({
      failure: { fault: { kind: 'looks-like-secret' } },
    });
  });
});
