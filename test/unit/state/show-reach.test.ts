import { expect, test } from 'vitest';
import { createShowReach } from '../../../main/state/show-reach.ts';
import type { ReachCheck } from '../../../main/targets/this-computer.ts';
import type { ReachView } from '../../../preload/contract.ts';

const address = '10.0.0.7';
const ok: ReachCheck = { kind: 'ok', address };
const behind = (verdict: 'blocks' | 'allows' | 'unknown', more: object = {}): ReachCheck => ({
  kind: 'ok',
  address,
  firewall: { name: 'ufw', verdict },
  ...more,
});

function shower(given: ReachCheck = ok, platform: NodeJS.Platform = 'linux') {
  const told: (ReachView | null | undefined)[] = [];
  const written: string[] = [];
  const hidden = new Set<string>();
  let base: string | undefined = 'http://10.0.0.7:40000';
  let nowMs = 0;
  let checks = 0;
  let found: ReachCheck | undefined = given;
  const reach = createShowReach({
    address: { follow: async () => base },
    thisComputer: {
      async checkReach() {
        checks += 1;
        return found;
      },
    },
    model: { update: ({ reachCheck }) => told.push(reachCheck) },
    now: () => nowMs,
    system: { platform, program: '/opt/linkify-tray/linkify-tray' },
    hidden,
    writeText: async (text) => void written.push(text),
  });
  return {
    ...reach,
    told,
    written,
    hidden,
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
  await mine.look();
  expect(mine.told).toEqual([{ kind: 'ok', address, port: 40_000 }]);
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
  const mine = shower({ kind: 'blocked', address });
  await mine.look();
  mine.find(ok);
  await mine.look();
  expect(mine.told.at(-1)).toMatchObject({ kind: 'ok' });
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

test('links for this computer alone take an earlier warning away', async () => {
  const mine = shower({ kind: 'blocked', address });
  await mine.lookNow();
  mine.find(undefined);
  await mine.lookNow();
  expect(mine.told.at(-1)).toBeNull();
});

test.each<[string, ReachCheck, Partial<ReachView>]>([
  ['a firewall whose rules nobody may read', behind('unknown'), { kind: 'may-block' }],
  ['one that is seen to let nobody in', behind('blocks'), { kind: 'firewall-blocks' }],
  [
    'one that is seen to let nobody in now, whoever came before',
    behind('blocks', { visitedAtMs: 1 }),
    { kind: 'firewall-blocks' },
  ],
  ['one that lets visitors in', behind('allows'), { kind: 'ok' }],
  ['one that a visitor got through', behind('unknown', { visitedAtMs: 1 }), { kind: 'visited' }],
  ['something that keeps this computer out too', { kind: 'blocked', address }, { kind: 'blocked' }],
  ['another program', { kind: 'other-program', address }, { kind: 'other-program' }],
  ['pages that do not answer', { kind: 'closed', address }, { kind: 'closed' }],
  ['no network', { kind: 'no-network' }, { kind: 'no-network', address: '' }],
])('%s is told as what it is', async (_what, found, view) => {
  const mine = shower(found);
  await mine.lookNow();
  expect(mine.told.at(-1)).toMatchObject(view);
});

test('what helps against a firewall can be copied; nothing else is', async () => {
  const mine = shower(behind('unknown'));
  await mine.act('copy-command');
  expect(mine.written).toEqual([]);
  await mine.lookNow();
  await mine.act('copy-command');
  expect(mine.written).toEqual(['sudo ufw allow 40000/tcp']);
  mine.find({ kind: 'other-program', address });
  await mine.act('look');
  await mine.act('copy-command');
  expect(mine.written).toHaveLength(1);
});

test('a note that was put away comes back for another port or another firewall only', async () => {
  const mine = shower(behind('unknown'));
  await mine.lookNow();
  await mine.act('hide');
  expect(mine.told.at(-1)).toMatchObject({ kind: 'may-block', quiet: true });
  await mine.lookNow();
  expect(mine.told.at(-1)).toMatchObject({ quiet: true });
  mine.moveTo('http://10.0.0.7:40001');
  await mine.lookNow();
  expect(mine.told.at(-1)?.quiet).toBeUndefined();
});

test('what is known for certain stays put away as long as it is the same, and is not kept', async () => {
  const mine = shower(behind('blocks'));
  await mine.lookNow();
  await mine.act('hide');
  await mine.lookNow();
  expect(mine.told.at(-1)).toMatchObject({ kind: 'firewall-blocks', quiet: true });
  expect(mine.hidden.size).toBe(0);
  mine.find(ok);
  await mine.lookNow();
  mine.find(behind('blocks'));
  await mine.lookNow();
  expect(mine.told.at(-1)?.quiet).toBeUndefined();
});

test('once a visitor got through a firewall, later runs do not warn of it', async () => {
  const mine = shower(behind('unknown', { visitedAtMs: 1 }));
  await mine.lookNow();
  mine.find(behind('unknown'));
  await mine.lookNow();
  expect(mine.told.at(-1)).toMatchObject({ kind: 'may-block', quiet: true });
});
