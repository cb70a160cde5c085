import { expect, test } from 'vitest';
import { createShowReach } from '../../../main/sharing/show-reach.ts';

function shower(kind: 'ok' | 'blocked' | 'no-network' = 'ok') {
  const told: unknown[] = [];
  let base: string | undefined = 'http://10.0.0.7:40000';
  let nowMs = 0;
  let checks = 0;
  let found = kind;
  const reach = createShowReach({
    address: { follow: async () => base },
    services: {
      async checkReach() {
        checks += 1;
        return { kind: found };
      },
    },
    model: { update: (change) => told.push(change) },
    now: () => nowMs,
  });
  return {
    ...reach,
    told,
    checks: () => checks,
    moveTo: (to: string | undefined) => {
      base = to;
    },
    find: (next: typeof kind) => {
      found = next;
    },
    wait: (ms: number) => {
      nowMs += ms;
    },
  };
}

test('a look that found nothing in the way is good for a moment, and for its address', async () => {
  const mine = shower();
  await mine.look();
  expect(mine.told).toEqual([{ reachCheck: { kind: 'ok', address: '10.0.0.7', port: 40_000 } }]);
  await mine.look();
  expect(mine.checks()).toBe(1);
  mine.moveTo('http://172.16.0.2:40000');
  await mine.look();
  expect(mine.checks()).toBe(2);
  mine.wait(60_000);
  await mine.look();
  expect(mine.checks()).toBe(3);
});

test('what was in the way is looked at again each time: it may be gone', async () => {
  const mine = shower('blocked');
  await mine.look();
  mine.find('ok');
  await mine.look();
  expect(mine.told.at(-1)).toMatchObject({ reachCheck: { kind: 'ok' } });
});

test('the first link is looked at once', async () => {
  const mine = shower();
  await mine.lookOnce();
  await mine.lookOnce();
  expect(mine.checks()).toBe(1);
  await mine.lookNow();
  expect(mine.checks()).toBe(2);
});

test('before the first link there is nothing to look at', async () => {
  const mine = shower();
  mine.moveTo(undefined);
  await mine.look();
  await mine.lookOnce();
  expect([mine.told, mine.checks()]).toEqual([[], 0]);
});
