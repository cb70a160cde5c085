import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { ServerOptions } from '../../main/server/options.ts';
import { PostgresServer, postgresProblem } from '../support/service/postgres-server.ts';
import { CLI, NODE } from '../support/service/process.ts';
import {
  type Answer,
  get,
  keyIn,
  sendForm,
  startTestService,
  type TestService,
  textSeed,
} from '../support/service/run.ts';

// Two servers on one database, as behind a proxy that sends requests to either.

const why = postgresProblem === undefined ? '' : `: ${postgresProblem}`;

describe.skipIf(postgresProblem !== undefined)(`two servers on PostgreSQL${why}`, () => {
  const token = randomBytes(32).toString('base64url');
  let postgres: PostgresServer;
  let url = '';
  let one: TestService;
  let other: TestService;

  const start = (options: Partial<ServerOptions> = {}): Promise<TestService> =>
    startTestService({ token, database: { url, connections: 5 }, ...options });

  beforeAll(async () => {
    postgres = await PostgresServer.start();
    url = await postgres.createDatabase();
    [one, other] = await Promise.all([start(), start()]);
  });
  afterAll(async () => {
    await Promise.all([one.end(), other.end()]);
    await postgres.end();
  });

  /** The same link at a server. */
  const at = ({ service }: TestService, link: string): string =>
    service.pagesBaseUrl() + new URL(link).pathname;
  const statusAt = async (running: TestService, link: string): Promise<number> =>
    (await get(at(running, link))).status;

  test('a link of one opens at the other, and is revoked there within a second', async () => {
    const { id, link } = await one.api.share(textSeed('both know it'));
    expect((await get(`${at(other, link)}/raw`)).text).toBe('both know it');
    await one.api.revoke(id);
    await expect
      .poll(() => statusAt(other, `${link}/raw`), { timeout: 1_000, interval: 20 })
      .toBe(410);
  });

  test('a changed name, a password and an end reach a page that was shown before', async () => {
    const { id, link } = await one.api.share(textSeed('text', 'before'));
    expect((await get(at(other, link))).text).toContain('before');
    await one.api.call('POST', `/x-linkify/shares/${id}/name`, { name: 'afterwards' });
    await expect.poll(async () => (await get(at(other, link))).text).toContain('afterwards');
    await one.api.call('POST', `/x-linkify/shares/${id}/options`, { password: 'open sesame' });
    await expect.poll(async () => (await get(at(other, link))).text).toContain('type="password"');
  });

  test('the form of one is accepted by the other, and opens a one-time link once', async () => {
    const { link } = await one.api.share(textSeed('burn after'), { once: true });
    const key = keyIn((await get(at(one, link))).text);
    const answers = await Promise.all(
      [other, one, other].map((running) => sendForm(at(running, link), { key })),
    );
    expect(answers.filter(({ text }) => text.includes('burn after'))).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 410)).toHaveLength(2);
  });

  test('a password that was entered at one opens at the other', async () => {
    const { link } = await one.api.share(textSeed('secret'), { password: 'open sesame' });
    const { headers } = await sendForm(at(one, link), { password: 'open sesame' });
    const granted = new URL(headers.get('location') ?? '', one.service.pagesBaseUrl()).href;
    expect((await get(at(other, granted))).text).toContain('secret');
  });

  test('wrong passwords count together', async () => {
    const { link } = await one.api.share(textSeed('secret'), { password: 'open sesame' });
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      const running = attempt % 2 === 0 ? one : other;
      statuses.push((await sendForm(at(running, link), { password: 'wrong' })).status);
    }
    expect(statuses).toEqual([403, 403, 403, 403, 403, 429, 429, 429]);
  });

  test('a repeated request creates once, wherever it arrives', async () => {
    const body = { access: 'PUBLIC', seed: textSeed('once only') };
    for (let round = 0; round < 5; round++) {
      const headers = { 'idempotency-key': `"${randomBytes(8).toString('hex')}"` };
      const answers = await Promise.all(
        [one, other, one, other].map(({ api }) => api.call('POST', '/linkify', body, headers)),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      expect(new Set(answers.map(({ json }) => json.iterable[0].id)).size).toBe(1);
    }
  });

  test('a closed link can be restored at the other, also after its server has closed', async () => {
    const third = await start({ undoMs: 60_000 });
    const { id, link } = await third.api.share(textSeed('back again'));
    await third.api.call('POST', `/x-linkify/shares/${id}/close`);
    await third.end();
    expect((await other.api.call('POST', `/x-linkify/shares/${id}/reopen`)).status).toBe(200);
    expect((await get(`${at(other, link)}/raw`)).text).toBe('back again');
  });

  test('a server that closes says so before it stops to answer', async () => {
    const third = await start({ drainMs: 1_000 });
    const { link } = await one.api.share(textSeed('still served'));
    const ready = () => get(`${third.service.pagesBaseUrl()}/readyz`);
    expect((await ready()).status).toBe(200);
    const page = at(third, `${link}/raw`);
    const ended = third.end();
    expect((await ready()).status).toBe(503);
    expect((await get(page)).text).toBe('still served');
    await ended;
    await expect(ready()).rejects.toThrow();
  });

  test('while the database is away requests are refused for now, and it is used again', async () => {
    const { link } = await one.api.share(textSeed('comes back'));
    expect(await statusAt(other, link)).toBe(200);
    // Each finds out for itself, and shows what it has cached until then.
    const readiness = () =>
      Promise.all([one, other].map(async ({ api }) => (await api.call('GET', '/readyz')).status));
    await postgres.kill('SIGKILL');
    await expect.poll(readiness).toEqual([503, 503]);
    expect((await one.api.call('GET', '/healthz')).status).toBe(200);
    const refused: readonly Answer[] = [
      await one.api.call('POST', '/linkify', { access: 'PUBLIC', seed: textSeed('x') }),
      await one.api.call('GET', '/shares'),
      await get(at(other, link)),
    ];
    for (const { status, headers } of refused) {
      expect(status).toBe(503);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    }
    await postgres.restart();
    await expect.poll(readiness).toEqual([200, 200]);
    await expect.poll(() => statusAt(other, link)).toBe(200);
    await one.api.share(textSeed('works'));
  });

  describe('the command line', () => {
    async function run(args: readonly string[], env: Readonly<Record<string, string>>) {
      const dataDir = await mkdtemp(join(tmpdir(), 'linkify-check-'));
      onTestFinished(() => rm(dataDir, { recursive: true }));
      const { status, stdout, stderr } = spawnSync(NODE, [CLI, '--data', dataDir, ...args], {
        env: { ...process.env, ...env },
        encoding: 'utf8',
      });
      return { status, output: stdout + stderr };
    }

    test('--check says that all is there', async () => {
      const { status, output } = await run(['--check'], { LINKIFY_DATABASE: url });
      expect(status).toBe(0);
      expect(output).not.toContain('failed');
    });

    test.each([
      ['of a database that does not exist', (good: string) => `${good}x`, '3D000'],
      ['where nothing listens', (good: string) => good.replace(/:\d+\//, ':1/'), 'ECONNREFUSED'],
    ])('--check explains the URL %s, without its password', async (_, wrong, code) => {
      const password = randomBytes(12).toString('hex');
      const { status, output } = await run(['--check'], {
        LINKIFY_DATABASE: wrong(url).replace('@', `:${password}@`),
      });
      expect(status).toBe(1);
      expect(output).toContain(code);
      expect(output).not.toContain(password);
    });

    test('a URL that is none is a mistake of the command line, and is not repeated', async () => {
      const { status, output } = await run(['--check'], {
        LINKIFY_DATABASE: 'mysql://u:secretsecret@h/x',
      });
      expect(status).toBe(2);
      expect(output).not.toContain('secretsecret');
    });
  });
});
