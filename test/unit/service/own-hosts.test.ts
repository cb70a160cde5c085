import { expect, test } from 'vitest';
import { isOwnHost } from '../../../main/service/http/own-hosts.ts';

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
  expect(isOwnHost(host, 'https://share.example.com/links')).toBe(true);
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
  expect(isOwnHost(host, 'https://share.example.com')).toBe(false);
});

test('a public address is known only where there is one', () => {
  expect(isOwnHost('share.example.com')).toBe(false);
});
