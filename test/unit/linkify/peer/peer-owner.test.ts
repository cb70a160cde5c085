import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LinkifyError } from '../../../../main/linkify/errors.ts';
import {
  type Endpoints,
  type PeerOwner,
  peerOwner,
} from '../../../../main/linkify/peer/peer-owner.ts';
import { UNKNOWN_UID, verifyPeer } from '../../../../main/linkify/peer/verified-agent.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linkify-proc-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HEAD =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const row = (local: string, remote: string, state: string, uid: number, inode: number) =>
  `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000 ${uid} 0 ${inode} 1 0\n`;
/** Port 39300 is 9984 in hexadecimal digits, our own end 50000 is C350. */
const PORT = '9984';
const OURS = 'C350';
const V4 = '0100007F';
const MAPPED = '0000000000000000FFFF00000100007F';
const V6 = '00000000000000000000000001000000';
const NONE = '00000000:0000';
const ends: Endpoints = {
  localAddress: '127.0.0.1',
  localPort: 50_000,
  remoteAddress: '127.0.0.1',
  remotePort: 39_300,
};

function ownerIn(tcp: string, tcp6 = '', of: Endpoints = ends): PeerOwner {
  writeFileSync(join(folder, 'tcp'), HEAD + tcp);
  writeFileSync(join(folder, 'tcp6'), HEAD + tcp6);
  return peerOwner(of, folder);
}
const accepted = (uid: number) => row(`${V4}:${PORT}`, `${V4}:${OURS}`, '01', uid, 77);
const queued = row(`${V4}:${PORT}`, `${V4}:${OURS}`, '01', 0, 0);
const listener = (address: string, uid: number) => row(`${address}:${PORT}`, NONE, '0A', uid, 5);
const ourEnd = row(`${V4}:${OURS}`, `${V4}:${PORT}`, '01', 1000, 78);

describe.skipIf(!new Uint8Array(new Uint16Array([1]).buffer)[0])('whose connection it is', () => {
  test('that of who accepted it, whoever listens by now', () => {
    expect(ownerIn(ourEnd + accepted(1001) + listener(V4, 1000))).toEqual([1001]);
    expect(ownerIn(ourEnd, row(`${MAPPED}:${PORT}`, `${MAPPED}:${OURS}`, '01', 1001, 9))).toEqual([
      1001,
    ]);
  });
  test('one that nobody accepted yet is in the queue of any listener at its address', () => {
    expect(ownerIn(ourEnd + queued + listener(V4, 1000))).toEqual([1000]);
    expect(ownerIn(ourEnd + queued + listener('00000000', 1001))).toEqual([1001]);
    expect(ownerIn(ourEnd + queued + listener(V4, 1000), listener('0'.repeat(32), 1001))).toEqual([
      1000, 1001,
    ]);
    expect(ownerIn(ourEnd + queued + listener('0200007F', 1000))).toBe('unlisted');
  });
  test('our own end, others’ connections and listeners elsewhere say nothing', () => {
    expect(ownerIn(ourEnd + listener(V4, 1000))).toBe('unlisted');
    expect(ownerIn(row(`${V4}:${PORT}`, `${V4}:C351`, '01', 1000, 7))).toBe('unlisted');
    expect(ownerIn('')).toBe('unlisted');
  });
  test('of IPv6', () => {
    const v6 = { ...ends, localAddress: '::1', remoteAddress: '::1' };
    expect(ownerIn('', row(`${V6}:${PORT}`, `${V6}:${OURS}`, '01', 1001, 9), v6)).toEqual([1001]);
  });
  test('nobody can say where the system keeps no list', () => {
    expect(peerOwner(ends, join(folder, 'nothing here'))).toBe('no-list');
  });
});

describe('what is done with it', () => {
  const verdict = async (
    owner: PeerOwner,
    trusted: ReadonlyMap<number, boolean> = new Map(),
    proof?: boolean,
  ): Promise<'sent' | number> => {
    const socket = { ...ends } as unknown as Socket;
    return verifyPeer(socket, {
      ownUid: 1000,
      isTrusted: (uid) => trusted.get(uid),
      ownerOf: () => owner,
      ...(proof === undefined ? {} : { proves: async () => proof }),
    }).then(
      () => 'sent' as const,
      (error: unknown) => {
        if (!(error instanceof LinkifyError) || error.fault.kind !== 'unverified-peer') throw error;
        return error.fault.uid;
      },
    );
  };
  test('ours is used, another user’s only after a yes', async () => {
    expect(await verdict([1000])).toBe('sent');
    expect(await verdict([1001])).toBe(1001);
    expect(await verdict([0])).toBe(0);
    expect(await verdict([1000, 1001])).toBe(1001);
    expect(await verdict([1001], new Map([[1001, true]]))).toBe('sent');
    expect(await verdict([1001], new Map([[1001, false]]))).toBe(1001);
  });
  test('one in a container, or behind a redirection, is asked about', async () => {
    expect(await verdict('unlisted')).toBe(UNKNOWN_UID);
    expect(await verdict('unlisted', new Map([[UNKNOWN_UID, true]]))).toBe('sent');
  });
  test('who proves to know the token is used, without a question', async () => {
    expect(await verdict([1001], new Map(), true)).toBe('sent');
    expect(await verdict([1001], new Map(), false)).toBe(1001);
    expect(await verdict('no-list', new Map(), true)).toBe('sent');
    expect(await verdict('no-list', new Map(), false)).toBe(UNKNOWN_UID);
  });
});

test.skipIf(process.platform !== 'linux')(
  'a real connection is that of who runs the server',
  async () => {
    const { connect } = await import('node:net');
    for (const [host, to] of [
      ['127.0.0.1', '127.0.0.1'],
      ['0.0.0.0', '127.0.0.2'],
      ['::', '127.0.0.1'],
      ['::1', '::1'],
    ] as const) {
      const server = createServer();
      await new Promise<void>((resolve) => {
        server.listen({ host, port: 0 }, resolve);
      });
      const { port } = server.address() as { port: number };
      const client = connect(port, to);
      await new Promise((resolve) => client.once('connect', resolve));
      const { localAddress = '', localPort = 0, remoteAddress = '', remotePort = 0 } = client;
      expect(peerOwner({ localAddress, localPort, remoteAddress, remotePort })).toEqual([
        process.getuid?.(),
      ]);
      client.destroy();
      server.close();
    }
  },
);
