import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ownerOf, parseListeners, readListeners } from '../../../main/linkify/peer/listeners.ts';
import { isPortOpen } from '../../../main/linkify/peer/port-open.ts';
import {
  type FindPiecesDeps,
  type FoundService,
  findServices,
  PORT_RANGE,
} from '../../../main/pieces/find-pieces.ts';
import { portFilePaths, portIn } from '../../../main/pieces/port-file.ts';
import { probe } from '../../../main/pieces/probe.ts';
import { type ScriptedService, startScriptedService } from '../../support/scripted-service.ts';

async function all(needs: FindPiecesDeps): Promise<readonly FoundService[]> {
  const found: FoundService[] = [];
  for await (const service of findServices(needs)) found.push(service);
  return found;
}

const HEADER =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const row = (local: string, state: string, uid: number): string =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  ${uid}        0 53 1 0000 100 0 0 10 0`;

describe('the kernel’s list of listeners', () => {
  test('names port and user, of sockets that 127.0.0.1 reaches', () => {
    const listeners = parseListeners(
      [
        HEADER,
        row('0100007F:9984', '0A', 1000),
        row('00000000:9985', '0A', 1001),
        row('0500A8C0:9986', '0A', 1000),
        row('0100007F:9987', '01', 1000),
        HEADER,
        row('00000000000000000000000000000000:9988', '0A', 1000),
        row('00000000000000000000000001000000:9989', '0A', 1000),
        'rubbish',
        '',
      ].join('\n'),
    );
    expect([...listeners]).toEqual([
      [39_300, [1000]],
      [39_301, [1001]],
      [39_304, [1000]],
    ]);
    expect(ownerOf(39_300, listeners, 1000)).toBe('us');
    expect(ownerOf(39_301, listeners, 1000)).toBe('other');
    expect(ownerOf(39_302, listeners, 1000)).toBe('unknown');
    expect(ownerOf(39_300, undefined, 1000)).toBe('unknown');
    expect(ownerOf(39_300, listeners, undefined)).toBe('unknown');
  });

  test('distrusts a port that two users listen on', () => {
    const listeners = parseListeners(
      [row('0100007F:9984', '0A', 1000), row('00000000:9984', '0A', 1001)].join('\n'),
    );
    expect(ownerOf(39_300, listeners, 1000)).toBe('other');
  });

  test.runIf(process.platform === 'linux')('finds a real listener of ours', async () => {
    const service = await startScriptedService();
    const listeners = await readListeners();
    expect(ownerOf(service.port, listeners, process.getuid?.())).toBe('us');
    await service.close();
    expect((await readListeners())?.has(service.port)).toBe(false);
  });

  test('is no fault where the system has none', async () => {
    expect(await readListeners('/nonexistent')).toBeUndefined();
  });
});

describe('the port file', () => {
  test.each([
    ['39300', 39_300],
    ['39300\n', 39_300],
    ['\uFEFF39301\r\n', 39_301],
    ['null', undefined],
    ['', undefined],
    ['0', undefined],
    ['65536', undefined],
    ['-1', undefined],
    ['39300 39301', undefined],
    ['3e4', undefined],
    ['http://evil.example', undefined],
    ['\u0000\u0000\u0000', undefined],
  ])('%j names %s', (text, port) => {
    expect(portIn(text)).toBe(port);
  });

  test('is looked for where each system keeps it', () => {
    expect(portFilePaths({ platform: 'darwin', home: '/Users/ada' })).toEqual([
      '/Users/ada/Library/com.pieces.os/production/Config/.port.txt',
    ]);
    expect(
      portFilePaths({
        platform: 'win32',
        home: 'C:\\Users\\Ada',
        documents: 'D:\\OneDrive\\Documents',
        localAppData: 'C:\\Users\\Ada\\AppData\\Local',
      }),
    ).toEqual([
      'C:\\Users\\Ada\\AppData\\Local\\Mesh Intelligent Technologies, Inc\\Pieces OS\\com.pieces.os\\production\\Config\\.port.txt',
      'D:\\OneDrive\\Documents\\com.pieces.os\\production\\Config\\.port.txt',
    ]);
    expect(portFilePaths({ platform: 'linux', home: '/home/ada' })).toEqual([
      '/home/ada/Documents/com.pieces.os/production/Config/.port.txt',
      '/home/ada/Documents/com.pieces.os/production/config/.port.txt',
    ]);
  });
});

describe('a probe', () => {
  let service: ScriptedService;
  beforeEach(async () => {
    service = await startScriptedService();
  });
  afterEach(() => service.close());

  test('knows a service by its health and its version', async () => {
    expect(await probe(service.port, 1_000)).toBe('11.1.2');
    expect(service.requests.map(({ path }) => path).sort()).toEqual([
      '/.well-known/health',
      '/.well-known/version',
    ]);
  });

  test.each([
    ['another program', { '*': { html: '<h1>It works!</h1>' } }],
    ['a health that is none', { 'GET /.well-known/health': { text: 'fine' } }],
    ['a version that is none', { 'GET /.well-known/version': { text: 'null' } }],
    ['a 404', { 'GET /.well-known/version': { status: 404 } }],
    ['a redirect', { '*': { status: 302, headers: { location: 'http://127.0.0.1:1/' } } }],
    ['silence', { '*': { trouble: 'hang' } }],
    ['an answer without an end', { '*': { trouble: 'endless' } }],
    ['a reset', { '*': { trouble: 'reset' } }],
    ['half an answer', { '*': { trouble: 'reset-mid-body', text: 'ok:' } }],
    ['something that is no HTTP', { '*': { trouble: 'garbage' } }],
  ] as const)('takes %s for no service', async (_, script) => {
    service.script(script);
    expect(await probe(service.port, 150)).toBeUndefined();
  });
});

describe('finding', () => {
  const versions = new Map<number, string>();
  const probed: number[] = [];
  const needs = (more: Partial<FindPiecesDeps> = {}): FindPiecesDeps => ({
    portFiles: ['/a', '/b'],
    readFile: async (path) => {
      throw new Error(`no ${path}`);
    },
    listeners: async () => undefined,
    isOpen: async () => true,
    probe: async (port) => {
      probed.push(port);
      return versions.get(port);
    },
    ownUid: 1000,
    platform: 'linux',
    ...more,
  });
  beforeEach(() => {
    versions.clear();
    probed.length = 0;
  });

  test('asks the file’s port, the range and the legacy port, each once', async () => {
    const found = await all(needs({ readFile: async () => '39310' }));
    expect(found).toEqual([]);
    expect(probed).toHaveLength(35);
    expect(probed[0]).toBe(39_310);
    expect(probed.at(-1)).toBe(5_323);
    expect(new Set(probed).size).toBe(35);
  });

  test('prefers the port that the file names, then the lowest', async () => {
    for (const port of [39_301, 39_305, 5_323]) versions.set(port, '11.0.0');
    const ports = async (readFile: FindPiecesDeps['readFile']) =>
      (await all(needs({ readFile }))).map(({ port }) => port);
    expect(await ports(async () => '39305')).toEqual([39_305, 39_301, 5_323]);
    expect(await ports(async () => 'null')).toEqual([39_301, 39_305, 5_323]);
    expect(await ports(async () => '40000')).toEqual([39_301, 39_305, 5_323]);
  });

  test('looks for the older versions’ port of each system', async () => {
    versions.set(1_000, '10.1.0');
    const [found] = await all(needs({ platform: 'darwin' }));
    expect(found).toMatchObject({ baseUrl: 'http://127.0.0.1:1000', version: '10.1.0' });
  });

  test('tries only ports that someone listens on, where the system tells', async () => {
    versions.set(39_302, '11.0.0');
    const listeners = new Map([
      [39_302, [1000]],
      [8_080, [1000]],
    ]);
    const found = await all(needs({ listeners: async () => listeners }));
    expect(probed).toEqual([39_302]);
    expect(found).toMatchObject([{ port: 39_302, owner: 'us' }]);
  });

  test('puts someone else’s service last, and says so', async () => {
    for (const port of [39_300, 39_301]) versions.set(port, '11.0.0');
    const listeners = new Map([
      [39_300, [1001]],
      [39_301, [1000]],
    ]);
    const found = await all(
      needs({ listeners: async () => listeners, readFile: async () => '39300' }),
    );
    expect(found.map(({ port, owner, ownerUid }) => [port, owner, ownerUid])).toEqual([
      [39_301, 'us', undefined],
      [39_300, 'other', 1001],
    ]);
  });

  test('knocks before it asks where the system keeps no list', async () => {
    versions.set(39_304, '11.0.0');
    const knocked: number[] = [];
    const found = await all(
      needs({
        isOpen: async (port) => {
          knocked.push(port);
          return port === 39_304;
        },
      }),
    );
    expect(knocked).toHaveLength(35);
    expect(probed).toEqual([39_304]);
    expect(found).toMatchObject([{ port: 39_304, owner: 'unknown' }]);
  });

  test('takes the word of our own port file where the system keeps no list', async () => {
    versions.set(39_304, '11.0.0');
    expect(await all(needs({ readFile: async () => '39304' }))).toMatchObject([{ owner: 'us' }]);
    const listeners = async () => new Map([[39_304, [1001]]]);
    expect(await all(needs({ readFile: async () => '39304', listeners }))).toMatchObject([
      { owner: 'other' },
    ]);
  });

  test('hands on what answered without waiting for the silent ones behind it', async () => {
    const found = findServices(
      needs({
        probe: (port) => (port === 39_300 ? Promise.resolve('11.0.0') : new Promise(() => {})),
      }),
    );
    expect((await found.next()).value).toMatchObject({ port: 39_300 });
    void found.return(undefined);
  });

  test('never asks the ports that are our own', async () => {
    versions.set(39_302, '11.0.0');
    expect(await all(needs({ except: new Set([39_302]) }))).toEqual([]);
    expect(probed).not.toContain(39_302);
  });
});

describe('finding for real', () => {
  const held: Server[] = [];
  afterEach(async () => {
    for (const server of held.splice(0)) await new Promise((resolve) => server.close(resolve));
  });

  const real = (listeners: FindPiecesDeps['listeners'], portFiles: readonly string[] = []) => ({
    portFiles,
    readFile: (path: string) => readFile(path, 'utf8'),
    listeners,
    isOpen: isPortOpen,
    probe,
    ownUid: process.getuid?.(),
    platform: process.platform,
  });

  test('takes a service in the range, beside a silent program', async () => {
    // Reads and never answers; reading lets it see that the other side has gone.
    const silent = createServer((socket) => void socket.on('error', () => undefined).resume());
    const port = await firstFree(silent);
    held.push(silent);
    const service = await startScriptedService({}, { port: await freePort(port + 1) });
    const folder = mkdtempSync(join(tmpdir(), 'linkify-port-'));
    writeFileSync(join(folder, '.port.txt'), String(port));
    try {
      for (const listeners of [readListeners, async () => undefined]) {
        const found = await all(real(listeners, [join(folder, '.port.txt')]));
        expect(found.map((one) => one.port)).toContain(service.port);
        expect(found.map((one) => one.port)).not.toContain(port);
      }
    } finally {
      rmSync(folder, { recursive: true });
      await service.close();
    }
  });
});

/** Listens on the first free port of the range. */
async function firstFree(server: Server): Promise<number> {
  const port = await freePort(PORT_RANGE.first);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return port;
}

async function freePort(from: number): Promise<number> {
  for (let port = from; port <= PORT_RANGE.last; port += 1) {
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (free) {
      await new Promise((resolve) => server.close(resolve));
      return port;
    }
  }
  throw new Error('the whole range is taken');
}
