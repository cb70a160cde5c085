import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLinkifyClient } from '../../../main/linkify/client.ts';
import type { LinkifyService } from '../../../main/linkify/model.ts';
import { type ScriptedService, startScriptedService } from '../../support/scripted-service.ts';
import { createTestApp } from '../../support/test-app.ts';
import { text, textPattern } from '../../support/text.ts';
import { type FailureOutcome, OUTCOMES } from '../failures/failure-outcomes.ts';
import { CASES, type Case, expectedOf, labelOf, ROUTES } from '../failures/failure-rows.ts';

/**
 * The failure matrix the whole way: what a person reads of each failure, and what is kept of it; and
 * that it becomes exactly one link, of what was copied then, once the service works again.
 */

const NOW_MS = Date.parse('2026-11-23T14:00:00Z');
let service: ScriptedService;
let client: LinkifyService;

beforeEach(async () => {
  service = await startScriptedService();
  client = createLinkifyClient({
    baseUrl: service.baseUrl,
    appVersion: '0.1.0',
    platform: 'linux',
    timeouts: { quickMs: 500, createMs: 500, cloudMs: 300, uploadMs: 0, readMs: 300 },
    retryAfterErrorMs: 5,
    now: () => NOW_MS,
  });
});

afterEach(async () => {
  client.close();
  await service.close();
});

/** Of a share its asset or its link fails, or a collection's link. */
const PARTS = ['asset', 'share', 'shareMany'] as const;
type Part = (typeof PARTS)[number];

const SOURCES = {
  one: { from: 'clipboard' },
  many: { from: 'texts', items: [{ text: 'one' }, { text: 'two' }], name: 'notes' },
} as const;
const sourceOf = (part: Part) => (part === 'shareMany' ? SOURCES.many : SOURCES.one);
const KEPT_SENTENCE = {
  waits: 'pendingAutomatic',
  held: 'pendingNeedsDecision',
} as const;

/** What a case comes to when someone shares; a link is asked for over its asset, which may be gone. */
function comesTo(one: Case, part: Part): FailureOutcome & { readonly isStray: boolean } {
  const expected = expectedOf(one, part);
  const label = labelOf(expected);
  const isGone = part === 'share' && label === 'not-linkify';
  const outcome = OUTCOMES[(isGone ? 'not-found' : label) as keyof typeof OUTCOMES];
  if (outcome === undefined) throw new Error(`nothing is said of ${label}`);
  return { ...outcome, isStray: expected !== 'done' && 'shareId' in expected };
}

const heal = (): void => {
  service.script({});
  Object.assign(service.memory.state, { signedIn: true, cloud: 'RUNNING' });
};

const livingShares = () => [...service.memory.shares.values()].filter(({ revoked }) => !revoked);

describe.each(PARTS)('%s', (part) => {
  test.each(CASES)('%s', async (_name, one) => {
    const outcome = comesTo(one, part);
    const app = createTestApp(client);
    Object.assign(service.memory.state, one.state);
    service.script({ [ROUTES[part]]: one.reply });
    const shared = await app.actions.share(sourceOf(part));

    expect(shared.ok).toBe(false);
    const { failure, pending } = app.model.get();
    expect(outcome.title.map((key) => text(key))).toContain(failure?.title);
    const kept = KEPT_SENTENCE[outcome.kept === 'held' ? 'held' : 'waits'];
    expect(failure?.sentence).toSatisfy((sentence: string) =>
      outcome.sentence.some((keys) => textPattern([...keys, kept]).test(sentence)),
    );
    expect(failure?.action?.id).toBe(outcome.isStray ? 'revoke' : outcome.action);
    const [entry, ...others] = app.outbox.list();
    expect(others).toEqual([]);
    const keptId = entry?.head.id ?? '';
    expect(entry?.state).toBe(outcome.kept === 'waits' ? 'pending' : 'needs-decision');
    expect(app.clipboard.writes).toEqual([]);
    expect(app.links.list()).toEqual([]);
    expect(pending).toMatchObject([{ id: keptId, reason: failure?.title }]);

    heal();
    expect(await app.attempts.sendNow(keptId)).toMatchObject({ ok: true });
    expect(livingShares()).toHaveLength(1);
    const [made] = livingShares();
    const contents = made?.assetIds.map((id) => service.memory.assets.get(id)?.text);
    expect(contents).toEqual(part === 'shareMany' ? ['one', 'two'] : ['what was copied']);
    expect(app.outbox.list()).toEqual([]);
    expect(app.disk.store.load()).toEqual([]);
    expect(app.links.list()).toHaveLength(1);
    expect(app.model.get().failure).toBeNull();
    expect(service.memory.assets.size).toBe(contents?.length);
  });
});

describe('list', () => {
  // A list that leaves out what was made cannot be found out; these are the ones that do not tell.
  const silent = CASES.filter(([, one]) => expectedOf(one, 'list') !== 'done');

  test.each(silent)('%s: what may have been made is not asked for again', async (_name, one) => {
    const lost = { 'POST /linkify': { work: true, trouble: 'reset' } } as const;
    service.script({ ...lost, 'GET /shares': one.reply });
    const app = createTestApp(client);
    await app.actions.share(SOURCES.one);
    const [entry] = app.outbox.list();
    if (entry === undefined) throw new Error('nothing was kept');
    Object.assign(service.memory.state, one.state);
    service.script({ 'GET /shares': one.reply });
    await app.attempts.attempt(entry);
    expect(service.sent('POST /linkify')).toHaveLength(1);
    expect(app.outbox.list()).toHaveLength(1);

    heal();
    expect(await app.attempts.sendNow(entry.head.id)).toMatchObject({ ok: true });
    expect(service.sent('POST /linkify')).toHaveLength(1);
    expect(livingShares()).toHaveLength(1);
    expect(service.memory.assets.size).toBe(1);
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
    const app = createTestApp(client);
    const result = await app.sharing.share(
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
    const app = createTestApp(client);
    const result = await app.sharing.share({ from: 'clipboard' });
    const id = result.ok ? '' : (result.failure.about.pendingId ?? '');
    const [entry] = app.outbox.list();
    if (entry === undefined) throw new Error('nothing was kept');
    service.script({ 'GET /shares': { status: 503 } });
    expect(await app.attempts.attempt(entry)).toEqual({ kind: 'unavailable' });
    expect(service.sent('POST /linkify')).toHaveLength(1);

    service.script({});
    expect(await app.attempts.sendNow(id)).toMatchObject({ ok: true });
    expect(service.sent('POST /linkify')).toHaveLength(1);
    expect(livingShares()).toHaveLength(1);
  });
});

describe('revoke', () => {
  test.each(CASES)('%s', async (_name, one, row) => {
    const app = createTestApp(client);
    const shared = await app.actions.share(SOURCES.one);
    if (!shared.ok) throw new Error('not shared');
    const { id } = shared.value;
    const pendingRevokes = () =>
      app.outbox.list().filter(({ head }) => head.type === 'cleanup' && head.shareId === id);
    Object.assign(service.memory.state, one.state);
    service.script({ [ROUTES.revoke]: one.reply });
    const revoked = await app.actions.revoke(id);
    const [undo] = pendingRevokes();
    const { failure, links } = app.model.get();
    const label = labelOf(expectedOf(one, 'revoke'));
    expect(revoked.ok).toBe(label === 'done');
    if (label === 'done') {
      expect(row.revoke).toContain('done');
      expect(undo).toBeUndefined();
      expect(links[0]?.state).toBe('revoked');
      return;
    }
    const outcome = OUTCOMES[label as keyof typeof OUTCOMES];
    const waits = outcome.kept === 'waits';
    expect(row.revoke).toContain(waits ? 'waits' : 'told');
    expect(failure).toMatchObject({ title: text('notRevokedTitle'), linkId: id });
    const why = outcome.title.map((key) => text('notRevoked', { why: text(key) }));
    const later = waits ? ` ${text('revokePending')}` : '';
    expect(why.map((sentence) => sentence + later)).toContain(failure?.sentence);
    // Nothing that its button does shares anything.
    expect(['retry', 'sign-in', 'connect-cloud', 'update-service']).toContain(failure?.action?.id);
    expect(links[0]?.state).toBe(waits ? 'revoke-pending' : 'failed');
    expect(pendingRevokes()).toHaveLength(waits ? 1 : 0);

    heal();
    if (undo === undefined) {
      expect(await app.actions.revoke(id)).toMatchObject({ ok: true });
    } else {
      expect(await app.attempts.attempt(undo)).toEqual({ kind: 'done' });
      expect(app.notices.at(-1)?.title).toBe(text('linkRevoked'));
    }
    expect(livingShares()).toEqual([]);
    expect(pendingRevokes()).toEqual([]);
    expect(app.model.get()).toMatchObject({ failure: null, links: [{ id, state: 'revoked' }] });
  });
});
