import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLinkifyClient } from '../../../main/linkify/client.ts';
import type { Owner } from '../../../main/linkify/peer/listeners.ts';
import { UNKNOWN_UID } from '../../../main/linkify/peer/verified-agent.ts';
import type { FoundService } from '../../../main/pieces/find-pieces.ts';
import { probe } from '../../../main/pieces/probe.ts';
import { PiecesSession } from '../../../main/pieces/session.ts';
import { type ScriptedService, startScriptedService } from '../../support/scripted-service.ts';

let service: ScriptedService;
let session: PiecesSession;
let places: readonly { readonly port: number; readonly owner: Owner; readonly ownerUid?: number }[];
let answers: Map<number, boolean>;

async function* find(): AsyncGenerator<FoundService> {
  for (const place of places) {
    const version = await probe(place.port, 500);
    if (version !== undefined) {
      yield { ...place, version, baseUrl: `http://127.0.0.1:${place.port}` };
    }
  }
}

beforeEach(async () => {
  service = await startScriptedService();
  places = [{ port: service.port, owner: 'us' }];
  answers = new Map();
  session = new PiecesSession({
    find,
    createClient: async (baseUrl) =>
      createLinkifyClient({
        baseUrl,
        appVersion: '0.1.0',
        platform: 'linux',
        retryAfterErrorMs: 5,
      }),
    isTrusted: (uid) => answers.get(uid),
    userTimeoutMs: 500,
  });
});

afterEach(async () => {
  session.close();
  await service.close();
});

const set = (state: object): void => void Object.assign(service.memory.state, state);
const kind = async (): Promise<string> => (await session.refresh()).kind;

describe('how it is', () => {
  test.each([
    [{}, 'ready'],
    [{ cloud: 'SUCCEEDED' }, 'ready'],
    [{ cloud: 'UNKNOWN' }, 'ready'],
    [{ signedIn: false }, 'signed-out'],
    [{ cloud: null }, 'cloud-not-connected'],
    [{ cloud: 'DISCONNECTED' }, 'cloud-not-connected'],
    [{ cloud: 'FAILED' }, 'cloud-not-connected'],
    [{ cloud: 'PENDING' }, 'cloud-starting'],
  ])('with %j it is %s', async (state, expected) => {
    set(state);
    expect(await kind()).toBe(expected);
  });

  test('follows the person: signed out, signed in, the cloud on its way, ready', async () => {
    const seen: string[] = [];
    session.subscribe((state) => seen.push(state.kind));
    set({ signedIn: false });
    await session.refresh();
    await session.refresh();
    set({ signedIn: true, cloud: 'PENDING' });
    await session.refresh();
    set({ cloud: 'RUNNING' });
    await session.refresh();
    expect(seen).toEqual(['signed-out', 'cloud-starting', 'ready']);
    expect(service.sent('POST /connect')).toHaveLength(1);
  });

  test('is found again at another port, where it is connected anew', async () => {
    await session.refresh();
    await service.close();
    expect(await kind()).toBe('not-running');
    expect(session.client()).toBeUndefined();
    service = await startScriptedService();
    places = [{ port: service.port, owner: 'us' }];
    expect(await kind()).toBe('ready');
    expect(session.client()?.baseUrl).toBe(service.baseUrl);
    expect(service.sent('POST /connect')).toHaveLength(1);
  });

  test('is ready in one round trip after health and version', async () => {
    service.script({ 'POST /connect': { work: true, delayMs: 150 } });
    const looking = session.refresh();
    await expect.poll(() => service.requests.length).toBe(4);
    // The user is asked for while the connection is still being made.
    expect(
      service.requests
        .map(({ path }) => path)
        .slice(2)
        .sort(),
    ).toEqual(['/connect', '/user']);
    expect((await looking).kind).toBe('ready');
  });

  test('asks for the user once more where that needs the connection', async () => {
    service.script({ 'GET /user': [{ status: 401 }, { work: true }] });
    expect(await kind()).toBe('ready');
    expect(service.sent('GET /user')[1]?.headers['x-application-id']).toMatch(/^app-/);
  });

  test('is looked at once, however many ask at the same time', async () => {
    await Promise.all([session.refresh(), session.refresh(), session.refresh()]);
    expect(service.sent('GET /user')).toHaveLength(1);
  });

  test('too old for links, until it is another version', async () => {
    await session.refresh();
    session.note({ kind: 'update-required' });
    expect(session.state().kind).toBe('out-of-date');
    expect(await kind()).toBe('out-of-date');
    set({ version: '12.0.0' });
    expect(await kind()).toBe('ready');
  });

  test.each([
    [{ kind: 'unreachable', baseUrl: '' }, 'not-running'],
    [{ kind: 'sign-in-required' }, 'signed-out'],
    [{ kind: 'cloud-not-connected', cloud: 'failed' }, 'cloud-not-connected'],
    [{ kind: 'cloud-not-connected', cloud: 'pending' }, 'cloud-starting'],
    [{ kind: 'too-large', sizeBytes: 1 }, 'ready'],
  ] as const)('a call that failed with %j leaves it %s', async (fault, expected) => {
    await session.refresh();
    session.note(fault);
    expect(session.state().kind).toBe(expected);
  });
});

describe('whether it is Pieces OS at all', () => {
  test.each([
    ['a /connect of another shape', { 'POST /connect': { json: { ok: true } } }],
    ['a /connect without a whole application', { 'POST /connect': { json: { application: {} } } }],
    ['a service that wants a token', { 'POST /connect': { status: 401 } }],
    ['a program without /connect', { 'POST /connect': { status: 404 } }],
    ['a web page', { 'POST /connect': { html: '<h1>It works</h1>' } }],
  ] as const)('%s is not taken for it', async (_, script) => {
    service.script(script);
    expect(await kind()).toBe('not-running');
    expect(session.client()).toBeUndefined();
  });

  test('one that hangs or fails as it starts is told as such', async () => {
    service.script({ 'POST /connect': { trouble: 'hang' } });
    expect(await kind()).toBe('not-responding');
    service.script({ 'POST /connect': { status: 500 } });
    expect(await kind()).toBe('not-responding');
    service.script({});
    expect(await kind()).toBe('ready');
  });

  test.each(['web-page', 'redirect', 'not-linkify', 'not-http'] as const)(
    'an answer as another program gives it (%s) drops it until it is proved anew',
    async (reason) => {
      expect(await kind()).toBe('ready');
      session.note({ kind: 'bad-response', reason, outcomeUnknown: false });
      expect(session.state().kind).toBe('not-running');
      expect(session.client()).toBeUndefined();
      expect(await kind()).toBe('ready');
      expect(service.sent('POST /connect')).toHaveLength(2);
    },
  );

  test('the next one is tried when the first is another program', async () => {
    const other = await startScriptedService({ 'POST /connect': { status: 404 } });
    places = [{ port: other.port, owner: 'us' }, ...places];
    try {
      expect(await kind()).toBe('ready');
      expect(session.client()?.baseUrl).toBe(service.baseUrl);
    } finally {
      await other.close();
    }
  });

  test.each([
    ['another user’s', { owner: 'other', ownerUid: 1001 }, 1001],
    ['of nobody knows whom', { owner: 'unknown' }, UNKNOWN_UID],
  ] as const)('one that is %s gets nothing before the person says yes', async (_, owner, uid) => {
    places = [{ port: service.port, ...owner }];
    expect(await session.refresh()).toEqual({ kind: 'unverified', port: service.port, uid });
    expect(await session.refresh()).toEqual({ kind: 'unverified', port: service.port, uid });
    const paths = new Set(service.requests.map(({ path }) => path));
    expect([...paths].sort()).toEqual(['/.well-known/health', '/.well-known/version']);

    answers.set(uid, false);
    expect(await kind()).toBe('not-running');
    expect(service.sent('POST /connect')).toHaveLength(0);

    answers.set(uid, true);
    expect(await kind()).toBe('ready');
  });
});

test('where nobody says whose sockets are whose, another installation id is another program', async () => {
  session.close();
  const asked: string[] = [];
  let installation = 'ok:11111111-1111-4111-8111-111111111111';
  service.script({ 'GET /.well-known/health': { text: installation } });
  session = new PiecesSession({
    find,
    createClient: async (baseUrl) => {
      asked.push(baseUrl);
      return createLinkifyClient({ baseUrl, appVersion: '0.1.0', platform: 'darwin' });
    },
    isTrusted: () => undefined,
    comparesInstallation: true,
  });
  expect(await kind()).toBe('ready');
  const first = session.client();
  expect(await kind()).toBe('ready');
  expect(session.client()).toBe(first);
  installation = 'ok:22222222-2222-4222-8222-222222222222';
  service.script({ 'GET /.well-known/health': { text: installation } });
  await session.refresh();
  expect(session.client()).not.toBe(first);
  expect(asked).toHaveLength(2);
});
