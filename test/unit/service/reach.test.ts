import { request } from 'node:http';
import type { NetworkInterfaceInfo } from 'node:os';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { isNearby, networkAddress } from '../../../main/service/reach/address.ts';
import { startTestService, textSeed } from '../../support/service/run.ts';

const v4 = (address: string, internal = false): NetworkInterfaceInfo => ({
  address,
  internal,
  family: 'IPv4',
  netmask: '255.255.255.0',
  mac: '00:00:00:00:00:00',
  cidr: null,
});

describe('which address links carry', () => {
  const interfaces = {
    lo: [v4('127.0.0.1', true)],
    docker0: [v4('172.17.0.1')],
    'br-1a2b': [v4('172.18.0.1')],
    tun0: [v4('10.8.0.2')],
    wlan0: [v4('192.168.1.20')],
    enp3s0: [v4('192.168.7.5')],
  };

  test('the cable, never a container, a tunnel or this computer alone', () => {
    expect(networkAddress(undefined, interfaces)).toBe('192.168.7.5');
  });

  test('the default route decides between real networks', () => {
    expect(networkAddress('192.168.1.20', interfaces)).toBe('192.168.1.20');
  });

  test('a tunnel that took the default route is not reached from the next room', () => {
    expect(networkAddress('10.8.0.2', interfaces)).toBe('192.168.7.5');
  });

  test('a public address is not handed out', () => {
    expect(networkAddress('203.0.113.9', { eth0: [v4('203.0.113.9')] })).toBe('127.0.0.1');
  });

  test.each([
    ['Local Area Connection', 'Windows, cable'],
    ['LAN-Verbindung', 'Windows, cable, German'],
    ['Ethernet 2', 'Windows, cable'],
    ['Wi-Fi', 'Windows, radio'],
    ['en0', 'macOS'],
    ['wlp2s0', 'Linux, radio'],
    ['bond0', 'Linux, several as one'],
  ])('%s (%s) is the network', (name) => {
    expect(networkAddress(undefined, { [name]: [v4('192.168.1.20')] })).toBe('192.168.1.20');
  });

  test.each([
    ['lo0', 'this computer'],
    ['Loopback Pseudo-Interface 1', 'this computer'],
    ['ppp0', 'a tunnel'],
    ['utun3', 'a tunnel'],
    ['wg0', 'a tunnel'],
    ['tailscale0', 'an overlay'],
    ['vEthernet (WSL)', 'virtual machines'],
    ['VirtualBox Host-Only Network', 'virtual machines'],
    ['VMware Network Adapter VMnet8', 'virtual machines'],
    ['docker0', 'containers'],
  ])('%s (%s) does not win over Wi-Fi', (name) => {
    const found = networkAddress('10.9.9.9', {
      [name]: [v4('10.9.9.9')],
      'Wi-Fi': [v4('192.168.1.20')],
    });
    expect(found).toBe('192.168.1.20');
  });

  test('without a network links open on this computer', () => {
    expect(networkAddress(undefined, { lo: [v4('127.0.0.1', true)] })).toBe('127.0.0.1');
  });
});

test.each([
  ['127.0.0.1', true],
  ['::1', true],
  ['::ffff:192.168.1.4', true],
  ['10.1.2.3', true],
  ['172.16.0.1', true],
  ['172.32.0.1', false],
  ['169.254.1.1', true],
  ['fe80::1', true],
  ['fd12::1', true],
  ['8.8.8.8', false],
  ['::ffff:8.8.8.8', false],
  ['2001:db8::1', false],
  ['', false],
])('a visitor from %s is served: %s', (address, served) => {
  expect(isNearby(address)).toBe(served);
});

/** Reads a page by a connection of its own: one that is still open would tell of an earlier time. */
function read(link: string): Promise<string> {
  return new Promise((resolve, reject) => {
    request(link, { agent: false }, (response) => text(response).then(resolve, reject))
      .once('error', reject)
      .end();
  });
}

describe('the switch between network and this computer', () => {
  test('the network is let in and out again; port and links stay', async () => {
    const running = await startTestService();
    const share = await running.api.share(textSeed('here'));
    const { port, pathname } = new URL(share.link);
    const outside = networkAddress(undefined);
    const there = `http://${outside}:${port}${pathname}`;
    if (outside !== '127.0.0.1') await expect(read(there)).rejects.toThrow();

    await running.service.setReach('network');
    expect(running.service.pagesBaseUrl()).toBe(`http://${networkAddress(undefined)}:${port}`);
    expect(await read(there)).toContain('here');

    await running.service.setReach('loopback');
    expect(await read(share.link)).toContain('here');
    if (outside !== '127.0.0.1') await expect(read(there)).rejects.toThrow();
    await running.end();
  });

  test('the check says whether links open at the address that they carry', async () => {
    const running = await startTestService({ reach: 'network' });
    const checked = await running.service.checkReach();
    const outside = new URL(running.service.pagesBaseUrl()).hostname;
    expect(checked).toEqual(
      outside === '127.0.0.1' ? { kind: 'no-network' } : { kind: 'ok', address: outside },
    );
    await running.service.setReach('loopback');
    expect(await running.service.checkReach()).toEqual({ kind: 'no-network' });
    await running.end();
  });

  test('an address that does not answer is told as blocked', async () => {
    const { checkReach } = await import('../../../main/service/reach/check-reach.ts');
    // Nothing listens at port 9 of this address, and nothing may (RFC 5737).
    expect(await checkReach('http://192.0.2.7:9')).toEqual({
      kind: 'blocked',
      address: '192.0.2.7',
    });
  });
});
