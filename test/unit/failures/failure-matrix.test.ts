import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLinkifyClient } from '../../../main/linkify/client.ts';
import { LinkifyError, type LinkifyFault } from '../../../main/linkify/errors.ts';
import type { LinkifyService, ShareItem } from '../../../main/linkify/model.ts';
import {
  type Script,
  type ScriptedReply,
  type ScriptedService,
  startScriptedService,
} from '../../support/scripted-service.ts';
import { bad } from './failure-faults.ts';
import { CASES, expectedOf, OPERATIONS, type Operation, ROUTES } from './failure-rows.ts';

/**
 * The failure matrix at the client: which fault it makes of what a service does, for an asset, a link,
 * a collection, a revoke and the list. What people are told of it is in pending-matrix.test.ts.
 */

const LINKED: ScriptedReply = { json: { iterable: [{ id: 'sh-1', link: 'https://x.example/1' }] } };
const GOOD: Readonly<Record<Operation, ScriptedReply>> = {
  asset: { json: { id: 'as-1' } },
  share: LINKED,
  shareMany: LINKED,
  revoke: {},
  list: LINKED,
};
const TOKEN = 'token-that-nobody-may-see';
const CONTENT = 'content-that-nobody-may-see';
const TEXT: ShareItem = { kind: 'text', name: CONTENT, text: CONTENT, ext: 'txt' };

let service: ScriptedService;
let client: LinkifyService;

/** Long enough for a response that comes, on a busy machine too. */
const PATIENT_MS = 15_000;

const clientFor = (baseUrl: string, ms = 500): LinkifyService =>
  createLinkifyClient({
    baseUrl,
    token: TOKEN,
    appVersion: '0.1.0',
    platform: 'linux',
    timeouts: { quickMs: ms, createMs: ms, cloudMs: ms, uploadMs: 0, readMs: ms },
    retryAfterErrorMs: 5,
    now: () => Date.parse('2026-11-23T14:00:00Z'),
  });

beforeEach(async () => {
  service = await startScriptedService();
  client = clientFor(service.baseUrl);
});

afterEach(async () => {
  client.close();
  await service.close();
});

const run = (operation: Operation): Promise<unknown> => {
  switch (operation) {
    case 'asset':
      return client.createAsset(TEXT);
    case 'list':
      return client.shares();
    case 'share':
      return client.linkify(TEXT);
    case 'shareMany':
      return client.linkifyMultiple(['as-1', 'as-2'], 'notes');
    case 'revoke':
      return client.revoke('0f3cb0f2');
  }
};

/** The fault that a call ends with, or `done`. Whatever it is, it gives nothing away. */
async function outcome(call: Promise<unknown>): Promise<LinkifyFault | 'done'> {
  try {
    await call;
    return 'done';
  } catch (error) {
    expect(error).toBeInstanceOf(LinkifyError);
    const everything = inspect(error, { depth: 20, showHidden: true });
    expect(everything).not.toContain(TOKEN);
    expect(everything).not.toContain(CONTENT);
    return (error as LinkifyError).fault;
  }
}

describe.each(OPERATIONS)('%s', (operation) => {
  test.each(CASES)('%s', async (_name, one) => {
    Object.assign(service.memory.state, one.state);
    service.script({ [ROUTES[operation]]: one.reply } satisfies Script);
    const wanted = expectedOf(one, operation);
    const isTimeout = wanted !== 'done' && wanted.kind === 'timed-out';
    if (!isTimeout) {
      client.close();
      client = clientFor(service.baseUrl, PATIENT_MS);
    }
    const found = await outcome(run(operation));
    if (wanted === 'done') expect(found).toBe('done');
    else expect(found).toMatchObject(wanted);
  });

  test.each([300, 301, 302, 303, 304, 305, 306, 307, 308])(
    'a %i is not followed: nothing reaches the other address',
    async (status) => {
      const other = await startScriptedService();
      try {
        for (const location of [
          `${other.baseUrl}/linkify`,
          '/linkify',
          'file:///etc/passwd',
          'unix:/run/docker.sock:/x',
          'javascript:alert(1)',
        ]) {
          service.script({ [ROUTES[operation]]: { status, headers: { location } } });
          expect(await outcome(run(operation))).toEqual(bad('redirect', false));
        }
        expect(other.connections()).toBe(0);
        expect(service.sent(ROUTES[operation])).toHaveLength(5);
      } finally {
        await other.close();
      }
    },
  );

  test.each([400, 401])('after one %i connects again and succeeds unnoticed', async (status) => {
    await client.connect();
    service.script({
      [ROUTES[operation]]: [{ status }, GOOD[operation]],
    });
    expect(await outcome(run(operation))).toBe('done');
    expect(service.sent('POST /connect')).toHaveLength(2);
  });

  test('a service that is not there', async () => {
    const { baseUrl } = service;
    await service.close();
    expect(await outcome(run(operation))).toEqual({ kind: 'unreachable', baseUrl });
  });

  test('a host name that does not exist', async () => {
    const baseUrl = 'https://nowhere.invalid';
    client = clientFor(baseUrl);
    expect(await outcome(run(operation))).toEqual({ kind: 'unreachable', baseUrl });
  });

  test.each([
    [{ signedIn: false }, { kind: 'sign-in-required' }],
    [{ cloud: null }, { kind: 'cloud-not-connected', cloud: 'never-connected' }],
    [{ cloud: 'PENDING' }, { kind: 'cloud-not-connected', cloud: 'pending' }],
    [{ cloud: 'DISCONNECTED' }, { kind: 'cloud-not-connected', cloud: 'disconnected' }],
    [{ cloud: 'FAILED' }, { kind: 'cloud-not-connected', cloud: 'failed' }],
    [{ cloud: 'RUNNING' }, { kind: 'cloud-not-connected', cloud: 'running' }],
    [{ cloud: 'constructor' }, { kind: 'cloud-not-connected', cloud: 'unknown' }],
  ])('511 with %j is found out about', async (state, expected) => {
    Object.assign(service.memory.state, state);
    service.script({ [ROUTES[operation]]: { status: 511 } });
    expect(await outcome(run(operation))).toEqual(expected);
    expect(service.sent('GET /user')).toHaveLength(1);
  });

  test('511 of a network that asks for a login is told as such', async () => {
    service.script({
      [ROUTES[operation]]: { status: 511 },
      'GET /user': { html: '<form>' },
    });
    expect(await outcome(run(operation))).toEqual(bad('web-page', false));
  });

  test('511 with a /user that fails means sign in', async () => {
    service.script({ [ROUTES[operation]]: { status: 511 }, 'GET /user': { status: 503 } });
    expect(await outcome(run(operation))).toEqual({ kind: 'sign-in-required' });
  });

  test('cancelled before it began sends nothing', async () => {
    const signal = AbortSignal.abort();
    const calls: Record<Operation, () => Promise<unknown>> = {
      asset: () => client.createAsset(TEXT, { signal }),
      list: () => client.shares({ signal }),
      share: () => client.linkify(TEXT, { signal }),
      shareMany: () => client.linkifyMultiple(['as-1'], undefined, { signal }),
      revoke: () => client.revoke('x', { signal }),
    };
    expect(await outcome(calls[operation]())).toEqual({ kind: 'cancelled' });
    expect(service.sent(ROUTES[operation])).toHaveLength(0);
  });

  test.each([400, 401, 403, 500, 503, 511])('a connect that answers %i', async (status) => {
    service.script({ 'POST /connect': { status } });
    expect(await outcome(run(operation))).not.toBe('done');
    expect(service.sent(ROUTES[operation])).toHaveLength(0);
  });
});
