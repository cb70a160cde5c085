import type { NetworkInterfaceInfo } from 'node:os';
import { expect, test } from 'vitest';
import { hostNameOf, isOwnHost } from '../../../../main/server/http/own-hosts.ts';
import { isTailnetAddress } from '../../../../main/server/network/address.ts';

test.each([
  '192.168.1.20:4180',
  '127.0.0.1',
  '[fd12::1]:4180',
  '[::1]',
  'localhost:4180',
  'app.localhost:4180',
  'laptop:4180',
  'Laptop.LOCAL:4180',
  'laptop.local.:4180',
  'laptop.home.arpa',
  'laptop.lan',
  'share.example.com',
  'share.example.com:8443',
])('"%s" is ours', (host) => {
  expect(isOwnHost(host, { publicBaseUrl: 'https://share.example.com/links' })).toBe(true);
});

test.each([
  'evil.test:4180',
  'example.com',
  'share.example.com.evil.test',
  'evil.share.example.com',
  '127.0.0.1.evil.test',
  'localhost.evil.test',
  'local.evil.test',
  'laptoplocal.test',
  'user@127.0.0.1',
  'evil.test/127.0.0.1',
  'evil.test#.local',
  'evil.test?.local',
  'evil.test\\.local',
  '',
  ':4180',
])('"%s" is not', (host) => {
  expect(isOwnHost(host, { publicBaseUrl: 'https://share.example.com' })).toBe(false);
});

test('a public address is known only where there is one', () => {
  expect(isOwnHost('share.example.com')).toBe(false);
});

test('for this computer only, names of the local network are not ours', () => {
  const rules = { isThisComputerOnly: true, hostNames: ['nas.lan'] };
  for (const host of ['127.0.0.1:1', '[::1]', 'localhost', 'app.localhost:80', 'nas.lan']) {
    expect(isOwnHost(host, rules), host).toBe(true);
  }
  for (const host of [
    'laptop',
    'laptop.local',
    'a.lan',
    'a.internal',
    'a.home.arpa',
    'local',
    'localdomain',
  ]) {
    expect(isOwnHost(host, rules), host).toBe(false);
    expect(isOwnHost(host), host).toBe(true);
  }
});

test('a name that was allowed is ours, and nothing that only looks like it', () => {
  const rules = { hostNames: ['pc.example.com', 'xn--bro-hoa.example'] };
  for (const host of ['pc.example.com', 'PC.Example.com:4180', 'pc.example.com.', 'büro.example']) {
    expect(isOwnHost(host, rules), host).toBe(true);
  }
  for (const host of ['example.com', 'a.pc.example.com', 'pc.example.com.evil.test']) {
    expect(isOwnHost(host, rules), host).toBe(false);
  }
});

test("a name of Tailscale's is ours only where the request came that way", () => {
  const host = 'pc.tail12.ts.net:4180';
  expect(isOwnHost(host)).toBe(false);
  expect(isOwnHost(host, { isTailnet: true })).toBe(true);
  for (const other of ['ts.net', 'pc.ts.net.evil.test', 'evilts.net', 'evil.test']) {
    expect(isOwnHost(other, { isTailnet: true }), other).toBe(false);
  }
});

test('an address that Tailscale gave this computer is told from all others', () => {
  const of = (address: string): NetworkInterfaceInfo =>
    ({ address, internal: false, cidr: null }) as NetworkInterfaceInfo;
  const interfaces = () => ({
    lo: [of('127.0.0.1'), of('::1')],
    eth0: [of('192.168.1.20'), of('100.70.0.9'), of('fd12::1')],
    utun4: [of('100.101.102.103'), of('fd7a:115c:a1e0::9'), of('10.0.0.1')],
  });
  const found = (address: string): boolean => isTailnetAddress(address, interfaces);
  for (const address of ['100.101.102.103', '::ffff:100.101.102.103', 'fd7a:115c:a1e0::9']) {
    expect(found(address), address).toBe(true);
  }
  // Another carrier's shared address, one that is not ours, and what else there is.
  for (const address of ['100.70.0.9', '100.101.102.104', 'fd7a:115c:a1e0::10', '10.0.0.1', '']) {
    expect(found(address), address).toBe(false);
  }
});

test.each([
  ['PC.Example.com', 'pc.example.com'],
  [' nas.fritz.box. ', 'nas.fritz.box'],
  ['büro.example', 'xn--bro-hoa.example'],
  ['pc.tail12.ts.net', 'pc.tail12.ts.net'],
  ['', undefined],
  ['*.example.com', undefined],
  ['a..b', undefined],
  ['pc.example.com:80', undefined],
  ['http://pc.example.com', undefined],
  ['a/b', undefined],
  ['192.168.1.2', undefined],
  ['0x7f.1', undefined],
  ['a b', undefined],
  ['-a.example', undefined],
  [`${'a'.repeat(64)}.example`, undefined],
  ['a.'.repeat(130), undefined],
])('"%s" as a host name is %j', (typed, name) => {
  expect(hostNameOf(typed)).toBe(name);
});
