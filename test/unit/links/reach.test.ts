import { expect, test } from 'vitest';
import { LinkReach } from '../../../main/links/reach.ts';
import type { ReachCheck } from '../../../main/targets/this-computer.ts';
import type { ReachStep, ReachView } from '../../../preload/contract.ts';

const address = '10.0.0.7';
const ok: ReachCheck = { kind: 'ok', address };

function shower(given: ReachCheck = ok) {
  const told: (ReachView | null | undefined)[] = [];
  let base: string | undefined = 'http://10.0.0.7:40000';
  let nowMs = 0;
  let checks = 0;
  let found: ReachCheck | undefined = given;
  const reach = new LinkReach({
    address: { follow: async () => base },
    thisComputer: {
      async checkReach() {
        checks += 1;
        return found;
      },
    },
    now: () => nowMs,
  });
  reach.on('changed', () => told.push(reach.view()));
  return {
    check: () => reach.check(),
    checkNow: () => reach.checkNow(),
    checkOnce: () => reach.checkOnce(),
    act: (step: ReachStep) => reach.act(step),
    told,
    checks: () => checks,
    moveTo: (to: string | undefined) => {
      base = to;
    },
    find: (next: ReachCheck | undefined) => {
      found = next;
    },
    wait: (ms: number) => {
      nowMs += ms;
    },
  };
}

test('a look that found nothing in the way is good for a moment, and for its address', async () => {
  const mine = shower();
  await mine.check();
  expect(mine.told).toEqual([{ kind: 'ok', address, port: 40_000 }]);
  await mine.check();
  expect(mine.checks()).toBe(1);
  mine.moveTo('http://172.16.0.2:40000');
  await mine.check();
  expect(mine.checks()).toBe(2);
  mine.wait(60_000);
  await mine.check();
  expect(mine.checks()).toBe(3);
});

test('what was in the way is looked at again each time: it may be gone', async () => {
  const mine = shower({ kind: 'blocked', address });
  await mine.check();
  mine.find(ok);
  await mine.check();
  expect(mine.told.at(-1)).toMatchObject({ kind: 'ok' });
});

test('the first link is looked at once', async () => {
  const mine = shower();
  await mine.checkOnce();
  await mine.checkOnce();
  expect(mine.checks()).toBe(1);
  await mine.checkNow();
  expect(mine.checks()).toBe(2);
});

test('before the first link there is nothing to look at', async () => {
  const mine = shower();
  mine.moveTo(undefined);
  await mine.check();
  await mine.checkOnce();
  expect([mine.told, mine.checks()]).toEqual([[], 0]);
});

test('links for this computer alone take an earlier warning away', async () => {
  const mine = shower({ kind: 'blocked', address });
  await mine.checkNow();
  mine.find(undefined);
  await mine.checkNow();
  expect(mine.told.at(-1)).toBeNull();
});

test.each<[string, ReachCheck, Partial<ReachView>]>([
  ['what a visitor opened', { ...ok, visitedAtMs: 1 }, { kind: 'visited' }],
  ['something that keeps this computer out too', { kind: 'blocked', address }, { kind: 'blocked' }],
  ['another program', { kind: 'other-program', address }, { kind: 'other-program' }],
  ['pages that do not answer', { kind: 'closed', address }, { kind: 'closed' }],
  ['no network', { kind: 'no-network' }, { kind: 'no-network', address: '' }],
])('%s is told as what it is', async (_what, found, view) => {
  const mine = shower(found);
  await mine.checkNow();
  expect(mine.told.at(-1)).toMatchObject(view);
});

test('a dismissed state stays dismissed until it changes', async () => {
  const blocked: ReachCheck = { kind: 'blocked', address };
  const mine = shower(blocked);
  await mine.checkNow();
  await mine.act('hide');
  await mine.checkNow();
  expect(mine.told.at(-1)).toMatchObject({ kind: 'blocked', dismissed: true });
  mine.moveTo('http://10.0.0.7:40001');
  await mine.checkNow();
  expect(mine.told.at(-1)?.dismissed).toBeUndefined();
  await mine.act('hide');
  mine.find(ok);
  await mine.act('look');
  mine.find(blocked);
  await mine.checkNow();
  expect(mine.told.at(-1)?.dismissed).toBeUndefined();
});
