import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  FROM_ELSEWHERE,
  filesWith,
  get,
  keyIn,
  marker,
  sendForm,
  startTestService,
  type TestService,
  textSeed,
} from '../support/service/run.ts';
import { pageText } from '../support/text.ts';

/** How long a share lives, on a clock that the test sets. */

let running: TestService;
beforeEach(async () => {
  // Only what tells the time; timers stay real.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  running = await startTestService();
});
afterEach(async () => {
  vi.useRealTimers();
  await running.end();
});

const DAY_MS = 24 * 60 * 60 * 1_000;

function clock(ms: number): void {
  vi.setSystemTime(ms);
}

describe('expiry', () => {
  test('after its time a link is gone for good, also when the clock is set back', async () => {
    const start = Date.now();
    clock(start);
    const word = marker();
    const share = await running.api.share(textSeed(word), { expiresInSeconds: 3_600 });
    expect((await get(share.link)).status).toBe(200);
    clock(start + 3_600_001);
    expect((await get(share.link)).status).toBe(410);
    clock(start);
    expect((await get(`${share.link}/raw`)).status).toBe(410);
    clock(start + 3_600_001);
    await running.stop();
    running = await startTestService({ dataDir: running.dataDir });
    clock(start);
    const page = await get(share.link);
    expect(page.status).toBe(410);
    expect(page.text).not.toContain(word);
    expect((await running.api.call('GET', '/shares')).json.iterable).toEqual([]);
  });

  test('what expired while the service was off leaves the disk at the next start', async () => {
    const start = Date.now();
    clock(start);
    const word = marker();
    await running.api.share(textSeed(word), { expiresInSeconds: 3_600 });
    await running.api.share(textSeed(`${'x'.repeat(200_000)}${word}`), { expiresInSeconds: 3_600 });
    await running.stop();
    expect(await filesWith(running.dataDir, word)).not.toEqual([]);
    clock(start + 3_600_001);
    running = await startTestService({ dataDir: running.dataDir });
    await vi.waitFor(async () => expect(await filesWith(running.dataDir, word)).toEqual([]), {
      timeout: 5_000,
    });
  });

  test('a clock that jumps ahead deletes nothing: once it is right again the link opens', async () => {
    const start = Date.now();
    clock(start);
    const { link, id } = await running.api.share(textSeed('still here'));
    const asset = await running.api.create(textSeed('not shared yet'));
    clock(start + 40 * DAY_MS);
    expect((await get(link)).status).toBe(410);
    await running.stop();
    // A start by the wrong clock, as after a power cut.
    running = await startTestService({ dataDir: running.dataDir });
    expect((await get(link)).status).toBe(410);
    expect((await running.api.call('GET', `/x-linkify/shares/${id}`)).json.state).toBe('active');
    clock(start + 1_000);
    expect((await get(`${link}/raw`)).text).toBe('still here');
    expect((await running.api.call('GET', `/asset/${asset}`)).status).toBe(200);
  });

  test('a clock that is set back by years lets no link live longer', async () => {
    const start = Date.now();
    clock(start);
    const { link } = await running.api.share(textSeed('x'), { expiresInSeconds: 1 });
    clock(Date.UTC(2001, 0, 1));
    await vi.waitFor(async () => expect((await get(link)).status).toBe(410), { timeout: 10_000 });
  });

  test('7 days when nothing is said, never when null is said', async () => {
    const start = Date.now();
    clock(start);
    const week = await running.api.share(textSeed('a week'));
    const ever = await running.api.share(textSeed('for ever'), { expiresInSeconds: null });
    clock(start + 7 * 24 * 3_600_000 - 1_000);
    expect((await get(week.link)).status).toBe(200);
    clock(start + 7 * 24 * 3_600_000 + 1);
    expect((await get(week.link)).status).toBe(410);
    clock(start + 10 * 365 * 24 * 3_600_000);
    expect((await get(ever.link)).status).toBe(200);
  });
});

test('open once and a password: a wrong one does not burn it', async () => {
  const { link } = await running.api.share(textSeed('both'), { once: true, password: 'pw' });
  const first = await sendForm(link, { key: keyIn((await get(link)).text), password: 'no' });
  expect(first.status).toBe(403);
  const again = await sendForm(link, { key: keyIn(first.text), password: 'pw' });
  expect(again.text).toContain('both');
  expect((await get(link)).status).toBe(410);
});

describe('within its grace', () => {
  const program = { accept: '*/*', 'user-agent': 'curl/8.5.0' };

  test('a link serves nothing to others and says when it will', async () => {
    const start = Date.now();
    clock(start);
    const word = marker();
    const { link } = await running.api.share(textSeed(word), { graceSeconds: 3 });
    for (const part of ['', '/raw', '/download']) {
      const page = await get(link + part, FROM_ELSEWHERE);
      expect(page.status).toBe(503);
      expect(page.text).not.toContain(word);
      expect(page.text).toContain(pageText('opensIn', { count: 3 }));
      expect(page.headers.get('retry-after')).toBe('3');
      const answer = await get(link + part, { ...program, ...FROM_ELSEWHERE });
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('3');
      expect(answer.text).toBe(`${pageText('notOpenYet', { count: 3 })}\n`);
    }
    clock(start + 1_500);
    expect((await get(link, FROM_ELSEWHERE)).headers.get('retry-after')).toBe('2');
    clock(start + 3_001);
    expect((await get(`${link}/raw`, FROM_ELSEWHERE)).text).toBe(word);
  });

  test('a link opens on this computer at once', async () => {
    const { link } = await running.api.share(textSeed('mine'), { graceSeconds: 60 });
    expect((await get(link)).text).toContain('mine');
    expect((await get(`${link}/raw`, program)).text).toBe('mine');
  });
});
