import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Log } from '../../main/server/log.ts';
import { cephForTests } from '../support/service/ceph-for-tests.ts';
import { PostgresServer, postgresProblem } from '../support/service/postgres-server.ts';
import { sendRaw } from '../support/service/raw.ts';
import { freePort, isInstalled, REAL_PROXIES } from '../support/service/real-proxies.ts';
import { marker, startTestService, type TestService, textSeed } from '../support/service/run.ts';
import { slowClient } from '../support/service/slow-clients.ts';
import { addUser, type TestUser } from '../support/service/users.ts';

/** Attackers with a user's token, and without one, at the public API behind nginx. */

const HOST = 'share.example.com';
const nginx = REAL_PROXIES.find(({ name }) => name === 'nginx');
const ceph = await cephForTests();
const problem =
  postgresProblem ??
  (ceph.kind === 'missing' ? ceph.reason : undefined) ??
  (nginx !== undefined && isInstalled(nginx) ? undefined : 'nginx is not installed');

describe.skipIf(problem !== undefined)(
  `behind nginx, on PostgreSQL and S3${problem === undefined ? '' : `: ${problem}`}`,
  () => {
    let postgres: PostgresServer;
    let running: TestService;
    let stopProxy: () => Promise<void>;
    let port = 0;
    let anna: TestUser;
    let eve: TestUser;
    const log: Parameters<Log>[0][] = [];

    beforeAll(async () => {
      if (ceph.kind === 'missing' || nginx === undefined) return;
      postgres = await PostgresServer.start();
      running = await startTestService({
        database: { url: await postgres.createDatabase(), connections: 5 },
        blobs: (await ceph.newBucket()).location,
        publicApi: { baseUrl: `https://${HOST}/api`, proxies: ['127.0.0.1'] },
        logRequests: true,
        log: (event) => log.push(event),
      });
      port = await freePort();
      const pagesPort = Number(new URL(running.service.apiBaseUrl).port);
      stopProxy = await nginx.start({ port, pagesPort, path: '/api', strips: false });
      anna = await addUser(running, 'anna');
      eve = await addUser(running, 'eve');
    });
    afterAll(async () => {
      await stopProxy?.();
      await running?.end();
      await postgres?.end();
    });

    const head = (method: string, path: string, token: string, more: readonly string[] = []) =>
      [
        `${method} /api${path} HTTP/1.1`,
        `Host: ${HOST}`,
        `Authorization: Bearer ${token}`,
        ...more,
        '\r\n',
      ].join('\r\n');
    const ask = (method: string, path: string, token: string, more: readonly string[] = []) =>
      sendRaw(port, head(method, path, token, ['Connection: close', ...more]));
    const countRequests = (): number => log.filter(({ event }) => event === 'request').length;

    test("another user's share is as unknown as one that doesn't exist, and stays", async () => {
      const secret = marker();
      const share = await anna.api.share(textSeed(secret.padEnd(200_000, 'x'), secret));
      const unknown = randomBytes(16)
        .toString('base64url')
        .padEnd(share.id.length, 'A')
        .slice(0, share.id.length);
      const body = '{"name":"mine"}';
      const json = ['Content-Type: application/json', `Content-Length: ${body.length}`];
      for (const [method, before, after] of [
        ['GET', '/share/', ''],
        ['GET', '/x-linkify/shares/', ''],
        ['POST', '/linkify/', '/revoke'],
        ['POST', '/x-linkify/shares/', '/close'],
        ['POST', '/x-linkify/shares/', '/reopen'],
        ['POST', '/x-linkify/shares/', '/name'],
        ['POST', '/x-linkify/shares/', '/options'],
      ] as const) {
        const at = (id: string) =>
          method === 'GET'
            ? ask(method, before + id + after, eve.token)
            : sendRaw(port, head(method, before + id + after, eve.token, json) + body);
        const [foreign, missing] = [await at(share.id), await at(unknown)];
        expect(foreign.status, before + after).toBe(404);
        expect([foreign.status, foreign.body]).toEqual([missing.status, missing.body]);
      }
      expect((await ask('GET', '/shares', eve.token)).body).not.toContain(share.id);
      expect((await ask('GET', `/share/${share.id}`, anna.token)).status).toBe(200);
    });

    test.each([
      ['two lengths', 'Content-Length: 4\r\nContent-Length: 60'],
      ['length and chunks', 'Content-Length: 4\r\nTransfer-Encoding: chunked'],
      ['chunks, disguised', 'Content-Length: 4\r\nTransfer-Encoding: xchunked'],
      ['chunks after a tab', 'Content-Length: 4\r\nTransfer-Encoding:\tchunked'],
      ['chunks, twice', 'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity'],
      ['a name with a space', 'Content-Length: 4\r\nTransfer-Encoding : chunked'],
      ['a length with a sign', 'Content-Length: +4'],
    ])('no request is smuggled past it: %s', async (_, framing) => {
      const share = await eve.api.share(textSeed('to be revoked by no smuggled request'));
      const inner =
        `POST /linkify/${share.id}/revoke HTTP/1.1\r\nHost: ${new URL(running.service.apiBaseUrl).host}\r\n` +
        `Authorization: Bearer ${eve.token}\r\nContent-Length: 0\r\n\r\n`;
      const before = countRequests();
      const outer = `POST /api/user HTTP/1.1\r\nHost: ${HOST}\r\nAuthorization: Bearer ${eve.token}\r\nContent-Type: application/json\r\n${framing}\r\n\r\n`;
      await sendRaw(port, `${outer}0\r\n\r\n${inner}`, 1_000);
      // Another one's next request is answered as it was asked.
      expect((await ask('GET', '/x-linkify/me', anna.token)).body).toContain('anna');
      expect(countRequests() - before).toBeLessThanOrEqual(2);
      expect((await ask('GET', `/share/${share.id}`, eve.token)).status).toBe(200);
    });

    test('what a client says of its address neither makes it local nor renews its limits', async () => {
      const { token } = running.service;
      const claims = [
        ['X-Forwarded-For: 127.0.0.1'],
        ['Forwarded: for=127.0.0.1;host=localhost'],
        ['X-Real-IP: 127.0.0.1', 'X-Forwarded-Host: 127.0.0.1'],
      ];
      for (const claim of claims) {
        expect((await ask('GET', '/shares', token, claim)).status).toBe(401);
      }
      // From an address that isn't a proxy's, as all that is not on this computer.
      const statuses: number[] = [];
      for (let guess = 0; guess < 25; guess++) {
        const claim = [`X-Forwarded-For: 198.51.100.${guess}`, 'Connection: close'];
        const sends = head('GET', '/shares', `lkt_${guess}`, claim);
        const asked = slowClient({ port, from: '127.0.0.2', sends });
        await asked.closed;
        statuses.push(asked.status());
      }
      expect(statuses.at(-1)).toBe(429);
    });

    test('while many send slowly, and one much, others are answered', async () => {
      const slow = Array.from({ length: 20 }, () => {
        const more = ['Content-Type: application/json', 'Content-Length: 1000'];
        return slowClient({ port, sends: head('POST', '/linkify', eve.token, more) });
      });
      onTestFinished(() => {
        for (const one of slow) one.leave();
      });
      const tooMuch = ['Content-Type: application/octet-stream', 'Content-Length: 99000000000'];
      const large = sendRaw(port, head('POST', '/x-linkify/assets?name=a', eve.token, tooMuch));
      expect((await ask('GET', '/shares', anna.token)).status).toBe(200);
      expect((await large).status).toBe(413);
    });

    test('no token is in the log', () => {
      expect(countRequests()).toBeGreaterThan(30);
      const text = JSON.stringify(log);
      for (const token of [anna.token, eve.token, running.service.token, 'lkt_']) {
        expect(text).not.toContain(token);
      }
    });
  },
);
