import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  type AddressInfo,
  createServer,
  connect as dial,
  type Server,
  type Socket,
} from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { prepareText } from '../../../main/items/prepare-items.ts';
import { createLinkifyClient } from '../../../main/linkify/client.ts';
import type { Timeouts } from '../../../main/linkify/client-options.ts';
import type { LinkifyService } from '../../../main/linkify/model.ts';
import type { RecentLink } from '../../../main/links/schema.ts';
import { Delivery } from '../../../main/outbox/delivery.ts';
import { Entries } from '../../../main/outbox/entries.ts';
import { linksInMemory } from '../../support/links-in-memory.ts';
import { english } from '../../support/messages.ts';
import { copyOfDisk, outboxDisk } from '../../support/outbox-in-memory.ts';
import { type ScriptedService, startScriptedService } from '../../support/scripted-service.ts';
import { selfSigned } from '../../support/self-signed.ts';
import { selection } from '../../support/targets.ts';
import { createTestApp } from '../../support/test-app.ts';
import { text, textPattern } from '../../support/text.ts';

/** Rows of the failure matrix that no single answer makes, and what some rows do besides. */

const DEFAULT_TIMEOUTS: Partial<Timeouts> = {
  quickMs: 500,
  createMs: 500,
  cloudMs: 1_000,
  readMs: 500,
};
const MB = 1_000_000;

let service: ScriptedService;
let client: LinkifyService;

const clientFor = (baseUrl: string, timeouts: Partial<Timeouts> = {}): LinkifyService =>
  createLinkifyClient({
    baseUrl,
    appVersion: '0.1.0',
    platform: 'linux',
    timeouts: { ...DEFAULT_TIMEOUTS, ...timeouts },
    retryAfterErrorMs: 5,
  });

beforeEach(async () => {
  service = await startScriptedService();
  client = clientFor(service.baseUrl);
});

afterEach(async () => {
  client.close();
  await service.close();
});

const living = () => [...service.memory.shares.values()].filter(({ revoked }) => !revoked);
const answered = (share: object) => ({ json: { iterable: [share] } });

/** Does what waits until nothing does, as the worker would. */
async function sendAll(app: ReturnType<typeof createTestApp>): Promise<void> {
  for (const entry of app.outbox.list()) await app.attempts.attempt(entry);
}

describe('row 1: a service that is not there', () => {
  test.each([
    ['refuses', async () => service.baseUrl.replace(/\d+$/, String(await freePort()))],
    ['has no name', async () => 'https://nowhere.invalid'],
  ])('%s: the share waits, and says where nothing answers', async (_how, address) => {
    const baseUrl = await address();
    const app = createTestApp(clientFor(baseUrl));
    await app.actions.share({ from: 'clipboard' });
    expect(app.outbox.list()).toMatchObject([{ state: 'pending', fault: { kind: 'unreachable' } }]);
    expect(app.model.get().failure).toMatchObject({
      cause: 'unreachable',
      sentence: `${text('customDown', { url: baseUrl })} ${text('pendingAutomatic')}`,
      action: { id: 'use-built-in' },
    });
  });

  test('a revoke waits, and is made once it is there', async () => {
    const app = createTestApp(client);
    const shared = await app.actions.share({ from: 'clipboard' });
    if (!shared.ok) throw new Error('not shared');
    const { port, memory } = service;
    await service.close();
    expect(await app.actions.revoke(shared.value.id)).toMatchObject({ ok: false });
    expect(app.model.get().links[0]?.state).toBe('revoke-pending');
    service = await startScriptedService({}, { port, memory });
    await sendAll(app);
    expect(living()).toEqual([]);
    expect(app.model.get().links[0]?.state).toBe('revoked');
  });
});

describe('row 2: a service that does not take the connection', () => {
  test.skipIf(process.platform === 'win32')(
    'the connection has a time limit; nothing was sent, so there is no doubt',
    async () => {
      const deaf = await startDeaf();
      try {
        const app = createTestApp(clientFor(deaf.baseUrl));
        await app.actions.share({ from: 'clipboard' });
        expect(app.outbox.list()).toMatchObject([
          { state: 'pending', fault: { kind: 'timed-out', outcomeUnknown: false } },
        ]);
        expect(app.model.get().failure?.sentence).toMatch(
          textPattern(['timedOut', 'notSharedYet', 'pendingAutomatic']),
        );
      } finally {
        deaf.stop();
      }
    },
  );
});

describe('row 13: a size that a service refused', () => {
  const text = (bytes: number) => ({ kind: 'text', text: 'x'.repeat(bytes) }) as const;

  test('as much is not sent there again, unless the person says so', async () => {
    service.script({ 'POST /assets/create': { status: 413 } });
    const app = createTestApp(client, { content: text(1.5 * MB) });
    await app.actions.share({ from: 'clipboard' });
    expect(app.model.get().failure?.sentence).toMatch(
      textPattern(['tooLargeSize', 'useBuiltInOrSmaller', 'pendingNeedsDecision'], {
        size: '1.5 MB',
      }),
    );
    service.script({});
    app.clipboard.set(text(2 * MB));
    await app.actions.share({ from: 'clipboard' });
    expect(service.sent('POST /assets/create')).toHaveLength(1);
    expect(app.model.get().failure?.sentence).toMatch(
      textPattern(['tooLargeBefore', 'useBuiltInOrSmaller', 'pendingNeedsDecision'], {
        limit: '1.5 MB',
        size: '2 MB',
      }),
    );
    app.clipboard.set(text(1.4 * MB));
    expect(await app.actions.share({ from: 'clipboard' })).toMatchObject({ ok: true });

    // It takes more by now, which the person found out: from then on nothing is held back.
    for (const { head } of app.outbox.list()) {
      expect(await app.attempts.sendNow(head.id)).toMatchObject({ ok: true });
    }
    app.clipboard.set(text(1.9 * MB));
    expect(await app.actions.share({ from: 'clipboard' })).toMatchObject({ ok: true });
    expect(living()).toHaveLength(4);
  });
});

describe('row 14: a collection that is still uploaded', () => {
  const texts = { from: 'texts', items: [{ text: 'one' }, { text: 'two' }] } as const;

  test('is asked for again until it is done, which is told meanwhile', async () => {
    client = clientFor(service.baseUrl, { uploadMs: 5_000, uploadPauseMs: 2 });
    const onUploading = vi.fn();
    service.memory.state.uploadsPending = 3;
    const assets = [
      await client.createAsset({ kind: 'text', name: 'a', text: 'a' }),
      await client.createAsset({ kind: 'text', name: 'b', text: 'b' }),
    ];
    await client.linkifyMultiple(
      assets.map(({ id }) => id),
      undefined,
      { onUploading },
    );
    expect(service.sent('POST /linkify/multiple')).toHaveLength(4);
    expect(onUploading).toHaveBeenCalledOnce();
    expect(living()).toHaveLength(1);
  });

  test('at the end of its time it waits in the outbox, with its assets, and goes on from there', async () => {
    client = clientFor(service.baseUrl, { uploadMs: 60, uploadPauseMs: 4 });
    service.memory.state.uploadsPending = 99;
    const app = createTestApp(client);
    await app.actions.share(texts);
    // 4, 8, 16, 32 ms are 60: five times asked, and no more.
    expect(service.sent('POST /linkify/multiple')).toHaveLength(5);
    expect(app.outbox.list()).toMatchObject([
      { state: 'pending', fault: { kind: 'not-uploaded-yet' } },
    ]);
    service.memory.state.uploadsPending = 0;
    await sendAll(app);
    expect(living()).toHaveLength(1);
    expect(service.sent('POST /assets/create')).toHaveLength(2);
  });

  test('a cancel ends the waiting, and leaves nothing on the service', async () => {
    client = clientFor(service.baseUrl, { uploadMs: 60_000, uploadPauseMs: 10_000 });
    service.memory.state.uploadsPending = 99;
    let atMs = Date.parse('2026-11-23T14:00:00Z');
    const app = createTestApp(client, { now: () => atMs });
    const sharing = app.actions.share(texts);
    await vi.waitFor(() => expect(service.sent('POST /linkify/multiple')).toHaveLength(1));
    app.actions.cancelShare();
    expect(await sharing).toMatchObject({ ok: false, failure: { cause: 'cancelled' } });
    atMs += 6 * 60_000;
    await sendAll(app);
    expect(app.outbox.list()).toEqual([]);
    expect(service.memory.assets.size).toBe(0);
  });
});

describe('row 15: a service that asks to wait', () => {
  test('says until when, by the clock, and is left alone until then', async () => {
    service.script({ 'POST /linkify': { status: 429, headers: { 'retry-after': '300' } } });
    const at = new Date(2026, 10, 23, 14, 0, 20).getTime();
    const app = createTestApp(client, { now: () => at });
    await app.actions.share({ from: 'clipboard' });
    expect(app.model.get().failure?.sentence).toMatch(
      textPattern(['rateUntil', 'pendingAutomatic'], { time: '2:06 PM' }),
    );
    const [entry] = app.outbox.list();
    if (entry === undefined) throw new Error('nothing was kept');
    expect(await app.attempts.attempt(entry)).toEqual({ kind: 'unavailable', atLeastMs: 300_000 });
  });
});

describe('row 21: answers before the answer', () => {
  const linked = `{"iterable":[{"id":"sh-1","link":"https://x.example/"}]}`;
  const last = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${linked.length}\r\n\r\n${linked}`;
  const connected = (socket: Socket) => socket.write(contextAnswer(), () => undefined);

  test.each([
    ['100 Continue', 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['102 Processing, three times', 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(3)],
    ['103 with a link', 'HTTP/1.1 103 Early Hints\r\nlink: <https://evil.example>\r\n\r\n'],
    ['199, which is none', 'HTTP/1.1 199 What\r\n\r\n'],
  ])('%s is passed over', async (_name, before) => {
    const raw = await startRaw((socket, path) =>
      path === '/connect' ? connected(socket) : socket.write(before + last),
    );
    const asked = clientFor(raw.baseUrl);
    const share = await asked.linkify({ kind: 'text', name: 'a', text: 'a' });
    expect(share).toMatchObject({ id: 'sh-1', link: 'https://x.example/' });
    asked.close();
    raw.stop();
  });

  test.each([
    [
      '101, which nobody asked for',
      'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n',
    ],
    ['102 and nothing after it', 'HTTP/1.1 102 Processing\r\n\r\n'],
  ])('%s: ends in a doubt, within its time', async (_name, before) => {
    const raw = await startRaw((socket, path) =>
      path === '/connect' ? connected(socket) : socket.write(before),
    );
    const app = createTestApp(clientFor(raw.baseUrl));
    await app.actions.share({ from: 'clipboard' });
    expect(app.outbox.list()).toMatchObject([{ fault: { outcomeUnknown: true } }]);
    raw.stop();
  });
});

describe('row 24: another program in the place of the service', () => {
  test('gets nothing of a share before health and version look right', async () => {
    service.script({ '*': { html: '<h1>Printer</h1>' } });
    const app = createTestApp(client);
    await app.actions.share({ from: 'clipboard' });
    expect(app.outbox.list()).toMatchObject([{ state: 'pending' }]);
    const posts = () => service.requests.filter(({ method }) => method === 'POST').length;
    const before = posts();
    await sendAll(app);
    await sendAll(app);
    expect(posts()).toBe(before);
    expect(service.requests.filter(({ body }) => body.includes('what was copied'))).toEqual([]);
    service.script({});
    await sendAll(app);
    expect(living()).toHaveLength(1);
  });
});

describe('row 25: a list without an end', () => {
  const listOf = (bytes: number) => ({
    text: `{"iterable":[],"pad":"${'x'.repeat(bytes - 24)}"}`,
    headers: { 'content-type': 'application/json' },
  });

  test('16 MB of it are taken, and not a byte more', async () => {
    client = clientFor(service.baseUrl, { quickMs: 10_000, readMs: 10_000 });
    service.script({ 'GET /shares': listOf(16 * MB) });
    expect(await client.shares()).toEqual([]);
    service.script({ 'GET /shares': listOf(16 * MB + 1) });
    await expect(client.shares()).rejects.toMatchObject({
      fault: { kind: 'bad-response', reason: 'too-long', outcomeUnknown: false },
    });
  });
});

describe('row 28: ids that come twice', () => {
  test('of two shares with one id the first is taken', async () => {
    const one = { id: 'sh-1', link: 'https://x.example/1' };
    service.script({
      'POST /linkify': { json: { iterable: [one, { ...one, link: 'https://x.example/2' }] } },
    });
    const app = createTestApp(client);
    expect(await app.actions.share({ from: 'clipboard' })).toMatchObject({ ok: true });
    expect(app.links.list()).toMatchObject([{ id: 'sh-1', link: 'https://x.example/1' }]);
  });

  test('one that is known is one row, as it is now', async () => {
    const app = createTestApp(client);
    for (const number of [1, 2]) {
      service.script({
        'POST /linkify': answered({ id: 'sh-1', link: `https://x.example/${number}` }),
      });
      app.clipboard.set({ kind: 'text', text: `copied ${number}` });
      await app.actions.share({ from: 'clipboard' });
    }
    expect(app.links.list()).toMatchObject([{ link: 'https://x.example/2', title: 'copied 2' }]);
  });

  test('one of another service’s link is refused: that link would be out of reach', async () => {
    const app = createTestApp(client);
    const other: RecentLink = {
      id: 'sh-1',
      kind: 'text',
      title: 'mine',
      sizeBytes: 1,
      count: 1,
      link: 'http://127.0.0.1:9/mine',
      service: { kind: 'built-in', name: 'This computer', baseUrl: '' },
      createdAtMs: 1,
      state: 'active',
      assetIds: [],
    };
    app.links.add(other);
    service.script({ 'POST /linkify': answered({ id: 'sh-1', link: 'https://x.example/1' }) });
    await app.actions.share({ from: 'clipboard' });
    expect(app.links.list()).toEqual([other]);
    expect(app.clipboard.writes).toEqual([]);
    expect(app.outbox.list()).toMatchObject([{ state: 'needs-decision' }]);
  });
});

describe('row 29: ids that do not fit a path', () => {
  test.each(['a/b', '../../etc', 'a%00b', 'a?b#c', 'ä 世 🙂', 'i'.repeat(200)])(
    '%s is one piece of it',
    async (id) => {
      service.script({ 'POST /linkify': answered({ id, link: 'https://x.example/1' }) });
      const app = createTestApp(client);
      expect(await app.actions.share({ from: 'clipboard' })).toMatchObject({ ok: true });
      expect(await app.actions.revoke(id)).toMatchObject({ ok: true });
      const { path, query } = service.requests.at(-1) ?? { path: '', query: '' };
      expect(path.split('/').map(decodeURIComponent)).toEqual(['', 'linkify', id, 'revoke']);
      expect(query).toBe('');
    },
  );
});

describe('row 30: a clock that is wrong', () => {
  test.each(['1970-01-01T00:00:00.000Z', '2099-12-31T23:59:59.000Z', 'yesterday', '', 42, null])(
    'created: %j',
    async (value) => {
      service.script({
        'POST /linkify': answered({
          id: 'sh-1',
          link: 'https://x.example/1',
          created: { value },
          'x-linkify': { expiresAt: '1970-01-01T00:00:00.000Z' },
        }),
      });
      const atMs = Date.parse('2026-11-23T14:00:00Z');
      const app = createTestApp(client, { now: () => atMs });
      expect(await app.actions.share({ from: 'clipboard' })).toMatchObject({ ok: true });
      expect(app.links.list()).toMatchObject([{ createdAtMs: atMs, state: 'active' }]);
      expect(app.clipboard.writes).toEqual([{ kind: 'text', text: 'https://x.example/1' }]);
    },
  );
});

describe('row 31: cancelled, quit, asleep', () => {
  test.each(['POST /assets/create', 'POST /linkify'])(
    'cancelled during %s: nothing of it stays',
    async (route) => {
      let atMs = Date.parse('2026-11-23T14:00:00Z');
      service.script({ [route]: { work: true, delayMs: 150 } });
      const app = createTestApp(client, { now: () => atMs });
      const sharing = app.actions.share({ from: 'clipboard' });
      await vi.waitFor(() => expect(service.sent(route)).toHaveLength(1));
      app.actions.cancelShare();
      expect(await sharing).toMatchObject({ ok: false, failure: { cause: 'cancelled' } });
      await vi.waitFor(() => expect(living()).toEqual([]));
      // Until no link can come any more its assets are looked after; then they go as well.
      await sendAll(app);
      atMs += 6 * 60_000;
      await sendAll(app);
      await vi.waitFor(() => expect(service.memory.assets.size).toBe(0));
      expect(living()).toEqual([]);
      expect(app.outbox.list()).toEqual([]);
      expect(app.links.list()).toEqual([]);
      expect(app.clipboard.writes).toEqual([]);
    },
  );

  test('discarded while it goes out by itself: stopped without a word, and taken back', async () => {
    let atMs = Date.parse('2026-11-23T14:00:00Z');
    service.script({ 'POST /linkify': { status: 503 } });
    const app = createTestApp(client, { now: () => atMs });
    await app.actions.share({ from: 'clipboard' });
    const [entry] = app.outbox.list();
    if (entry === undefined) throw new Error('nothing was kept');
    service.script({ 'POST /linkify': { work: true, delayMs: 150 } });
    const before = app.notices.length;
    const sending = app.attempts.attempt(entry);
    await vi.waitFor(() => expect(service.sent('POST /linkify')).toHaveLength(2));
    await app.pendingShares.discard(entry.head.id);
    expect(await sending).toEqual({ kind: 'done' });
    await vi.waitFor(() => expect(living()).toEqual([]));
    atMs += 6 * 60_000;
    await sendAll(app);
    expect(app.outbox.list()).toEqual([]);
    expect(app.links.list()).toEqual([]);
    expect(service.memory.assets.size).toBe(0);
    expect(app.notices.slice(before)).toEqual([]);
    expect(app.model.get().failure).toBeNull();
  });

  test('pressed again while it goes out by itself: one link, for both', async () => {
    service.script({ 'POST /linkify': { status: 503 } });
    const app = createTestApp(client);
    await app.actions.share({ from: 'clipboard' });
    const [entry] = app.outbox.list();
    if (entry === undefined) throw new Error('nothing was kept');
    service.script({ 'POST /linkify': { work: true, delayMs: 150 } });
    const sending = app.attempts.attempt(entry);
    await vi.waitFor(() => expect(service.sent('POST /linkify')).toHaveLength(2));
    const pressed = await app.actions.share({ from: 'clipboard' });
    await sending;
    expect(pressed.ok).toBe(true);
    expect(living()).toHaveLength(1);
    expect(app.links.list()).toHaveLength(1);
    expect(app.outbox.list()).toEqual([]);
  });

  test('a link that comes after this computer made one instead is taken back', async () => {
    let atMs = Date.parse('2026-11-23T14:00:00Z');
    const here = await startScriptedService();
    const builtIn = clientFor(here.baseUrl);
    try {
      // It makes the link, a while after nobody waits any more.
      service.script({ 'POST /linkify': { trouble: 'hang' } });
      const app = createTestApp(client, { now: () => atMs, builtIn, fallback: 'always' });
      expect(await app.actions.share({ from: 'clipboard' })).toMatchObject({ ok: true });
      expect(app.links.list()).toMatchObject([{ service: { kind: 'built-in' } }]);
      await sendAll(app);
      service.script({});
      const [asset = ''] = service.memory.assets.keys();
      await client.linkifyAsset({ id: asset, raw: { id: asset } });
      expect(living()).toHaveLength(1);
      atMs += 60_000;
      await sendAll(app);
      expect(living()).toEqual([]);
      expect(service.memory.assets.size).toBe(0);
      expect(app.outbox.list()).toEqual([]);
    } finally {
      builtIn.close();
      await here.close();
    }
  });

  test('quit before the answer: the next run finds the link, and makes no second one', async () => {
    service.script({ 'POST /linkify': { work: true, trouble: 'hang' } });
    const before = createTestApp(client);
    const lost = before.actions.share({ from: 'clipboard' });
    await vi.waitFor(() => expect(service.sent('POST /linkify')).toHaveLength(1));
    const disk = await copyOfDisk(before.disk);

    const next = clientFor(service.baseUrl);
    const app = createTestApp(next, { disk });
    await sendAll(app);
    expect(app.links.list()).toHaveLength(1);
    expect(service.sent('POST /linkify')).toHaveLength(1);
    expect(living()).toHaveLength(1);
    next.close();
    await lost;
  });

  test('asleep while it was sent: the link comes later, and leaves the clipboard alone', async () => {
    let atMs = Date.parse('2026-11-23T14:00:00Z');
    service.script({ 'POST /linkify': { trouble: 'reset', delayMs: 50 } });
    const app = createTestApp(client, { now: () => atMs });
    const sharing = app.actions.share({ from: 'clipboard' });
    await vi.waitFor(() => expect(service.sent('POST /linkify')).toHaveLength(1));
    atMs += 8 * 3_600_000;
    await sharing;
    expect(app.outbox.list()).toMatchObject([{ state: 'pending' }]);
    service.script({});
    await sendAll(app);
    expect(living()).toHaveLength(1);
    expect(app.clipboard.writes).toEqual([]);
    expect(app.notices.at(-1)).toMatchObject({
      cause: expect.stringMatching(/^late /),
      click: { kind: 'copy' },
    });
  });
});

describe('row 32: another service is chosen meanwhile', () => {
  test('a share stays with the one that it began with, now and later', async () => {
    const other = await startScriptedService();
    try {
      const { targets, choose } = selection(async ({ baseUrl }) => clientFor(baseUrl));
      choose(service.baseUrl);
      const links = linksInMemory();
      const outbox = new Entries({ store: outboxDisk().store, links, onProblem: () => {} });
      const outgoing = new Delivery({
        targets,
        entries: outbox,
        links,
        openFile: async () => ({ ok: false, fault: { kind: 'unreadable-file', name: '' } }),
        defaultOptions: () => ({ expiresInSeconds: 60, graceSeconds: 0 }),
        fallback: () => 'never',
        now: Date.now,
        newId: () => 'entry-1',
      });
      service.script({ 'POST /linkify': { status: 503, delayMs: 100 } });
      const sending = outgoing.deliver({
        prepared: prepareText('for the first', english),
        shareOptions: {},
        clip: { kind: 'text', text: 'for the first' },
        call: {},
      });
      await vi.waitFor(() => expect(service.sent('POST /linkify')).toHaveLength(1));
      choose(other.baseUrl);
      expect(await sending).toMatchObject({ ok: false, pendingId: 'entry-1' });
      service.script({});
      const sent = await outgoing.redeliver('entry-1');
      expect(sent).toMatchObject({ ok: true, link: { service: { baseUrl: service.baseUrl } } });
      expect(other.connections()).toBe(0);
      expect(living()).toHaveLength(1);
    } finally {
      await other.close();
    }
  });
});

describe('row 33: a certificate that proves nothing', () => {
  test('nothing is sent, the share is held, and nothing offers to ignore it', async () => {
    const secure = await startScriptedService({}, { tls: selfSigned() });
    const wary = clientFor(secure.baseUrl);
    try {
      const app = createTestApp(wary);
      await app.actions.share({ from: 'clipboard' });
      expect(secure.requests).toEqual([]);
      expect(app.outbox.list()).toMatchObject([{ state: 'needs-decision' }]);
      expect(app.model.get().failure).toMatchObject({
        cause: 'untrusted-certificate',
        action: { id: 'use-built-in' },
      });
      const offered = app.notices.flatMap(({ buttons }) => buttons.map(({ label }) => label));
      expect(offered).toEqual([text('doUseBuiltIn')]);
      for (const call of [() => wary.revoke('sh-1'), () => wary.shares(), () => wary.check()]) {
        await expect(call()).rejects.toMatchObject({ fault: { kind: 'untrusted-certificate' } });
      }
      expect(secure.requests).toEqual([]);
    } finally {
      wary.close();
      await secure.close();
    }
  });
});

describe('row 34: something else was copied meanwhile', () => {
  test('it stays on the clipboard; the link is on the list, and one click away', async () => {
    service.script({ 'POST /linkify': { work: true, delayMs: 400 } });
    const app = createTestApp(client);
    const sharing = app.actions.share({ from: 'clipboard' });
    await vi.waitFor(() => expect(service.sent('POST /linkify')).toHaveLength(1));
    app.clipboard.set({ kind: 'text', text: 'copied meanwhile' });
    const shared = await sharing;
    expect(shared.ok).toBe(true);
    expect(app.clipboard.writes).toEqual([]);
    const [made] = app.links.list();
    expect(app.notices.at(-1)).toMatchObject({
      title: text('linkCreated'),
      click: { kind: 'copy', id: made?.id },
      buttons: [
        { command: { kind: 'copy', id: made?.id } },
        { command: { kind: 'undo', id: made?.id } },
        { command: { kind: 'open' } },
      ],
    });
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A listening TCP server always has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A port that listens and takes no connection: its process is stopped, and its queue is full. */
async function startDeaf(): Promise<{ readonly baseUrl: string; stop(): void }> {
  const child = spawn(
    process.execPath,
    [
      '-e',
      "require('net').createServer().listen(0,'127.0.0.1',1,function(){console.log(this.address().port)})",
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const [port] = await once(child.stdout, 'data');
  child.kill('SIGSTOP');
  const sockets: Socket[] = [];
  for (let taken = true; taken; ) {
    const socket = dial(Number(port), '127.0.0.1');
    sockets.push(socket);
    taken = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), 300);
      socket.once('connect', () => {
        clearTimeout(timer);
        resolve(true);
      });
      socket.on('error', () => undefined);
    });
  }
  return {
    baseUrl: `http://127.0.0.1:${Number(port)}`,
    stop() {
      for (const socket of sockets) socket.destroy();
      child.kill('SIGKILL');
    },
  };
}

/** A server that writes what it is told to, byte for byte. */
async function startRaw(
  answer: (socket: Socket, path: string) => void,
): Promise<{ readonly baseUrl: string; stop(): void }> {
  const sockets: Socket[] = [];
  const server: Server = createServer((socket) => {
    sockets.push(socket);
    let seen = '';
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      seen += bytes.toString('latin1');
      const head = /^(?:GET|POST) (\/[^ ?]*)[^\r]*\r\n[\s\S]*?\r\n\r\n/.exec(seen);
      if (head === null) return;
      const length = Number(/content-length: (\d+)/i.exec(head[0])?.[1] ?? 0);
      if (seen.length < head[0].length + length) return;
      seen = '';
      answer(socket, head[1] ?? '');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function contextAnswer(): string {
  const body = JSON.stringify({
    application: {
      id: 'app-1',
      name: 'OPEN_SOURCE',
      version: '0.1.0',
      platform: 'LINUX',
      onboarded: false,
      privacy: 'OPEN',
    },
  });
  return `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}
