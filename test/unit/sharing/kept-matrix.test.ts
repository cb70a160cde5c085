import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLinkifyClient } from '../../../main/linkify/client.ts';
import type { LinkifyService } from '../../../main/linkify/model.ts';
import { type ScriptedService, startScriptedService } from '../../support/scripted-service.ts';
import { wholeWay } from '../../support/whole-way.ts';
import {
  ANSWERS,
  CONNECTION,
  type Operation,
  ROUTES,
  type Row,
  STATUSES,
} from '../linkify/failure-rows.ts';

/**
 * docs/failures.md, column "kept": after each failure the share is in the outbox, and nothing else
 * changed; once the service works again it becomes exactly one link, from what was copied then.
 */

let service: ScriptedService;
let client: LinkifyService;

beforeEach(async () => {
  service = await startScriptedService();
  client = createLinkifyClient({
    baseUrl: service.baseUrl,
    appVersion: '0.1.0',
    platform: 'linux',
    patience: { quickMs: 500, createMs: 500, cloudMs: 300, uploadMs: 0, readMs: 300 },
    repeatAfterErrorMs: 5,
  });
});

afterEach(async () => {
  client.close();
  await service.close();
});

/** What goes out by itself; all else that is kept needs the person first. */
const WAITS = new Set([
  'connection-lost',
  'timed-out',
  'rate-limited',
  'not-ready',
  'service-error',
  'update-required',
  'not-uploaded-yet',
  'sign-in-required',
  'cloud-not-connected',
  'unreachable',
  'web-page',
  'redirect',
  'not-linkify',
  'not-http',
]);
const HELD = new Set([
  'rejected',
  'unauthorized',
  'github-not-connected',
  'too-large',
  'name-taken',
  'not-found',
  'storage-full',
  'not-json',
  'wrong-shape',
  'no-link',
  'unusable-link',
  'too-long',
  'unexpected-status',
]);

const ROWS = [...CONNECTION, ...STATUSES, ...ANSWERS];

/** What a row says that becomes of an operation: its fault's kind, or for a bad answer the reason. */
function causeOf(expected: Row[2], operation: Operation): string {
  const one = typeof expected === 'object' && operation in expected ? expected : undefined;
  const of = one === undefined ? expected : (one as Record<Operation, unknown>)[operation];
  if (typeof of !== 'object' || of === null) return String(of);
  const { kind, reason } = of as { readonly kind?: string; readonly reason?: string };
  return String(reason ?? kind);
}

const livingShares = () => [...service.memory.shares.values()].filter(({ revoked }) => !revoked);

describe.each(['share', 'shareMany'] as const)('%s', (operation) => {
  test.each(ROWS)('%s', async (does, reply, expected) => {
    service.script({ [ROUTES[operation]]: reply });
    const app = wholeWay(client);
    const result = await app.sharer.share(
      operation === 'share'
        ? { from: 'clipboard' }
        : { from: 'texts', items: [{ text: 'one' }, { text: 'two' }], name: 'notes' },
    );

    expect(result.ok).toBe(false);
    if (result.ok) return;
    const { fault, keptId } = result;
    const kind = fault.kind === 'bad-response' ? fault.reason : fault.kind;
    // The asset is made first, so that these are about the asset, and not about the call.
    const assetIsGone = operation === 'share' && (does === '404' || does === '410');
    expect(kind).toBe(assetIsGone ? 'not-found' : causeOf(expected, operation));
    expect([...WAITS, ...HELD]).toContain(kind);
    const entries = app.outbox.list();
    expect(entries).toHaveLength(1);
    expect(entries[0]?.head.id).toBe(keptId);
    expect(entries[0]?.state).toBe(WAITS.has(kind) ? 'waiting' : 'held');
    expect(app.clipboard.writes).toEqual([]);
    expect(app.links.list()).toEqual([]);
    // What tells of it names neither the content nor an address of the service's choosing.
    expect(app.waiting.views()).toMatchObject([{ id: keptId }]);

    service.script({});
    const sent = await app.waiting.sendNow(keptId ?? '');
    expect(sent.ok).toBe(true);
    expect(livingShares()).toHaveLength(1);
    const [made] = livingShares();
    const contents = made?.assetIds.map((id) => service.memory.assets.get(id)?.text);
    expect(contents).toEqual(operation === 'share' ? ['what was copied'] : ['one', 'two']);
    expect(app.outbox.list()).toEqual([]);
    expect(app.disk.entries.size).toBe(0);
    expect(app.links.list()).toHaveLength(1);
    expect(service.memory.assets.size).toBe(contents?.length);
  });
});

describe('a service that made the link, though its answer was lost', () => {
  test.each(
    (['share', 'shareMany'] as const).flatMap((operation) =>
      (['reset', 'close', 'hang', 'reset-mid-body'] as const).map(
        (trouble) => [operation, trouble] as const,
      ),
    ),
  )('%s, %s: it is found, and not made again', async (operation, trouble) => {
    service.script({ [ROUTES[operation]]: { work: true, trouble } });
    const app = wholeWay(client);
    const result = await app.sharer.share(
      operation === 'share'
        ? { from: 'clipboard' }
        : { from: 'texts', items: [{ text: 'one' }, { text: 'two' }] },
    );
    expect(result).toMatchObject({ ok: true });
    expect(livingShares()).toHaveLength(1);
    expect(app.outbox.list()).toEqual([]);
  });

  test('while its list cannot be had, nothing is asked for again', async () => {
    service.script({
      'POST /linkify': { work: true, trouble: 'reset' },
      'GET /shares': { status: 503 },
    });
    const app = wholeWay(client);
    const result = await app.sharer.share({ from: 'clipboard' });
    const id = result.ok ? '' : (result.keptId ?? '');
    const [entry] = app.outbox.list();
    if (entry === undefined) throw new Error('nothing was kept');
    service.script({ 'GET /shares': { status: 503 } });
    expect(await app.waiting.attempt(entry)).toEqual({ kind: 'not-now' });
    expect(service.sent('POST /linkify')).toHaveLength(1);

    service.script({});
    expect(await app.waiting.sendNow(id)).toMatchObject({ ok: true });
    expect(service.sent('POST /linkify')).toHaveLength(1);
    expect(livingShares()).toHaveLength(1);
  });
});

describe('revoke', () => {
  test.each(ROWS)('%s', async (_does, reply, expected) => {
    const app = wholeWay(client);
    const shared = await app.actions.share({ from: 'clipboard' });
    if (!shared.ok) throw new Error('not shared');
    const { id } = shared.value;
    service.script({ [ROUTES.revoke]: reply });
    const outcome = await app.actions.revoke(id);
    const [undo] = app.outbox.list();
    const state = app.model.get().links[0]?.state;
    const cause = causeOf(expected, 'revoke');
    expect(outcome.ok).toBe(cause === 'done');
    if (outcome.ok) {
      expect(undo).toBeUndefined();
      expect(state).toBe('revoked');
      return;
    }
    const waits = WAITS.has(cause);
    expect(waits || HELD.has(cause)).toBe(true);
    expect(state).toBe(waits ? 'revoke-waits' : 'failed');
    expect(app.outbox.list()).toHaveLength(waits ? 1 : 0);
    if (undo === undefined) return;

    service.script({});
    expect(await app.waiting.attempt(undo)).toEqual({ kind: 'over' });
    expect(livingShares()).toEqual([]);
    expect(app.outbox.list()).toEqual([]);
    expect(app.model.get().links).toMatchObject([{ id, state: 'revoked' }]);
    expect(app.notices.at(-1)?.title).toBe('Link revoked');
  });
});
