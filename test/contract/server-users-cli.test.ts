import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { CLI, NODE, type ServiceProcess, spawnService } from '../support/service/process.ts';
import { apiOf, textSeed } from '../support/service/run.ts';

/** `linkify-tray-server users` and `audit`, beside a server that runs, and without one. */

let dataDir = '';
let service: ServiceProcess | undefined;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'linkify-users-'));
});
afterEach(async () => {
  await service?.kill('SIGKILL');
  service = undefined;
  await rm(dataDir, { recursive: true });
});

async function command(...args: readonly string[]) {
  const child = spawn(NODE, [CLI, ...args, '--data', dataDir]);
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { code, output: output.trim(), errors };
}

test('users are managed while the server runs', async () => {
  service = await spawnService(dataDir);
  const added = await command('users', 'add', 'Anna Lee', '--quota-mb', '5');
  expect(added).toMatchObject({ code: 0, output: expect.stringMatching(/^lkt_[\w-]{43}$/) });
  const anna = apiOf(service.baseUrl, added.output);
  expect((await anna.call('GET', '/x-linkify/me')).json.quotaBytes).toBe(5_000_000);
  await anna.share(textSeed('x'));
  expect((await command('users', 'list')).output).toBe('Anna Lee\tshare\tenabled\t0.0 MB\t5 MB');

  const rotated = await command('users', 'rotate', 'anna lee');
  expect((await anna.call('GET', '/shares')).status).toBe(401);
  const again = apiOf(service.baseUrl, rotated.output);
  expect((await again.call('GET', '/shares')).json.iterable).toHaveLength(1);

  expect((await command('users', 'disable', 'Anna Lee')).code).toBe(0);
  expect((await again.call('GET', '/shares')).status).toBe(401);
  expect((await command('users', 'remove', 'Anna Lee')).code).toBe(0);
  expect((await command('users', 'list')).output).toBe('');
  const actions = (await command('audit')).output
    .split('\n')
    .map((line) => JSON.parse(line).action);
  expect(actions).toEqual([
    'user-removed',
    'revoked',
    'user-disabled',
    'user-disabled',
    'token-rotated',
    'shared',
    'user-added',
  ]);
});

test('users are managed while no server runs', async () => {
  const added = await command('users', 'add', 'ben', '--scope', 'read-only');
  expect(added.code).toBe(0);
  expect((await command('users', 'add', 'BEN')).code).toBe(1);
  service = await spawnService(dataDir);
  const ben = apiOf(service.baseUrl, added.output);
  expect((await ben.call('GET', '/x-linkify/me')).json).toMatchObject({ scope: 'read-only' });
});

test('a program that has taken the port of a server that ended gets no token', async () => {
  service = await spawnService(dataDir);
  await service.kill('SIGKILL');
  service = undefined;
  const seen: string[] = [];
  const impostor = createServer((request, response) => {
    seen.push(JSON.stringify(request.headers));
    response.end('0'.repeat(64));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    impostor.close();
  });
  await once(impostor, 'listening');
  const { port } = impostor.address() as AddressInfo;
  await writeFile(join(dataDir, 'api-address'), `http://127.0.0.1:${port}`);
  expect((await command('users', 'add', 'carl')).code).toBe(0);
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.join()).not.toContain('authorization');
});

test.each([
  [['users']],
  [['users', 'add']],
  [['users', 'promote', 'anna']],
  [['users', 'add', 'anna', '--quota-mb', 'much']],
  [['users', 'add', 'anna', 'ben']],
  [['users', 'list', '--nonsense']],
])('%j says where the usage is, after what is wrong', async (args) => {
  const { code, errors } = await command(...args);
  expect(code).toBe(2);
  expect(errors).toMatch(/^.+\nThe options: linkify-tray-server users --help\n$/);
});

test('who is unknown is named', async () => {
  const { code, errors } = await command('users', 'disable', 'nobody');
  expect(code).toBe(1);
  expect(errors).toContain('nobody');
});
