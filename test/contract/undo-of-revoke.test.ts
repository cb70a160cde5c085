import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { Failures } from '../../main/failures/failures.ts';
import type { Fault } from '../../main/failures/faults.ts';
import { checkLink } from '../../main/linkify/check-link.ts';
import { createLinkifyClient } from '../../main/linkify/client.ts';
import { LinkifyError } from '../../main/linkify/errors.ts';
import { RecentLinks } from '../../main/links/recent-links.ts';
import { Revokes } from '../../main/links/revoke-links.ts';
import type { RecentLink } from '../../main/links/schema.ts';
import { createVerifyLinks } from '../../main/links/verify-links.ts';
import { AppDatabase } from '../../main/storage/app-database.ts';
import { get, startTestService, type TestService, textSeed } from '../support/service/run.ts';
import { TestTarget, testTargets } from '../support/targets.ts';

// The app's own list against the service itself: a revoke that is taken back, or not in time.

let running: TestService;
beforeAll(async () => {
  running = await startTestService({ undoMs: 600_000 });
});
afterAll(() => running.end());

async function setUp(
  { service, api }: Pick<TestService, 'service' | 'api'> = running,
  database = new AppDatabase({ path: ':memory:' }),
) {
  const { apiBaseUrl: baseUrl, token } = service;
  const client = createLinkifyClient({
    baseUrl,
    token,
    appVersion: '1.0.0',
    platform: 'linux',
  });
  const links = new RecentLinks({ database });
  const target = new TestTarget(client, { kind: 'built-in', name: 'Here' });
  target.look = (link, method) => checkLink(link, { method, ownOrigins: [new URL(link).origin] });
  const targets = testTargets(target);
  const faults: Fault['kind'][] = [];
  const failures = new Failures(Date.now);
  failures.on('reported', ({ fault }) => faults.push(fault.kind));
  const revoker = new Revokes({
    links,
    targets,
    pending: { revokeLater: async () => false, isRevoking: () => false },
    failures,
    now: Date.now,
  });
  const proofs = createVerifyLinks({
    links,
    targets,
    current: async (link) => link,
    outbox: { deleteAssets() {} },
    wait: () => new Promise(() => {}),
    now: () => 12_345,
  });
  onTestFinished(() => proofs.stop());
  const share = async (text: string): Promise<RecentLink> => {
    const made = await api.share(textSeed(text));
    const link: RecentLink = {
      id: made.id,
      kind: 'text',
      title: text,
      sizeBytes: text.length,
      count: 1,
      link: made.link,
      service: { kind: 'built-in', name: 'Here', baseUrl },
      createdAtMs: Date.now(),
      state: 'active',
      assetIds: [],
    };
    links.add(link);
    return link;
  };
  const shown = (id: string) => links.get(id);
  return { client, links, revoker, proofs, faults, share, shown, target };
}

test('a revoke that is taken back leaves the link as it was, and not proven dead', async () => {
  const { revoker, proofs, share, shown } = await setUp();
  const link = await share('taken back');
  expect(await revoker.revoke(link.id, false)).toMatchObject({ ok: true });
  expect((await get(`${link.link}/raw`)).status).toBe(410);
  expect(shown(link.id)?.state).toBe('revoked');
  expect((revoker.restorableUntilMs(link.id) ?? 0) - Date.now()).toBeGreaterThan(500_000);
  await expect.poll(() => shown(link.id)?.confirmedRevokedAtMs).toBe(12_345);

  expect(await revoker.restore(link.id)).toMatchObject({ ok: true });
  expect((await get(`${link.link}/raw`)).text).toBe('taken back');
  expect(shown(link.id)).toMatchObject({ state: 'active', confirmedRevokedAtMs: undefined });
  expect(proofs.of(link.id)).toEqual({});
  expect(revoker.restorableUntilMs(link.id)).toBeUndefined();
});

test('an undo that is pressed while the revoke is still under way takes it back', async () => {
  const { revoker, share, shown } = await setUp();
  const link = await share('both at once');
  const revoked = revoker.revoke(link.id, false);
  const restored = revoker.restore(link.id);
  expect(await Promise.all([revoked, restored])).toMatchObject([{ ok: true }, { ok: true }]);
  expect(shown(link.id)?.state).toBe('active');
  expect((await get(`${link.link}/raw`)).text).toBe('both at once');
});

test('a final revoke has no way back, also of what could have been taken back', async () => {
  const { revoker, faults, share, shown } = await setUp();
  const link = await share('for good');
  await revoker.revoke(link.id, false);
  await revoker.revoke(link.id, true);
  expect(revoker.restorableUntilMs(link.id)).toBeUndefined();
  expect(await revoker.restore(link.id)).toMatchObject({ ok: false });
  expect(faults).toEqual(['restore-expired']);
  expect(shown(link.id)?.state).toBe('revoked');
  const { json } = await running.api.call('GET', `/x-linkify/shares/${link.id}`);
  expect(json.state).toBe('revoked');
});

test('one that its service ended meanwhile stays revoked, and that is said', async () => {
  const { revoker, faults, share, shown } = await setUp();
  const link = await share('ended elsewhere');
  await revoker.revoke(link.id, false);
  await running.api.revoke(link.id);
  await revoker.restore(link.id);
  expect(faults).toEqual(['restore-expired']);
  expect(shown(link.id)?.state).toBe('revoked');
  expect(revoker.restorableUntilMs(link.id)).toBeUndefined();
});

test('one that was gone already counts as revoked, without an undo', async () => {
  const { revoker, faults, share, shown } = await setUp();
  const link = await share('gone before');
  await running.api.revoke(link.id);
  await revoker.revoke(link.id, false);
  expect(faults).toEqual([]);
  expect(shown(link.id)?.state).toBe('revoked');
  expect(revoker.restorableUntilMs(link.id)).toBeUndefined();
});

test('the undo goes when its time is over', async () => {
  const short = await startTestService({ undoMs: 600 });
  onTestFinished(() => short.end());
  const { revoker, share } = await setUp(short);
  const link = await share('too late');
  await revoker.revoke(link.id, false);
  expect(revoker.restorableUntilMs(link.id)).toBeDefined();
  await expect.poll(() => revoker.restorableUntilMs(link.id), { timeout: 5_000 }).toBeUndefined();
});

test('with the service out of reach, nothing is lost: the undo stays, and the link revoked', async () => {
  const away = await startTestService({ undoMs: 600_000 });
  onTestFinished(() => away.end().catch(() => undefined));
  const { revoker, faults, share, shown } = await setUp(away);
  const link = await share('not now');
  await revoker.revoke(link.id, false);
  await away.stop();
  await revoker.restore(link.id);
  expect(faults).toEqual(['not-restored']);
  expect(shown(link.id)?.state).toBe('revoked');
  expect(revoker.restorableUntilMs(link.id)).toBeDefined();
});

test('the client tells when a share ends for good, and what became of it', async () => {
  const { client, share } = await setUp();
  const { id } = await share('asked by the client');
  const untilMs = await client.own.close(id);
  expect((untilMs ?? 0) - Date.now()).toBeGreaterThan(500_000);
  expect(await client.own.state(id)).toEqual({ state: 'closed' });
  await client.own.reopen(id);
  expect(await client.own.state(id)).toEqual({ state: 'active' });
  await expect(client.own.reopen('nosuchshare')).rejects.toMatchObject({
    fault: { kind: 'not-found' },
  });
});

test('a share that was closed right before a crash is reported as ended at the next start, once', async () => {
  const crashed = await startTestService({ undoMs: 100 });
  onTestFinished(() => crashed.end());
  const { id } = await crashed.api.share(textSeed('closed'));
  await crashed.api.call('POST', `/x-linkify/shares/${id}/close`, {});
  // What is on the disk at this moment, as a crash leaves it.
  const dataDir = await mkdtemp(join(tmpdir(), 'linkify-service-'));
  await cp(crashed.dataDir, dataDir, { recursive: true });
  await pause(150);
  const ended: unknown[] = [];
  const next = await startTestService({ dataDir, onEnded: (end) => ended.push(end) });
  onTestFinished(() => next.end());
  await expect.poll(() => ended).toMatchObject([{ shareId: id, how: 'revoked' }]);
});

const lost = new LinkifyError({ kind: 'connection-lost', outcomeUnknown: true });

test.each([true, false])(
  'a restore without a response is what the server says of it (restored: %s)',
  async (isRestored) => {
    const { revoker, faults, share, shown, target } = await setUp();
    const link = await share('no response');
    await revoker.revoke(link.id, false);
    const restore = target.restore.bind(target);
    target.restore = async (id) => {
      if (isRestored) await restore(id);
      throw lost;
    };
    expect((await revoker.restore(link.id)).ok).toBe(isRestored);
    expect(shown(link.id)?.state).toBe(isRestored ? 'active' : 'revoked');
    expect((await get(`${link.link}/raw`)).status).toBe(isRestored ? 200 : 410);
    expect(faults).toEqual(isRestored ? [] : ['not-restored']);
    expect(revoker.restorableUntilMs(link.id) === undefined).toBe(isRestored);
  },
);

test('a link is not listed as revoked while its server may have restored it', async () => {
  const { revoker, proofs, faults, share, shown, target } = await setUp();
  const link = await share('no response at all');
  await revoker.revoke(link.id, false);
  await expect.poll(() => shown(link.id)?.confirmedRevokedAtMs).toBe(12_345);
  const { restore, stateOf } = target;
  target.restore = async (id) => {
    await restore.call(target, id);
    throw lost;
  };
  target.stateOf = () => Promise.reject(lost);
  expect(await revoker.restore(link.id)).toMatchObject({
    failure: { fault: { kind: 'not-restored', outcomeUnknown: true } },
  });
  expect(shown(link.id)).toMatchObject({ state: 'active', confirmedRevokedAtMs: undefined });
  expect(proofs.of(link.id)).toEqual({});
  expect((await get(`${link.link}/raw`)).status).toBe(200);
  // The undo is still offered, and tried again.
  expect(revoker.restorableUntilMs(link.id)).toBeDefined();
  Object.assign(target, { restore, stateOf });
  expect(await revoker.restore(link.id)).toMatchObject({ ok: true });
  expect(faults).toEqual(['not-restored']);
});

test('a link is not restored where the list cannot say so', async () => {
  class FullDatabase extends AppDatabase {
    isFull = false;
    override run(...statement: Parameters<AppDatabase['run']>): void {
      if (this.isFull) throw new Error('SQLITE_FULL');
      super.run(...statement);
    }
  }
  const database = new FullDatabase({ path: ':memory:' });
  const { revoker, faults, share, shown } = await setUp(running, database);
  const link = await share('disk full');
  await revoker.revoke(link.id, false);
  database.isFull = true;
  await revoker.restore(link.id);
  expect(faults).toEqual(['not-restored']);
  expect(shown(link.id)?.state).toBe('revoked');
  expect((await get(`${link.link}/raw`)).status).toBe(410);
  database.isFull = false;
  expect(await revoker.restore(link.id)).toMatchObject({ ok: true });
});
