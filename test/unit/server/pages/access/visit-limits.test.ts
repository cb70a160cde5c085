import { afterEach, describe, expect, test, vi } from 'vitest';
import { visitorOf } from '../../../../../main/server/http/ip-address.ts';
import { createVisitLimits } from '../../../../../main/server/pages/access/visit-limits.ts';

test.each([
  ['192.168.1.20', '192.168.1.20'],
  ['::ffff:192.168.1.20', '192.168.1.20'],
  ['fe80::1c2d:3e4f%eth0', 'fe80:0:0:0::/64'],
  ['fd12:3456:789a:1:aaaa:bbbb:cccc:dddd', 'fd12:3456:789a:1::/64'],
  ['fd12:3456:789a:1::2', 'fd12:3456:789a:1::/64'],
  ['FD12::1', 'fd12:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['', ''],
])('%s is one visitor with %s', (address, visitor) => {
  expect(visitorOf(address)).toBe(visitor);
});

test('a visitor with many addresses of one network is one visitor', async () => {
  const limits = createVisitLimits();
  const answers = [];
  for (let guess = 0; guess < 30; guess++) {
    answers.push((await limits.unknown(`fd00:1:2:3::${guess.toString(16)}`)).ok);
  }
  expect(answers.filter((ok) => ok)).toHaveLength(20);
});

test('who tries passwords on many shares is held back on all of them, and others are not', async () => {
  const limits = createVisitLimits();
  const answers = [];
  for (let share = 0; share < 40; share++) {
    answers.push((await limits.password(`share-${share}`, '192.168.1.66')).ok);
  }
  expect(answers.filter((ok) => ok)).toHaveLength(20);
  expect((await limits.password('share-0', '192.168.1.7')).ok).toBe(true);
  expect((await limits.password('share-39', '192.168.1.7')).ok).toBe(true);
});

describe('wrong passwords of some visitors', () => {
  type Limits = ReturnType<typeof createVisitLimits>;

  /** Tries of a share by so many visitors in a network, each as often as they may. */
  async function guess(limits: Limits, visitors: number, tries = 5): Promise<number> {
    let allowed = 0;
    for (let visitor = 1; visitor <= visitors; visitor++) {
      for (let go = 0; go < tries; go++) {
        if ((await limits.password('share', `10.1.0.${visitor}`)).ok) allowed++;
      }
    }
    return allowed;
  }

  test('keep no other visitor out', async () => {
    const limits = createVisitLimits();
    expect(await guess(limits, 1, 30)).toBe(5);
    expect((await limits.password('share', '192.168.1.7')).ok).toBe(true);
  });

  test('at the limit of the share, still let in who has not guessed, twice', async () => {
    const limits = createVisitLimits();
    expect(await guess(limits, 10)).toBe(50);
    const answers = [];
    for (let go = 0; go < 4; go++) answers.push((await limits.password('share', '192.168.1.7')).ok);
    expect(answers).toEqual([true, true, false, false]);
    expect((await limits.password('another', '192.168.1.7')).ok).toBe(true);
  });

  test('are no more than 100 a day, from however many addresses', async () => {
    expect(await guess(createVisitLimits(), 250)).toBe(100);
  });

  test('never keep out this computer, or who has had the right password', async () => {
    const limits = createVisitLimits();
    expect((await limits.password('share', '192.168.1.7')).ok).toBe(true);
    await limits.opened('share', '192.168.1.7');
    await guess(limits, 250);
    expect((await limits.password('share', '192.168.1.8')).ok).toBe(false);
    expect((await limits.password('share', '192.168.1.7')).ok).toBe(true);
    expect((await limits.password('share', '::1')).ok).toBe(true);
    // Both may mistype, and guess no more than others.
    expect(await guess(limits, 0)).toBe(0);
    for (const address of ['192.168.1.7', '::1']) {
      for (let go = 0; go < 10; go++) await limits.password('share', address);
      expect((await limits.password('share', address)).ok).toBe(false);
    }
  });

  test('do not count once the right one came, however many visitors open it in a day', async () => {
    const limits = createVisitLimits();
    for (let visitor = 1; visitor <= 250; visitor++) {
      expect((await limits.password('share', `10.1.0.${visitor}`)).ok).toBe(true);
      await limits.opened('share', `10.1.0.${visitor}`);
    }
  });
});

describe('as time goes by', () => {
  afterEach(() => {
    vi.useRealTimers();
  });
  const later = (seconds: number) => vi.advanceTimersByTime(seconds * 1_000 + 1);
  /** Tries until it is refused: how many went through, and how long to wait then. */
  async function tryOut(once: () => Promise<{ ok: boolean; retryAfterS?: number }>) {
    for (let tries = 0; ; tries++) {
      const answer = await once();
      if (!answer.ok) return { tries, waitS: answer.retryAfterS ?? 0 };
    }
  }

  test('each round of wrong passwords waits twice as long as the one before, 20 tries a day', async () => {
    vi.useFakeTimers();
    const limits = createVisitLimits();
    const rounds: { tries: number; waitS: number }[] = [];
    for (let round = 0; round < 12; round++) {
      const found = await tryOut(() => limits.password('share', '192.168.1.1'));
      rounds.push(found);
      if (found.waitS > 3_600) break;
      later(found.waitS);
    }
    expect(rounds.slice(0, 3).map(({ waitS }) => waitS)).toEqual([60, 120, 240]);
    expect(rounds.every(({ tries }) => tries <= 5)).toBe(true);
    const all = rounds.reduce((sum, { tries }) => sum + tries, 0);
    expect(all).toBeGreaterThan(15);
    expect(all).toBeLessThanOrEqual(20);
    expect((await limits.password('another share', '192.168.1.1')).ok).toBe(true);
  });

  test('after 20 unknown ids nobody is told of unknown ones for ten minutes', async () => {
    vi.useFakeTimers();
    const limits = createVisitLimits();
    expect(await tryOut(() => limits.unknown('192.168.1.66'))).toEqual({ tries: 20, waitS: 600 });
    later(590);
    expect((await limits.unknown('192.168.1.66')).ok).toBe(false);
    later(610);
    expect((await limits.unknown('192.168.1.66')).ok).toBe(true);
  });

  test('1,200 requests a minute of a visitor, whatever they are for', async () => {
    vi.useFakeTimers();
    const limits = createVisitLimits();
    expect((await tryOut(() => limits.request('192.168.1.66'))).tries).toBe(1_200);
    expect((await limits.request('192.168.1.7')).ok).toBe(true);
    later(60);
    expect((await limits.request('192.168.1.66')).ok).toBe(true);
    for (let go = 0; go < 5_000; go++) expect((await limits.request('127.0.0.1')).ok).toBe(true);
  });

  test('120 pages a minute, and this computer as many as it likes', async () => {
    vi.useFakeTimers();
    const limits = createVisitLimits();
    expect((await tryOut(() => limits.page('192.168.1.66'))).tries).toBe(120);
    later(60);
    expect((await limits.page('192.168.1.66')).ok).toBe(true);
    for (let go = 0; go < 500; go++) expect((await limits.page('::ffff:127.0.0.1')).ok).toBe(true);
  });
});
