import { describe, expect, test } from 'vitest';
import { LinkifyError, type LinkifyFault } from '../../../main/linkify/errors.ts';
import type { ServerExtensions, ShareStateResponse } from '../../../main/linkify/model.ts';
import type { OptionsChange } from '../../../main/share-options.ts';
import { API_ONLY, THIS_COMPUTER } from '../../../main/targets/capabilities.ts';
import { fakeClient } from '../../support/fakes.ts';
import { createTestApp, type TestAppOptions } from '../../support/test-app.ts';

interface Answers {
  readonly fault?: LinkifyFault;
  readonly state?: ShareStateResponse['state'];
}

/** An app with one link, and what its server is asked to change. */
async function setUp({ fault, state = 'active' }: Answers = {}, more: TestAppOptions = {}) {
  const asked: OptionsChange[] = [];
  let nowMs = 1_000;
  const own: Partial<ServerExtensions> = {
    async changeOptions(id, change) {
      asked.push(change);
      if (fault !== undefined) throw new LinkifyError(fault);
      const { once = false, maxOpens = null, password } = change;
      const extension = {
        views: 0,
        once,
        password: typeof password === 'string',
        ...(maxOpens === null ? {} : { maxOpens }),
        expiresAtMs: 9_000,
      };
      return { id, link: 'http://127.0.0.1:9/s/1', assetIds: [], extension };
    },
    state: async () => ({ state }),
  };
  // Only these calls are made.
  const client = fakeClient({ own: own as ServerExtensions });
  const app = createTestApp(client, {
    kind: 'built-in',
    capabilities: THIS_COMPUTER,
    now: () => nowMs,
    content: { kind: 'text', text: 'the content' },
    ...more,
  });
  await app.actions.share({ from: 'clipboard' }, { expiresInSeconds: 60 });
  return {
    ...app,
    asked,
    change: (change: OptionsChange) => app.actions.changeOptions('share-1', change),
    link: () => app.links.get('share-1'),
    pass(ms: number): void {
      nowMs += ms;
    },
  };
}

test('the list shows what the server confirmed, and nothing of the password', async () => {
  const { asked, change, link } = await setUp();
  const options = { password: 'open sesame', maxOpens: 4 };
  expect(await change(options)).toMatchObject({
    ok: true,
    value: { password: true, maxOpens: 4, expiresAtMs: 9_000 },
  });
  expect(asked).toEqual([options]);
  expect(JSON.stringify(link())).not.toContain('open sesame');
  expect(await change({ password: null, maxOpens: null })).toMatchObject({ ok: true });
  expect(link()).toMatchObject({ password: undefined, maxOpens: undefined });
});

test('undo does not reach past it', async () => {
  const { change, model } = await setUp();
  expect(model.get().undo).not.toBeNull();
  await change({ once: true });
  expect(model.get().undo).toBeNull();
});

test('an unknown link, an expired one and a revoked one are not changed', async () => {
  const { actions, asked, change, pass } = await setUp();
  const cause = { failure: { cause: 'link-inactive' } };
  expect(await actions.changeOptions('nosuch', {})).toMatchObject({
    failure: { cause: 'unknown-link' },
  });
  pass(60_000);
  expect(await change({ expiresInSeconds: null })).toMatchObject(cause);
  const revoked = await setUp();
  await revoked.actions.revoke('share-1', true);
  expect(await revoked.change({ once: true })).toMatchObject(cause);
  expect([...asked, ...revoked.asked]).toEqual([]);
});

test('a collection does not become a one-time link', async () => {
  const { actions, asked } = await setUp();
  await actions.share({ from: 'texts', items: [{ text: 'one' }, { text: 'two' }] });
  expect(await actions.changeOptions('share-2', { once: true })).toMatchObject({
    failure: { cause: 'one-time-collection' },
  });
  expect(asked).toEqual([]);
});

test('a service without share options is asked nothing', async () => {
  const { asked, change, model } = await setUp(
    {},
    { capabilities: { ...THIS_COMPUTER, changeOptions: API_ONLY.changeOptions } },
  );
  expect(await change({ once: true })).toMatchObject({ failure: { cause: 'options-not-applied' } });
  expect(model.get().links).toMatchObject([{ canChange: false }]);
  expect(asked).toEqual([]);
});

test('a maximum that the opens have reached is its own fault, and changes nothing', async () => {
  const { change, link } = await setUp({ fault: { kind: 'rejected', status: 409 } });
  const before = link();
  expect(await change({ maxOpens: 1 })).toMatchObject({ failure: { cause: 'maximum-reached' } });
  expect(link()).toEqual(before);
});

describe('a link that has ended before its server knew of the change', () => {
  const fault = { kind: 'not-found' } as const;

  test.each([
    ['expired', { state: 'revoked', ended: { how: 'expired', atMs: 1_000 } }],
    ['used-up', { state: 'revoked', ended: { how: 'used-up', atMs: 1_000 } }],
    ['revoked', { state: 'revoked' }],
  ] as const)('is shown as %s', async (state, expected) => {
    const { change, link } = await setUp({ fault, state });
    expect(await change({ once: true })).toMatchObject({ failure: { cause: 'link-inactive' } });
    expect(link()).toMatchObject(expected);
  });

  test('stays as it is where the server says that it opens: it does not know the call', async () => {
    const { change, link } = await setUp({ fault, state: 'active' });
    expect(await change({ once: true })).toMatchObject({ failure: { cause: 'not-found' } });
    expect(link()).toMatchObject({ state: 'active' });
  });
});
