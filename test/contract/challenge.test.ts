import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as ofClient from '../../main/linkify/peer/challenge.ts';
import * as ofService from '../../main/server/api/challenge.ts';
import { startServer } from '../../main/server/start.ts';
import { clientAt, peerCheck } from '../support/attack/attack-setup.ts';

// A server on this computer proves that it knows the token, before the token is shown to it.

let dataDir: string;
let service: Awaited<ReturnType<typeof startServer>>;
const NONCE = 'ab'.repeat(32);

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'linkify-challenge-'));
  service = await startServer({ dataDir, apiPort: 0, pagesPort: 0, reach: 'loopback' });
});
afterAll(async () => {
  await service.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** As on a system that does not say whose sockets are whose. */
const peer = { ...peerCheck(), ownerOf: () => 'no-list' as const };

test('our own server is used at once, over the connection that it proved itself on', async () => {
  const client = clientAt(service.apiBaseUrl, { token: service.token, peer });
  const share = await client.linkify({ kind: 'text', name: 'notes', text: 'hello' });
  expect(share.link).toMatch(/^http/);
  client.close();
});

test('one with another token proves nothing, and is sent nothing', async () => {
  const client = clientAt(service.apiBaseUrl, { token: 'x'.repeat(43), peer });
  await expect(client.user()).rejects.toMatchObject({ fault: { kind: 'unverified-peer' } });
  client.close();
});

test('the answer needs a nonce, and is another one for each token, nonce and place', async () => {
  const url = `${service.apiBaseUrl}/.well-known/challenge`;
  for (const query of ['', '?nonce=', '?nonce=short', `?nonce=${'z'.repeat(64)}`]) {
    expect((await fetch(url + query)).status).toBe(400);
  }
  const { port } = new URL(service.apiBaseUrl);
  const at = { address: '127.0.0.1', port: Number(port) };
  const said = await (await fetch(`${url}?nonce=${NONCE}`)).text();
  expect(said).toBe(ofService.challengeAnswer(service.token, NONCE, at));
  expect(said).toBe(
    ofClient.challengeAnswer(service.token, NONCE, { ...at, address: '::ffff:127.0.0.1' }),
  );
  const others = [
    ofService.challengeAnswer('other', NONCE, at),
    ofService.challengeAnswer(service.token, 'cd'.repeat(32), at),
    ofService.challengeAnswer(service.token, NONCE, { ...at, port: 1 }),
    ofService.challengeAnswer(service.token, NONCE, { ...at, address: '127.0.0.2' }),
  ];
  expect(new Set([said, ...others]).size).toBe(5);
  expect((await fetch(`${url}?nonce=${NONCE}`, { method: 'POST' })).status).toBe(405);
  expect(
    (await fetch(`${url}?nonce=${NONCE}`, { headers: { origin: 'https://evil.example' } })).status,
  ).toBe(403);
});
