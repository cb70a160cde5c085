import { request } from 'node:http';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isNearby,
  networkAddress,
  networkAddresses,
} from '../../../../main/server/network/address.ts';
import { startTestService, textSeed } from '../../../support/service/run.ts';

const v6 = (address: string, prefix = 64): NetworkInterfaceInfo => ({
  address,
  internal: address === '::1',
  family: 'IPv6',
  netmask: '',
  mac: '00:00:00:00:00:00',
  cidr: `${address}/${prefix}`,
  scopeid: 0,
});

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
    expect(networkAddress({}, interfaces)).toBe('192.168.7.5');
  });

  test('the default route decides between real networks', () => {
    expect(networkAddress({ routes: ['192.168.1.20'] }, interfaces)).toBe('192.168.1.20');
  });

  test('a tunnel that took the default route is not reached from the next room', () => {
    expect(networkAddress({ routes: ['10.8.0.2'] }, interfaces)).toBe('192.168.7.5');
  });

  test('a public address is not handed out', () => {
    expect(networkAddress({ routes: ['203.0.113.9'] }, { eth0: [v4('203.0.113.9')] })).toBe(
      '127.0.0.1',
    );
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
    expect(networkAddress({}, { [name]: [v4('192.168.1.20')] })).toBe('192.168.1.20');
  });

  test.each([
    ['lo0', 'this computer'],
    ['Loopback Pseudo-Interface 1', 'this computer'],
    ['ppp0', 'a tunnel'],
    ['utun3', 'a tunnel'],
    ['wg0', 'a tunnel'],
    ['tailscale0', 'an overlay'],
    ['NordLynx', 'a tunnel'],
    ['OpenVPN TAP-Windows6', 'a tunnel'],
    ['My VPN', 'a tunnel'],
    ['vEthernet (WSL)', 'virtual machines'],
    ['VirtualBox Host-Only Network', 'virtual machines'],
    ['VMware Network Adapter VMnet8', 'virtual machines'],
    ['docker0', 'containers'],
  ])('%s (%s) does not win over Wi-Fi', (name) => {
    const found = networkAddress(
      { routes: ['10.9.9.9'] },
      {
        [name]: [v4('10.9.9.9')],
        'Wi-Fi': [v4('192.168.1.20')],
      },
    );
    expect(found).toBe('192.168.1.20');
  });

  test('without a network links open on this computer', () => {
    expect(networkAddress({}, { lo: [v4('127.0.0.1', true)] })).toBe('127.0.0.1');
  });
});

describe('where there is IPv6 alone', () => {
  const only = {
    lo: [v4('127.0.0.1', true), v6('::1', 128)],
    tun0: [v6('fd99::1')],
    wlan0: [v6('fe80::1'), v6('2001:db8:1::5'), v6('fd12:3456::5')],
  };

  test('links carry the address that the network gave for itself, else a global one', () => {
    expect(networkAddress({}, only)).toBe('fd12:3456::5');
    const global = { wlan0: [v6('fe80::1'), v6('2001:db8:1::5')] };
    expect(networkAddress({}, global)).toBe('2001:db8:1::5');
  });

  test('an address of the link alone, or one that nobody shares a network with, is none', () => {
    expect(networkAddress({}, { wlan0: [v6('fe80::1')] })).toBe('127.0.0.1');
    expect(networkAddress({}, { wlan0: [v6('2001:db8:1::5', 128)] })).toBe('127.0.0.1');
  });

  test('neighbours with global addresses are those of the same network', () => {
    const interfaces = () => only;
    expect(isNearby('2001:db8:1::77', interfaces)).toBe(true);
    expect(isNearby('2001:db8:2::77', interfaces)).toBe(false);
    expect(isNearby('fd00::7', interfaces)).toBe(true);
    expect(isNearby('::', interfaces)).toBe(false);
  });

  test('IPv4 comes first where there are both', () => {
    expect(networkAddress({}, { ...only, eth0: [v4('10.0.0.7')] })).toBe('10.0.0.7');
  });
});

describe('an interface that someone chose', () => {
  const both = { 'Wi-Fi': [v4('192.168.1.20')], tailscale0: [v4('100.101.1.2')] };

  test('is taken, a tunnel too; while it is away the likeliest one is', () => {
    expect(networkAddress({ chosen: 'tailscale0' }, both)).toBe('100.101.1.2');
    expect(networkAddress({ chosen: 'eth7' }, both)).toBe('192.168.1.20');
  });

  test('is one of those that can carry links, the likeliest first', () => {
    expect(networkAddresses({}, { ...both, lo: [v4('127.0.0.1', true)] })).toEqual([
      { name: 'Wi-Fi', address: '192.168.1.20' },
      { name: 'tailscale0', address: '100.101.1.2' },
    ]);
  });
});

test('whatever interfaces there are, links carry an address that others can reach, or this computer’s', () => {
  const name = fc.constantFrom(
    ...['lo', 'lo0', 'eth0', 'en0', 'wlan0', 'Wi-Fi', 'LAN', 'docker0', 'br-1'],
    ...['utun2', 'tun0', 'ppp0', 'veth12', 'virbr0', 'tailscale0', 'vEthernet (WSL)', 'Ethernet 3'],
  );
  const address = fc.oneof(
    fc.ipV4().map((one) => v4(one, one.startsWith('127.'))),
    fc
      .constantFrom(...['192.168.0.9', '10.1.1.1', '172.20.3.4', '169.254.7.7'])
      .map((one) => v4(one)),
    fc
      .constantFrom(...['fe80::9', 'fd00::9', 'fc12:1::2', '::1', '2a02:8::9', 'ff02::1'])
      .map((one) => v6(one)),
  );
  const table = fc.dictionary(name, fc.array(address, { maxLength: 4 }), { maxKeys: 6 });
  fc.assert(
    fc.property(table, fc.option(name, { nil: undefined }), (interfaces, chosen) => {
      const found = networkAddress({ chosen }, interfaces);
      const all = networkAddresses({}, interfaces);
      if (found === '127.0.0.1') {
        expect(all.filter(({ name: one }) => !/^(utun|tun|ppp|tailscale)/.test(one))).toEqual([]);
        return;
      }
      expect(all.map((one) => one.address)).toContain(found);
      expect(found).not.toMatch(/^(127\.|169\.254|fe80|ff02|::1)/);
      const owners = Object.entries(interfaces).filter(([, given]) =>
        given.some((one) => one.address === found),
      );
      expect(owners.some(([one]) => !/^(lo\d*$|docker|br-|veth|virbr)/i.test(one))).toBe(true);
      // Who lives there is served.
      expect(isNearby(found, () => interfaces)).toBe(true);
      if (all.some((one) => one.name === chosen)) {
        expect(all.find((one) => one.name === chosen)?.address).toBe(found);
      }
    }),
    { numRuns: 1_000 },
  );
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
    const outside = networkAddress();
    const host = outside.includes(':') ? `[${outside}]` : outside;
    const there = `http://${host}:${port}${pathname}`;
    if (outside !== '127.0.0.1') await expect(read(there)).rejects.toThrow();

    await running.service.setReach('network');
    expect(running.service.pagesBaseUrl()).toBe(`http://${host}:${port}`);
    expect(await read(there)).toContain('here');

    await running.service.setReach('loopback');
    expect(await read(share.link)).toContain('here');
    if (outside !== '127.0.0.1') await expect(read(there)).rejects.toThrow();
    await running.end();
  });

  test('the network is let in by IPv6, too, and this computer by both', async () => {
    const running = await startTestService({ reach: 'network' });
    const share = await running.api.share(textSeed('both ways'));
    const { port, pathname } = new URL(share.link);
    const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    expect(await read(`http://127.0.0.1:${port}${pathname}`)).toContain('both ways');
    // A system without IPv6 is served by IPv4 alone.
    if (own.some(({ address }) => address === '::1')) {
      expect(await read(`http://[::1]:${port}${pathname}`)).toContain('both ways');
    }
    expect(await read(share.link)).toContain('both ways');
    await running.end();
  });

  test('the check says whether links open at the address that they carry', async () => {
    const running = await startTestService({ reach: 'network' });
    const checked = await running.service.checkReach();
    const outside = new URL(running.service.pagesBaseUrl()).hostname.replace(/^\[|\]$/g, '');
    expect(checked).toMatchObject(
      outside === '127.0.0.1' ? { kind: 'no-network' } : { kind: 'ok', address: outside },
    );
    await running.service.setReach('loopback');
    expect(await running.service.checkReach()).toEqual({ kind: 'no-network' });
    await running.end();
  });
});
