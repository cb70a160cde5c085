import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { ContentGate, type ContentRequest } from '../../../../main/server/pages/content-gate.ts';
import { messagesFor } from '../../../../main/server/pages/i18n.ts';
import type { ShareRecord, Tombstone } from '../../../../main/server/store/model.ts';

const share: ShareRecord = {
  id: 'a',
  assetIds: ['b'],
  collection: false,
  createdAtMs: 0,
  options: {},
};

function setUp() {
  const state: { record: ShareRecord | Tombstone | undefined; opens: number } = {
    record: share,
    opens: 0,
  };
  const gate = new ContentGate({
    records: { share: async () => state.record },
    views: {
      add() {
        state.opens++;
      },
      countLimited: async () => true,
    },
    now: () => 1_000,
    stableNow: () => 1_000,
  });
  // The members of a request and a response that it reads.
  const request = {
    request: { method: 'GET', headers: { accept: '*/*' } } as unknown as IncomingMessage,
    messages: messagesFor('en'),
    visitor: '127.0.0.1',
    share,
    root: '/s/a',
  } as ContentRequest;
  return { state, gate, request };
}

test('content of an open share passes, and counts', async () => {
  const { state, gate, request } = setUp();
  expect(await gate.admit(request, 'bytes')).toEqual({});
  expect(state.opens).toBe(1);
  expect((await gate.admit(request, 'page')).seen).toMatch(/^\/s\/a\/seen\//);
  expect(state.opens).toBe(1);
});

test.each<[string, ShareRecord | Tombstone | undefined]>([
  ['closed', { ...share, closed: { fromMs: 0, untilMs: 9_000, how: 'revoked' } }],
  ['expired', { ...share, expiresAtMs: 1_000 }],
  ['ended', { id: 'a', ended: 'revoked', endedAtMs: 0 }],
  ['gone', undefined],
])('a share that was %s since its request is refused, and counts nothing', async (_, record) => {
  const { state, gate, request } = setUp();
  state.record = record;
  for (const kind of ['page', 'item', 'bytes'] as const) {
    const { refusal, seen } = await gate.admit(request, kind);
    expect(refusal?.status).toBe(record === undefined ? 404 : 410);
    expect(seen).toBeUndefined();
  }
  expect(state.opens).toBe(0);
});

test.each([{ password: { salt: 's', hash: 'new' } }, { once: true }])(
  'a request from before %j was set is refused, and counts nothing',
  async (options) => {
    const { state, gate, request } = setUp();
    state.record = { ...share, options };
    for (const kind of ['page', 'item', 'bytes'] as const) {
      expect((await gate.admit(request, kind)).refusal?.status).toBe(409);
    }
    expect(state.opens).toBe(0);
  },
);
