import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prepareText } from '../../main/items/prepare-items.ts';
import { API_ONLY, OUR_SERVER } from '../../main/targets/capabilities.ts';
import { clientCreator } from '../../main/targets/create-client.ts';
import type { Target } from '../../main/targets/target.ts';
import { english } from '../support/messages.ts';
import { type ScriptedService, startScriptedService } from '../support/scripted-service.ts';
import { get, startTestService, type TestService } from '../support/service/run.ts';
import { selection } from '../support/targets.ts';

// A server by URL: our own one identifies itself and offers what this computer offers.

let ours: TestService;
let other: ScriptedService;
beforeAll(async () => {
  ours = await startTestService();
  other = await startScriptedService();
});
afterAll(async () => {
  await ours.end();
  await other.close();
});

const createClient = clientCreator({ appVersion: '0.0.0', platform: process.platform });

function chosen(url: string, token?: string) {
  const app = selection(createClient, () => true);
  app.choose(url, token);
  return app.targets;
}

const shareOf = (target: Target, text: string) =>
  target.share(prepareText(text, english).items, { expiresInSeconds: 3_600 }, {});

describe('our own server', () => {
  test('tells when it is connected what it can do, and stored links remember it', async () => {
    const targets = chosen(ours.service.apiBaseUrl, ours.service.token);
    const { target } = targets.selected();
    expect(target.capabilities).toBeUndefined();
    await target.connect();
    expect(target.capabilities).toEqual(OUR_SERVER);
    const later = chosen(ours.service.apiBaseUrl, ours.service.token);
    expect(later.capabilitiesOf(target.ref)).toEqual(OUR_SERVER);
  });

  test('is verified when it is chosen, and tells its storage', async () => {
    const targets = chosen(ours.service.apiBaseUrl, ours.service.token);
    await targets.refresh();
    const { account, fault, state } = targets.selected().target.status;
    expect({ fault, state }).toEqual({ fault: undefined, state: 'ready' });
    expect(account?.quotaBytes).toBeGreaterThan(account?.usedBytes ?? Infinity);
  });

  test('tells whose token it is, and their storage', async () => {
    const response = await fetch(`${ours.service.apiBaseUrl}/x-linkify/users`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${ours.service.token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ name: 'Anna', quotaBytes: 5_000_000 }),
    });
    const { token } = (await response.json()) as { readonly token: string };
    const targets = chosen(ours.service.apiBaseUrl, token);
    await targets.refresh();
    const { target } = targets.selected();
    await shareOf(target, 'a note of Anna');
    await targets.refresh();
    expect(target.status.account).toMatchObject({ name: 'Anna', quotaBytes: 5_000_000 });
    expect(target.status.account?.usedBytes).toBeGreaterThan(0);
  });

  test('says when it rejects the token, and recovers with the right one', async () => {
    const app = selection(createClient, () => true);
    app.choose(ours.service.apiBaseUrl, 'wrong');
    app.targets.applyChoice();
    await app.targets.refresh();
    const { state, fault } = app.targets.selected().target.status;
    expect({ state, kind: fault?.kind }).toEqual({ state: 'problem', kind: 'unauthorized' });
    app.choose(ours.service.apiBaseUrl, ours.service.token);
    app.targets.applyChoice();
    await expect.poll(() => app.targets.selected().target.status.account).toBeDefined();
  });

  test('renames links, changes their options, revokes and restores them', async () => {
    const targets = chosen(ours.service.apiBaseUrl, ours.service.token);
    const { target } = targets.selected();
    await target.connect();
    const { id, link, extension } = await shareOf(target, 'a note');
    expect(extension?.expiresAtMs).toBeGreaterThan(Date.now());
    expect(await target.rename(id, 'Plan for May')).toMatch(/^Plan for May/);
    const change = { expiresInSeconds: null, maxOpens: 3, password: 'open sesame' };
    expect(await target.changeOptions(id, change)).toEqual({ maxOpens: 3, password: true });
    expect((await get(link)).text).toContain('type="password"');
    expect(await target.changeOptions(id, { maxOpens: null, password: null })).toEqual({});
    expect((await get(link)).text).toContain('a note');
    await expect(target.changeOptions(id, { maxOpens: 1 })).resolves.toEqual({ maxOpens: 1 });
    expect(await target.changeOptions(id, { maxOpens: null })).toEqual({});
    const { restorableUntilMs } = await target.revoke(id, false);
    expect(restorableUntilMs).toBeGreaterThan(Date.now());
    expect((await get(link)).status).toBe(410);
    await target.restore(id);
    expect((await get(link)).status).toBe(200);
    expect(await target.revoke(id, true)).toEqual({});
    expect(await targets.countingOpens()).toMatchObject([{ id: target.id, sendsEvents: false }]);
  });

  test('offers nothing of that for links whose access token is not ours to send', async () => {
    const targets = chosen(ours.service.apiBaseUrl, ours.service.token);
    const { target } = targets.selected();
    await target.connect();
    const elsewhere = chosen(other.baseUrl);
    expect(elsewhere.capabilitiesOf(target.ref)).toEqual(API_ONLY);
  });
});

describe('another server', () => {
  test('offers what the API has, and is never sent share options', async () => {
    const { target } = chosen(other.baseUrl).selected();
    await target.connect();
    expect(target.capabilities).toEqual(API_ONLY);
    const { id } = await shareOf(target, 'a note');
    const bodies = other.requests.map(({ body }) => String(body)).join();
    expect(bodies).not.toContain('expiresInSeconds');
    expect(await target.revoke(id, false)).toEqual({});
  });
});

test('a lost response needs no search: the same assets get the same link', async () => {
  const { target } = chosen(ours.service.apiBaseUrl, ours.service.token).selected();
  await target.connect();
  const client = await target.client();
  const { items } = prepareText('asked for twice', english);
  const asset = await client.createAsset(items[0]);
  let linkRequestedAtMs: number | undefined;
  const journal = {
    asset: () => asset,
    get linkRequestedAtMs() {
      return linkRequestedAtMs;
    },
    recordAssetCreated: () => {},
    recordLinkRequested() {
      linkRequestedAtMs = Date.now();
    },
    recordLinkRefused() {
      linkRequestedAtMs = undefined;
    },
    recordAssetsLost: () => {},
  };
  const first = await target.share(items, { expiresInSeconds: 60 }, { journal });
  expect(linkRequestedAtMs).toBeDefined();
  expect((await target.share(items, { expiresInSeconds: 60 }, { journal })).id).toBe(first.id);
  // With other options the key is refused, and the link is found on the list.
  expect((await target.share(items, { expiresInSeconds: 90 }, { journal })).id).toBe(first.id);
});
