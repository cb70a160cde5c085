import {
  createServer,
  get,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';
import { afterEach, expect, test } from 'vitest';
import { ReachProbe, type ReachProbeOptions } from '../../../../main/server/network/check-reach.ts';

// 127.0.0.2 is another address of this machine: it stands for the one that links carry.
const OURS = '127.0.0.2';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(handle: RequestListener, host = '0.0.0.0'): Promise<number> {
  const server = createServer(handle);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return (server.address() as AddressInfo).port;
}

const lan = (cidr: string): NetworkInterfaceInfo => ({
  address: OURS,
  internal: false,
  family: 'IPv4',
  netmask: '255.0.0.0',
  mac: '00:00:00:00:00:00',
  cidr,
});

function probe(options: Partial<ReachProbeOptions> = {}) {
  let pages = 0;
  const probe = new ReachProbe({
    handle(_request, response) {
      pages += 1;
      response.end('a page');
    },
    interfaces: () => ({ eth0: [lan(`${OURS}/8`)] }),
    now: () => 5,
    timeoutMs: 300,
    ...options,
  });
  return { handle: probe.handle, check: (url: string) => probe.check(url), pages: () => pages };
}

function visit(port: number, from: string, headers: Record<string, string> = {}) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    get({ host: OURS, port, localAddress: from, agent: false, headers }, (response) => {
      response.resume();
      resolve(response);
    }).once('error', reject);
  });
}

test('our pages that answer at the address are known as ours, and are not asked for a page', async () => {
  const { handle, check, pages } = probe();
  const port = await serve(handle);
  expect(await check(`http://${OURS}:${port}`)).toEqual({ kind: 'ok', address: OURS });
  expect(pages()).toBe(0);
});

test.each([404, 200, 302, 429, 500, 503])(
  'something else that answers %i there is another program, and no firewall',
  async (status) => {
    const port = await serve((_request, response) => {
      response.writeHead(status, status === 302 ? { location: 'http://portal.example/' } : {});
      response.end();
    });
    const { check } = probe();
    expect(await check(`http://${OURS}:${port}`)).toEqual({
      kind: 'other-program',
      address: OURS,
    });
  },
);

test('what answers on this computer and not at the address is kept apart by something', async () => {
  const { handle, check } = probe();
  // It listens at 127.0.0.1 alone, as behind a rule that refuses the address.
  const port = await serve(handle, '127.0.0.1');
  expect(await check(`http://${OURS}:${port}`)).toEqual({
    kind: 'blocked',
    address: OURS,
  });
  // Nobody has this address, and nobody may (RFC 5737): an answer never comes.
  expect(await check(`http://192.0.2.7:${port}`)).toMatchObject({ kind: 'blocked' });
});

test('pages that do not answer at all are not blamed on a firewall', async () => {
  const port = await serve(() => undefined);
  expect(await probe().check(`http://${OURS}:${port}`)).toEqual({ kind: 'closed', address: OURS });
});

test.each(['http://127.0.0.1:4000', 'http://[::1]:4000', 'http://localhost:4000'])(
  'links that begin with %s are of no network',
  async (base) => {
    expect(await probe().check(base)).toEqual({ kind: 'no-network' });
  },
);

test('another device that opens a page proves that others get through', async () => {
  const { handle, check } = probe();
  const port = await serve(handle);
  await visit(port, '127.0.0.9');
  expect(await check(`http://${OURS}:${port}`)).toMatchObject({ kind: 'ok', visitedAtMs: 5 });
});

test('a visit of this computer itself proves nothing', async () => {
  const { handle, check } = probe();
  const port = await serve(handle);
  await visit(port, OURS);
  await visit(port, '127.0.0.1');
  expect(await check(`http://${OURS}:${port}`)).toEqual({ kind: 'ok', address: OURS });
});

test('a visit from a network of containers inside this computer proves nothing', async () => {
  const { handle, check } = probe({ interfaces: () => ({ eth0: [lan(`${OURS}/32`)] }) });
  const port = await serve(handle);
  await visit(port, '127.0.0.9');
  expect(await check(`http://${OURS}:${port}`)).toEqual({ kind: 'ok', address: OURS });
});

test('a visit on another network proves nothing of this one', async () => {
  const other = { ...lan('127.0.0.3/8'), address: '127.0.0.3' };
  let interfaces = { eth0: [lan(`${OURS}/8`)] };
  const { handle, check } = probe({ interfaces: () => interfaces });
  const port = await serve(handle);
  await visit(port, '127.0.0.9');
  interfaces = { eth0: [other] };
  expect(await check(`http://127.0.0.3:${port}`)).toEqual({ kind: 'ok', address: '127.0.0.3' });
});

test('a visitor cannot pass for a look of ours', async () => {
  const { handle, pages } = probe();
  const port = await serve(handle);
  const { statusCode } = await visit(port, '127.0.0.9', { 'x-linkify-look': 'guessed' });
  expect([statusCode, pages()]).toEqual([200, 1]);
});
