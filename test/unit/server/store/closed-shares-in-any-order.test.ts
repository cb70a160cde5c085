import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  get,
  keyIn,
  sendForm,
  startTestService,
  type TestService,
  textSeed,
} from '../../../support/service/run.ts';

// Whatever order things happen in: closed never opens, and reopened is never lost.

const UNDO_MS = 10_000;

let running: TestService;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  running = await startTestService({ undoMs: UNDO_MS });
});
afterAll(async () => {
  vi.useRealTimers();
  await running.end();
});

type Step = 'close' | 'reopen' | 'revoke' | 'look' | 'openOnce' | number;

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constantFrom<Step>('close', 'reopen', 'close', 'reopen', 'look', 'openOnce', 'revoke'),
  // How much time passes, in ms; both ends are met exactly now and then.
  fc.constantFrom<Step>(1, 2_000, 9_999, UNDO_MS, 20_000),
);

/** What must hold of a share, worked out beside the service. */
interface Expected {
  state: 'open' | 'closed' | 'gone';
  closedUntilMs: number;
  readonly expiresAtMs: number;
}

function pass(expected: Expected): void {
  const now = Date.now();
  const over = expected.state === 'closed' && now >= expected.closedUntilMs;
  if (over || now >= expected.expiresAtMs) expected.state = 'gone';
}

test('any order of closing, opening again, revoking, expiring and opening', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 12 }),
      fc.boolean(),
      fc.constantFrom(5, 15, 1_000_000),
      async (steps, once, expiresInSeconds) => {
        const { api } = running;
        const share = await api.share(textSeed('the content'), { once, expiresInSeconds });
        const expected: Expected = {
          state: 'open',
          closedUntilMs: 0,
          expiresAtMs: Date.parse(share['x-linkify'].expiresAt),
        };
        const call = async (what: string) =>
          (await api.call('POST', `/x-linkify/shares/${share.id}/${what}`)).status;
        const isOpen = () => expected.state === 'open';
        for (const each of steps) {
          pass(expected);
          if (typeof each === 'number') {
            vi.setSystemTime(Date.now() + each);
          } else if (each === 'close') {
            expect(await call('close')).toBe(expected.state === 'gone' ? 410 : 200);
            if (isOpen()) {
              expected.state = 'closed';
              expected.closedUntilMs = Date.now() + UNDO_MS;
            }
          } else if (each === 'reopen') {
            expect(await call('reopen')).toBe(expected.state === 'gone' ? 410 : 200);
            if (expected.state === 'closed') expected.state = 'open';
          } else if (each === 'revoke') {
            const { status } = await api.revoke(share.id);
            // One that is over, with nobody having looked yet, may still be revoked.
            if (expected.state !== 'gone') expect(status).toBe(200);
            expected.state = 'gone';
          } else if (each === 'openOnce' && once) {
            const key = keyIn((await get(share.link)).text);
            const shown = await sendForm(share.link, { key });
            expect(shown.text.includes('the content')).toBe(isOpen());
            if (isOpen()) expected.state = 'gone';
          }
          pass(expected);
          for (const way of ['/raw', '/download']) {
            const { status, text } = await get(share.link + way);
            expect(status, `${each} ${way}`).toBe(isOpen() ? 200 : 410);
            expect(text.includes('the content')).toBe(isOpen() && !once);
          }
        }
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);
