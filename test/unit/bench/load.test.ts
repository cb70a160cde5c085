import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { compare, interleave } from '../../bench/server/interleave.ts';
import { type LoadRequest, load, requestEach, UNIQUE } from '../../bench/server/load.ts';

let close: (() => void) | undefined;

afterEach(() => close?.());

async function serve(handle: RequestListener): Promise<number> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  return (server.address() as AddressInfo).port;
}

const GET: LoadRequest = { method: 'GET', paths: ['/'], headers: {} };

test('each response is read to its end, whatever pieces it comes in', async () => {
  const paths: string[] = [];
  const port = await serve(async (request, response) => {
    paths.push(request.url ?? '');
    const isChunked = paths.length % 2 === 0;
    response.writeHead(200, isChunked ? {} : { 'content-length': 6 });
    response.flushHeaders();
    for (const piece of ['a\r\n\r\n', 'b']) {
      await wait(1);
      response.write(piece);
    }
    response.end();
  });
  const asked = Array.from({ length: 20 }, (_, index) => `/${index}`);
  const requests = asked.map((path) => ({ ...GET, paths: [path] }));
  expect(await requestEach(port, 3, requests)).toMatchObject({ requests: 20 });
  expect(paths.toSorted()).toEqual(asked.toSorted());
});

test('a response without a body counts, one that is not 2xx ends the load', async () => {
  const port = await serve((request, response) => {
    response.writeHead(request.url === '/' ? 201 : 500, { 'content-length': 0 }).end();
  });
  expect(await requestEach(port, 1, [GET])).toMatchObject({ requests: 1 });
  await expect(requestEach(port, 1, [{ ...GET, paths: ['/fault'] }])).rejects.toThrow('500');
});

test('no two requests have the same text', async () => {
  const bodies: string[] = [];
  const port = await serve(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    bodies.push(body);
    response.writeHead(200, { 'content-length': 0 }).end();
  });
  const request: LoadRequest = { ...GET, method: 'POST', body: `first ${UNIQUE} last` };
  for (let run = 0; run < 2; run += 1) await load({ port, connections: 4, forMs: 50, request });
  expect(bodies.length).toBeGreaterThan(4);
  expect(new Set(bodies).size).toBe(bodies.length);
  for (const body of bodies) expect(body).toMatch(/^first \d{16} last$/);
});

test('subjects take turns, in reverse every second round, and the first round is dropped', async () => {
  const turns: string[] = [];
  const subject = (name: string) => async () => turns.push(name);
  const samples = await interleave(2, { a: subject('a'), b: subject('b') });
  expect(turns.join('')).toBe('abbaab');
  expect(samples).toEqual({ a: [4, 5], b: [3, 6] });
  const row = compare({ what: '', against: '', better: 'higher' }, [2, 6, 9], [1, 2, 9]);
  expect(row).toMatchObject({ ours: 6, reference: 2, ratio: 2, ratios: [1, 3] });
});
