import { expect, test } from 'vitest';
import { isLoopback, parseIp, visitorOf } from '../../../../main/server/http/ip-address.ts';
import { isNearby } from '../../../../main/server/network/address.ts';

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:c000:201', '192.0.2.1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['2001:db8:0:0:1::7', '2001:db8::1:0:0:7'],
  // An IPv4-compatible address (RFC 4291, 2.5.5.1) is none of IPv4.
  ['::192.0.2.1', '::c000:201'],
  ['::127.0.0.1', '::7f00:1'],
])('%s is the address %s', (text, address) => {
  expect(parseIp(text)?.toString()).toBe(address);
});

test.each([
  '',
  'localhost',
  '127.1',
  '0x7f000001',
  '2130706433',
  '010.0.0.1',
  '10.0.0.1.',
  '::1/128',
  '[::1]',
])('"%s" is no address', (text) => {
  expect(parseIp(text)).toBeUndefined();
  expect(isNearby(text)).toBe(false);
  expect(isLoopback(text)).toBe(false);
  expect(visitorOf(text)).toBe(text);
});

test.each([
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['::ffff:7f00:1', true],
  ['::127.0.0.1', false],
  ['128.0.0.1', false],
  ['::2', false],
])("%s is this computer's own: %s", (address, isOwn) => {
  expect(isLoopback(address)).toBe(isOwn);
});

test.each([
  ['fe80::1%wlan0', true],
  ['::ffff:10.0.0.1', true],
  ['100.64.0.1', true],
  ['100.128.0.1', false],
  ['::10.0.0.1', false],
  ['64:ff9b::10.0.0.1', false],
  ['2002:a00:1::', false],
  ['0.0.0.0', false],
  ['::', false],
  ['224.0.0.1', false],
  ['ff02::1', false],
])('%s is near: %s', (address, isNear) => {
  expect(isNearby(address, () => ({}))).toBe(isNear);
});
