import { createHook } from 'node:async_hooks';
import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  type Listener,
  type ListenerOptions,
  listen,
} from '../../../../main/server/http/listen.ts';
import { PAGES_LIMITS } from '../../../../main/server/http/listener-limits.ts';
import {
  type SlowClient,
  type SlowOptions,
  slowClient,
} from '../../../support/service/slow-clients.ts';

/** A listener and clients that are slow, or many, on real sockets. */

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Patient in all that a test does not speak of. */
const PATIENT = {
  ...PAGES_LIMITS,
  headersMs: 60_000,
  idleMs: 60_000,
  keepAliveMs: 60_000,
  requestMs: 60_000,
  answerMs: 60_000,
};

const sayHello: RequestListener = (request, response) => {
  request.resume();
  response.end('hello');
};

async function open(
  limits: Partial<ListenerOptions['limits']>,
  handle: RequestListener = sayHello,
  hasManyVisitors?: ListenerOptions['hasManyVisitors'],
): Promise<Listener> {
  const listener = await listen({
    host: '127.0.0.1',
    port: 0,
    limits: { ...PATIENT, ...limits },
    handle,
    ...(hasManyVisitors === undefined ? {} : { hasManyVisitors }),
  });
  ends.push(() => listener.close(0));
  return listener;
}

function client(options: SlowOptions): SlowClient {
  const slow = slowClient(options);
  ends.push(() => slow.leave());
  return slow;
}

const GET = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';
const POST = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n';
/** A busy machine is no failure. */
const DEFAULT_TIMEOUTS = { timeout: 15_000 };
const answered = (slow: SlowClient) => expect.poll(() => slow.status(), DEFAULT_TIMEOUTS).toBe(200);

describe('is let go:', () => {
  test('who says nothing', async () => {
    const { port } = await open({ headersMs: 100 });
    const silent = client({ port });
    await silent.closed;
    expect(silent.status()).toBe(408);
  });

  test('whose headers drip', async () => {
    const { port } = await open({ headersMs: 100 });
    const drip = client({ port, sends: 'GET / HTTP/1.1\r\n', drips: 'X: y\r\n' });
    await drip.closed;
    expect(drip.status()).toBe(408);
  });

  test('whose headers drip in its second request', async () => {
    const { port } = await open({ headersMs: 200, keepAliveMs: 2_000 });
    const drip = client({ port, sends: `${GET}GET / HTTP/1.1\r\n`, drips: 'X: y\r\n' });
    await drip.closed;
    expect(drip.status()).toBe(200);
  });

  test('who keeps a connection and asks nothing more', async () => {
    const { port } = await open({ keepAliveMs: 100 });
    const idle = client({ port, sends: GET });
    await idle.closed;
    expect(idle.status()).toBe(200);
  });

  test('whose body stops', async () => {
    const { port } = await open({ idleMs: 100 }, () => {});
    await client({ port, sends: `${POST}abc` }).closed;
  });

  test.each([
    ['with a length', POST, 'a'],
    ['in chunks', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n', '1\r\na\r\n'],
  ])('whose body drips, %s', async (_how, sends, drips) => {
    const { port } = await open({ requestMs: 150 }, (request) => request.resume());
    const drip = client({ port, sends, drips });
    await drip.closed;
    expect(drip.status()).toBe(408);
  });

  test('whose body drips on when it has its answer already', async () => {
    const { port } = await open({ keepAliveMs: 150 });
    const drip = client({ port, sends: POST, drips: 'a' });
    await drip.closed;
    expect(drip.status()).toBe(200);
  });

  // A client that does not read notices no end: the listener's side is looked at.
  test('who takes nothing of a long answer', async () => {
    const sockets: Socket[] = [];
    const { port } = await open({ answerMs: 40 }, ({ socket }, response) => {
      sockets.push(socket);
      response.end(Buffer.alloc(20_000_000));
    });
    const reader = client({ port, sends: GET, takes: 0 });
    await expect.poll(() => sockets[0]?.destroyed, DEFAULT_TIMEOUTS).toBe(true);
    // Nothing is left with the system for it, either.
    await expect.poll(() => reader.socket.resume().destroyed, DEFAULT_TIMEOUTS).toBe(true);
    expect(reader.bytes()).toBeLessThan(1_000_000);
  });

  test('who takes a little of a long answer, again and again', async () => {
    const { port } = await open({ answerMs: 250, answerBytes: 1_000_000 }, (_request, response) => {
      response.end(Buffer.alloc(40_000_000));
    });
    const reader = client({ port, sends: GET, takes: 1_000, everyMs: 5 });
    await reader.closed;
    expect(reader.bytes()).toBeGreaterThan(1_000);
    expect(reader.bytes()).toBeLessThan(1_000_000);
  });
});

describe('is not let go:', () => {
  test('whose body is slow, but comes', async () => {
    const { port } = await open({ requestMs: 100, keepAliveMs: 60_000 }, (request, response) => {
      request.resume();
      request.once('end', () => response.end('all of it'));
    });
    // Some 6 MB a second for 0.4 s: four times what the first moment alone allows.
    const size = 2_400_000;
    const slow = client({
      port,
      sends: `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${size}\r\n\r\n`,
      drips: 'a'.repeat(size / 40),
    });
    await answered(slow);
  });

  test('who reads a long answer slowly, but reads it', async () => {
    const size = 12_000_000;
    const { port } = await open({ answerMs: 50, answerBytes: 1 }, (_request, response) => {
      response.end(Buffer.alloc(size));
    });
    const reader = client({ port, sends: GET, takes: 1_000_000, everyMs: 2 });
    await expect.poll(() => reader.bytes(), DEFAULT_TIMEOUTS).toBeGreaterThan(size);
  });

  test('who waits for an answer that is long in the making', async () => {
    const { port } = await open({ answerMs: 20 }, (_request, response) => {
      setTimeout(() => response.end('at last'), 300);
    });
    await answered(client({ port, sends: GET }));
  });
});

describe('a reader who has paused', () => {
  const long: RequestListener = (_request, response) => void response.end(Buffer.alloc(20_000_000));

  test('goes on when nobody needed the connection', async () => {
    let idle = (_socket: Socket): void => {};
    const timeout = new Promise<Socket>((resolve) => {
      idle = resolve;
    });
    const { port } = await open({ idleMs: 20 }, (request, response) => {
      request.socket.once('timeout', () => idle(request.socket));
      long(request, response);
    });
    const reader = client({ port, sends: GET, takes: 0 });
    expect((await timeout).destroyed).toBe(false);
    reader.readOn();
    await expect.poll(() => reader.bytes(), DEFAULT_TIMEOUTS).toBeGreaterThan(20_000_000);
  });

  test('makes room for others, the one that paused first before the rest', async () => {
    const sockets: Socket[] = [];
    const { port } = await open({ answerMs: 200, connections: 3 }, (request, response) => {
      if (request.url !== '/long') return sayHello(request, response);
      sockets.push(request.socket);
      long(request, response);
    });
    const sends = GET.replace('/', '/long');
    client({ port, sends, takes: 0 });
    await expect.poll(() => sockets.length, DEFAULT_TIMEOUTS).toBe(1);
    client({ port, sends, takes: 100_000, everyMs: 50 });
    client({ port, sends, takes: 100_000, everyMs: 50 });
    await expect.poll(() => sockets.length, DEFAULT_TIMEOUTS).toBe(3);
    await expect
      .poll(async () => {
        const late = client({ port, sends: GET });
        await Promise.race([late.closed, answered(late)]);
        return late.status();
      }, DEFAULT_TIMEOUTS)
      .toBe(200);
    expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true, false, false]);
  });
});

describe('too many connections', () => {
  test('the one that has waited longest makes room, in all', async () => {
    const { port } = await open({ connections: 3 });
    const waiting: SlowClient[] = [];
    for (let i = 0; i < 3; i++) {
      waiting.push(client({ port, sends: GET }));
      await answered(waiting[i] as SlowClient);
    }
    const late = client({ port, sends: GET });
    await answered(late);
    await waiting[0]?.closed;
    expect(waiting[1]?.socket.destroyed).toBe(false);
    expect(waiting[2]?.socket.destroyed).toBe(false);
  });

  test('of one visitor cost that visitor its own', async () => {
    const { port } = await open({ connectionsPerAddress: 2 }, sayHello, () => false);
    const neighbour = client({ port, from: '127.0.0.3' });
    const many = Array.from({ length: 5 }, () => client({ port, from: '127.0.0.2' }));
    await Promise.all(many.slice(0, 3).map(({ closed }) => closed));
    expect(many.filter(({ socket }) => !socket.destroyed)).toHaveLength(2);
    expect(neighbour.socket.destroyed).toBe(false);
  });

  test('when the room is gone, whoever has the most that wait gives', async () => {
    const { port } = await open({ connections: 6 }, sayHello, () => false);
    const first = client({ port, from: '127.0.0.3', sends: GET });
    await answered(first);
    const many = Array.from({ length: 5 }, () => client({ port, from: '127.0.0.2' }));
    await Promise.all(
      many.map((slow) => expect.poll(() => slow.socket.readyState, DEFAULT_TIMEOUTS).toBe('open')),
    );
    await answered(client({ port, from: '127.0.0.4', sends: GET }));
    await Promise.race(many.map(({ closed }) => closed));
    expect(first.socket.destroyed).toBe(false);
  });

  test('none that is being answered is cut off: the one that comes too late is', async () => {
    const endings: (() => void)[] = [];
    const { port } = await open({ connections: 2 }, (_request, response) => {
      endings.push(() => response.end('hello'));
    });
    const served = [client({ port, sends: GET }), client({ port, sends: GET })];
    await expect.poll(() => endings.length, DEFAULT_TIMEOUTS).toBe(2);
    const late = client({ port, sends: GET });
    await late.closed;
    expect(late.status()).toBe(0);
    for (const end of endings) end();
    for (const one of served) await answered(one);
  });

  test('of a proxy are the connections of many, and only all together are limited', async () => {
    const { port } = await open({ connectionsPerAddress: 2 });
    const many = Array.from({ length: 10 }, () => client({ port, sends: GET }));
    for (const one of many) await answered(one);
    expect(many.every(({ socket }) => !socket.destroyed)).toBe(true);
  });

  test('from elsewhere are closed before a byte is read', async () => {
    const handle = vi.fn();
    const listener = await listen({
      host: '127.0.0.1',
      port: 0,
      limits: PATIENT,
      acceptPeer: (address) => address !== '127.0.0.9',
      handle,
    });
    ends.push(() => listener.close(0));
    await client({ port: listener.port, from: '127.0.0.9', sends: GET }).closed;
    expect(handle).not.toHaveBeenCalled();
  });
});

test('no timer is left of clients that are gone, however they went', async () => {
  const timers = new Set<number>();
  let made = 0;
  const hook = createHook({
    init(id, type) {
      if (type !== 'Timeout' || !new Error().stack?.includes('http/slow-clients.ts')) return;
      timers.add(id);
      made++;
    },
    destroy: (id) => void timers.delete(id),
  }).enable();
  ends.push(() => hook.disable());
  const { port } = await open({ requestMs: 200 }, (request, response) => {
    if (request.url === '/long') response.end(Buffer.alloc(20_000_000));
    else if (request.url === '/never') request.resume();
    else sayHello(request, response);
  });
  const ways: readonly Partial<SlowOptions>[] = [
    { sends: GET },
    { sends: POST },
    { sends: POST.replace('/', '/never'), drips: 'a' },
    { sends: GET.replace('/', '/long'), takes: 0 },
    { sends: GET.replace('/', '/never') },
  ];
  const clients = Array.from({ length: 25 }, (_, i) => client({ port, ...ways[i % ways.length] }));
  await expect.poll(() => made, DEFAULT_TIMEOUTS).toBeGreaterThanOrEqual(clients.length);
  expect(timers.size).toBeGreaterThan(0);
  for (const one of clients) one.leave();
  await expect.poll(() => timers.size, DEFAULT_TIMEOUTS).toBe(0);
});

describe('requests that are sent before the last one was answered', () => {
  /** Answers nothing, and counts what it was asked. */
  function silent() {
    const asked: string[] = [];
    const handle: RequestListener = (request) => {
      asked.push(request.url ?? '');
    };
    return { asked, handle };
  }

  test('end the connection, and only the first of them is heard', async () => {
    const { asked, handle } = silent();
    const { port } = await open({}, handle);
    const many = client({ port, sends: GET.repeat(1_000) });
    await many.closed;
    expect(asked).toHaveLength(1);
  });

  test('keep that visitor out for a minute, and nobody else', async () => {
    const { port } = await open({}, sayHello, (address) => address === '127.0.0.1');
    await client({ port, from: '127.0.0.2', sends: GET.repeat(3) }).closed;
    const again = client({ port, from: '127.0.0.2', sends: GET });
    await again.closed;
    expect(again.bytes()).toBe(0);
    const others = ['127.0.0.1', '127.0.0.3'].map((from) => client({ port, from, sends: GET }));
    await expect
      .poll(() => others.map((one) => one.status()), DEFAULT_TIMEOUTS)
      .toEqual([200, 200]);
  });

  test('are answered in turn when it is one, as after an answer that was just read', async () => {
    const waiting: (() => void)[] = [];
    const { port } = await open({}, (_request, response) => {
      waiting.push(() => response.end('hello'));
    });
    const eager = client({ port, sends: GET + GET });
    await expect.poll(() => waiting.length, DEFAULT_TIMEOUTS).toBe(1);
    waiting[0]?.();
    await expect.poll(() => waiting.length, DEFAULT_TIMEOUTS).toBe(2);
    const before = eager.bytes();
    waiting[1]?.();
    await expect.poll(() => eager.bytes(), DEFAULT_TIMEOUTS).toBeGreaterThan(before);
  });

  test('are none when each waits for the answer before', async () => {
    const { port } = await open({});
    const patient = client({ port, sends: GET });
    await expect.poll(() => patient.status(), DEFAULT_TIMEOUTS).toBe(200);
    for (let request = 0; request < 50; request++) {
      const before = patient.bytes();
      patient.socket.write(GET);
      await expect.poll(() => patient.bytes(), DEFAULT_TIMEOUTS).toBeGreaterThan(before);
    }
  });
});
