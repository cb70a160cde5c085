import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LinkifyError } from '../../../main/linkify/errors.ts';
import type { LinkifyClient, Share } from '../../../main/linkify/model.ts';
import { PENDING_MS } from '../../../main/outbox/entry.ts';
import { fakeClient } from '../../support/fakes.ts';
import { outboxDisk } from '../../support/outbox-in-memory.ts';
import { createTestApp } from '../../support/test-app.ts';
import { text as message, textPattern } from '../../support/text.ts';

const DOWN = new LinkifyError({ kind: 'unreachable', baseUrl: 'http://127.0.0.1:9' });

/** A client whose service can be taken down. */
function switched(overrides: Partial<LinkifyClient> = {}) {
  const service = { down: true };
  const calls: string[] = [];
  const made: Share[] = [];
  const guard = (name: string): void => {
    calls.push(name);
    if (service.down) throw DOWN;
  };
  const client = fakeClient({
    async check() {
      guard('check');
      return { version: '1.0.0' };
    },
    async createAsset(item) {
      guard('createAsset');
      return { id: `asset-${item.name}`, raw: {} };
    },
    async linkifyAsset(asset) {
      guard('linkifyAsset');
      const share = {
        id: `share-${made.length}`,
        link: `http://x.example/${made.length}`,
        assetIds: [asset.id],
      };
      made.push(share);
      return share;
    },
    async shares() {
      guard('shares');
      return made;
    },
    async deleteAsset() {
      guard('deleteAsset');
    },
    ...overrides,
  });
  return { client, service, calls, made };
}

async function pendingShare(more: Parameters<typeof createTestApp>[1] = {}) {
  const way = switched();
  const app = createTestApp(way.client, more);
  await app.actions.share({ from: 'clipboard' });
  const [entry] = app.outbox.list();
  if (entry === undefined) throw new Error('nothing waits');
  return { ...way, ...app, entry };
}

describe('a link that comes late', () => {
  test('takes the clipboard’s place while its press is fresh and nothing else was copied', async () => {
    const { attempts, service, entry, clipboard, notices } = await pendingShare();
    service.down = false;
    expect(await attempts.attempt(entry)).toEqual({ kind: 'done' });
    expect(clipboard.writes).toEqual([{ kind: 'text', text: 'http://x.example/0' }]);
    expect(notices.at(-1)).toMatchObject({ cause: 'late share-0', click: { kind: 'show' } });
  });

  test('never takes the place of what was copied since: a notification leads to it', async () => {
    const { attempts, service, entry, clipboard, notices, links } = await pendingShare();
    clipboard.set({ kind: 'text', text: 'copied since' });
    service.down = false;
    await attempts.attempt(entry);
    expect(clipboard.writes).toEqual([]);
    expect(notices.at(-1)).toMatchObject({
      cause: 'late share-0',
      click: { kind: 'copy', id: 'share-0' },
      buttons: [{ command: { kind: 'copy', id: 'share-0' } }, { command: { kind: 'open' } }],
    });
    expect(links.list()).toMatchObject([{ id: 'share-0', state: 'active' }]);
  });

  test('leaves the clipboard alone after a minute, whatever is on it', async () => {
    let nowMs = 1_000_000;
    const { attempts, service, entry, clipboard } = await pendingShare({ now: () => nowMs });
    nowMs += 61_000;
    service.down = false;
    await attempts.attempt(entry);
    expect(clipboard.writes).toEqual([]);
  });
});

test('pressed three times while the service is down: one link', async () => {
  const { actions, outbox, attempts, service, made, entry } = await pendingShare();
  await actions.share({ from: 'clipboard' });
  await actions.share({ from: 'clipboard' });
  expect(outbox.list()).toHaveLength(1);
  service.down = false;
  await attempts.attempt(outbox.list()[0] ?? entry);
  expect(made).toHaveLength(1);
  expect(outbox.list()).toEqual([]);
});

test('many that go out together are told in one notification', async () => {
  const { actions, clipboard, outbox, attempts, service, notices, made } = await pendingShare();
  for (const text of ['b', 'c', 'd', 'e']) {
    clipboard.set({ kind: 'text', text });
    await actions.share({ from: 'clipboard' });
  }
  service.down = false;
  for (const entry of outbox.list()) await attempts.attempt(entry);
  expect(made).toHaveLength(5);
  expect(notices.at(-1)).toMatchObject({
    cause: 'late-many',
    body: message('pendingReadyMany', { count: 5 }),
  });
});

test('what waits is shown, with why, and whether it lies there unencrypted', async () => {
  const sealed = await pendingShare();
  expect(sealed.model.get().pending).toMatchObject([
    { what: message('clipText', { count: 15 }), reason: message('customDownTitle') },
  ]);
  const plain = await pendingShare({ disk: outboxDisk(false) });
  expect(plain.model.get().pending).toMatchObject([
    { reason: message('pendingUnencrypted', { reason: message('customDownTitle') }) },
  ]);
});

test('a password for a link is not kept where nothing can be encrypted', async () => {
  const { client } = switched();
  const app = createTestApp(client, { disk: outboxDisk(false) });
  await app.actions.share({ from: 'clipboard' }, { password: 'hunter2' });
  expect(app.outbox.list()).toEqual([]);
});

test('after a week it is not sent by surprise; the person can keep it', async () => {
  let nowMs = 1_000_000;
  const { attempts, service, entry, calls, model, outbox, made } = await pendingShare({
    now: () => nowMs,
  });
  service.down = false;
  calls.length = 0;
  nowMs += PENDING_MS + 1;
  expect(await attempts.attempt(entry)).toEqual({ kind: 'done' });
  expect(calls).toEqual([]);
  expect(model.get().failure).toMatchObject({ cause: 'pending-expired', action: { id: 'retry' } });
  expect(outbox.list()).toMatchObject([{ state: 'needs-decision' }]);
  expect(await attempts.sendNow(entry.head.id)).toMatchObject({ ok: true });
  expect(made).toHaveLength(1);
  expect(model.get().failure).toBeNull();
});

test('discarding takes back what was made of it on the service', async () => {
  const { client, service, calls } = switched({
    linkifyAsset: async () => {
      throw new LinkifyError({ kind: 'not-ready', status: 503, outcomeUnknown: false });
    },
  });
  service.down = false;
  const app = createTestApp(client);
  await app.actions.share({ from: 'clipboard' });
  const [entry] = app.outbox.list();
  await app.pendingShares.discard(entry?.head.id ?? '');
  const [undo] = app.outbox.list();
  expect(undo?.head).toMatchObject({ type: 'cleanup', assetIds: ['asset-what was copied'] });
  if (undo === undefined) return;
  await app.attempts.attempt(undo);
  expect(calls.slice(-2)).toEqual(['shares', 'deleteAsset']);
  expect(app.outbox.list()).toEqual([]);
});

test('what an earlier run left is found again, and made once', async () => {
  let nowMs = 1_000;
  const before = await pendingShare({ now: () => nowMs });
  nowMs += 1_000;
  const again = createTestApp(before.client, { disk: before.disk, now: () => nowMs });
  expect(again.outbox.list()).toHaveLength(1);
  before.service.down = false;
  const [entry] = again.outbox.list();
  if (entry === undefined) throw new Error('lost');
  await again.attempts.attempt(entry);
  expect(before.made).toHaveLength(1);
  // Nobody sits pending for what was pressed before the last start.
  expect(again.clipboard.writes).toEqual([]);
  expect(before.disk.store.load()).toEqual([]);
});

test('why Pieces OS could not take it stands at a pending share and its link, also after a restart', async () => {
  const before = await pendingShare({ piecesProblem: 'signed-out' });
  const serviceNote = message('piecesIs', { detail: message('piecesSignedOut') });
  expect(before.model.get().pending).toMatchObject([{ serviceNote }]);
  // By now Pieces OS has no problem.
  const again = createTestApp(before.client, { disk: before.disk });
  expect(again.model.get().pending).toMatchObject([{ serviceNote }]);
  before.service.down = false;
  await again.pendingShares.send(again.outbox.list()[0]?.head.id ?? '');
  expect(again.model.get().links).toMatchObject([{ serviceNote }]);
});

describe('files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pending-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function pendingFile() {
    const path = join(folder, 'report.txt');
    writeFileSync(path, 'as it was');
    const way = switched();
    const app = createTestApp(way.client);
    await app.actions.share({ from: 'files', paths: [path] });
    const [entry] = app.outbox.list();
    if (entry === undefined) throw new Error('nothing waits');
    way.service.down = false;
    return { ...way, ...app, entry, path };
  }

  test('stay where they are, and are read again when they are sent', async () => {
    const { disk, attempts, entry, made } = await pendingFile();
    expect(JSON.stringify(disk.store.load())).not.toContain('as it was');
    expect(await attempts.attempt(entry)).toEqual({ kind: 'done' });
    expect(made).toHaveLength(1);
  });

  test('that changed since are not sent before the person says so', async () => {
    const { attempts, entry, made, path, model } = await pendingFile();
    writeFileSync(path, 'something else by now');
    utimesSync(path, 1, 1);
    expect(await attempts.attempt(entry)).toEqual({ kind: 'done' });
    expect(made).toEqual([]);
    expect(model.get().failure).toMatchObject({ cause: 'file-changed' });
    expect(await attempts.sendNow(entry.head.id)).toMatchObject({ ok: true });
    expect(made).toHaveLength(1);
  });

  test('that are gone are told by name', async () => {
    const { attempts, entry, made, path, model, outbox } = await pendingFile();
    rmSync(path);
    await attempts.attempt(entry);
    expect(made).toEqual([]);
    expect(model.get().failure?.sentence).toContain('report.txt');
    expect(outbox.list()).toMatchObject([{ state: 'needs-decision' }]);
  });
});

describe('where the service cannot, this computer can', () => {
  test('asked once; just now makes it here and leaves nothing pending', async () => {
    const { client } = switched();
    const builtIn = fakeClient();
    const app = createTestApp(client, { builtIn, fallback: 'ask' });
    await app.actions.share({ from: 'clipboard' });
    const question = app.model.get().question;
    expect(question?.choices.map(({ id }) => id)).toEqual(['now', 'wait']);
    expect(app.notices.at(-1)?.buttons.at(-1)?.command.kind).toBe('share-from-this-computer');
    await app.actions.answer(question?.id ?? '', 'now', false);
    await vi.waitFor(() => expect(app.outbox.list()).toEqual([]));
    expect(app.links.list()).toMatchObject([{ service: { kind: 'built-in' } }]);
    expect(app.outbox.list()).toEqual([]);
    expect(app.model.get()).toMatchObject({ question: null, failure: null });
    expect(app.notices.at(-1)?.title).toBe(message('fallbackSharedTitle'));
  });

  test('the question stands for the failure, also once it was answered', async () => {
    const app = createTestApp(switched().client, { builtIn: fakeClient(), fallback: 'ask' });
    await app.actions.share({ from: 'clipboard' });
    const { failure, question } = app.model.get();
    expect(question?.cause).toBe(failure?.cause);
    await app.actions.answer(question?.id ?? '', 'wait', false);
    await vi.waitFor(() => expect(app.model.get().failure).toBeNull());
    expect(app.model.get().pending).toHaveLength(1);
  });

  test.each([
    ['now', 'always'],
    ['wait', 'ask'],
  ] as const)(
    'asked once and %s, with the box checked: %s from then on',
    async (choice, setting) => {
      const app = createTestApp(switched().client, { builtIn: fakeClient(), fallback: 'ask' });
      await app.actions.share({ from: 'clipboard' });
      await app.actions.answer(app.model.get().question?.id ?? '', choice, true);
      await vi.waitFor(() => expect(app.settings.values().fallback).toBe(setting));
    },
  );

  test('always: the same press has its link, and says who made it', async () => {
    const { client } = switched();
    const app = createTestApp(client, { builtIn: fakeClient(), fallback: 'always' });
    const outcome = await app.actions.share({ from: 'clipboard' });
    expect(outcome.ok).toBe(true);
    expect(app.clipboard.writes).toHaveLength(1);
    expect(app.notices.at(-1)?.title).toBe(message('fallbackSharedTitle'));
    expect(app.notices.at(-1)?.body.split('\n')).toContain(
      message('serviceUnavailable', { service: 'the service' }),
    );
    expect(app.outbox.list()).toEqual([]);
  });

  test('a link that the service may have made after all is taken back there', async () => {
    const { client, service, made } = switched();
    service.down = false;
    const linkifyAsset = client.linkifyAsset.bind(client);
    const app = createTestApp(
      {
        ...client,
        async linkifyAsset(asset) {
          await linkifyAsset(asset);
          service.down = true;
          throw new LinkifyError({ kind: 'timed-out', baseUrl: '', outcomeUnknown: true });
        },
      },
      { builtIn: fakeClient(), fallback: 'always' },
    );
    expect(await app.actions.share({ from: 'clipboard' })).toMatchObject({ ok: true });
    const [undo] = app.outbox.list();
    expect(undo?.head.type).toBe('cleanup');
    if (undo === undefined) return;
    service.down = false;
    await app.attempts.attempt(undo);
    expect(client.calls).toContainEqual({ name: 'revoke', argument: made[0]?.id });
  });

  test('never: it waits, and nobody is asked', async () => {
    const app = createTestApp(switched().client, { builtIn: fakeClient(), fallback: 'never' });
    await app.actions.share({ from: 'clipboard' });
    expect(app.model.get().question ?? null).toBeNull();
    expect(app.outbox.list()).toHaveLength(1);
  });
});

test('what a revoked link left on its service is deleted after a crash, too', async () => {
  const disk = outboxDisk();
  const assetIds = ['a', 'stuck', 'b'];
  const ref = { kind: 'custom', name: 'service', baseUrl: 'http://127.0.0.1:9' } as const;
  const cleanup = { service: ref, what: 'notes.txt', assetIds, isRevoked: true } as const;
  expect(await createTestApp(switched().client, { disk }).delivery.cleanUp(cleanup)).toBe(true);

  const deleted: string[] = [];
  let isStuck = true;
  const { client, calls } = switched({
    async deleteAsset(id) {
      if (id === 'stuck' && isStuck) throw DOWN;
      deleted.push(id);
    },
  });
  const { attempts, notices, outbox } = createTestApp(client, { disk });
  const attempt = async () => {
    for (const entry of outbox.list()) await attempts.attempt(entry);
  };
  await attempt();
  expect(deleted).toEqual(['a', 'b']);
  expect([outbox.list().length, notices]).toEqual([1, []]);
  isStuck = false;
  await attempt();
  expect(deleted).toContain('stuck');
  expect(outbox.list()).toEqual([]);
  expect(notices).toMatchObject([
    { cause: 'revoked', body: textPattern('itemsDeleted', { count: 3 }) },
  ]);
  // Nothing else was asked of the service: no share is looked for, or revoked.
  expect(calls).toEqual([]);
});
