import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPublic } from '../../../main/linkify/public-address.ts';

/** Networks of IANA's registries (RFC 6890 and later) that are no public server's. */
const SPECIAL = `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12
  192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24
  203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 255.255.255.255/32
  ::/128 ::1/128 ::/96 ::ffff:0:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 100:0:0:1::/64
  2001::/23 2001::/32 2001:2::/48 2001:10::/28 2001:20::/28 2001:30::/28 2001:db8::/32 2002::/16
  3fff::/20 5f00::/16 4000::/3 8000::/1 fc00::/7 fe80::/10 fec0::/10 ff00::/8`.split(/\s+/);

const PUBLIC = `1.0.0.0/8 8.8.8.0/24 93.184.215.0/24 172.32.0.0/16 192.0.1.0/24 198.20.0.0/16
  223.255.255.0/24 2400::/12 2600::/12 2606:4700::/32 2001:200::/23 2001:4860::/32 2003::/18
  2a00::/12 2c00::/12`.split(/\s+/);

const bitsOf = (address: string): { value: bigint; size: number } => {
  if (!address.includes(':')) {
    return {
      value: address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n),
      size: 32,
    };
  }
  const [head = '', tail] = address.split('::');
  const words = (text = ''): string[] => (text === '' ? [] : text.split(':'));
  const gap = tail === undefined ? 0 : 8 - words(head).length - words(tail).length;
  const all = [...words(head), ...Array<string>(gap).fill('0'), ...words(tail)];
  return { value: all.reduce((sum, word) => sum * 65536n + BigInt(`0x${word}`), 0n), size: 128 };
};

const textOf = (value: bigint, size: number): string => {
  const wide = size === 32 ? 8n : 16n;
  const parts = Array.from(
    { length: size === 32 ? 4 : 8 },
    (_part, at, count = size === 32 ? 4 : 8) =>
      (value >> (wide * BigInt(count - 1 - at))) & ((1n << wide) - 1n),
  );
  return size === 32 ? parts.join('.') : parts.map((part) => part.toString(16)).join(':');
};

/** Its first and last address, and some between. */
function within(network: string): fc.Arbitrary<string> {
  const [address = '', bits] = network.split('/');
  const { value, size } = bitsOf(address);
  const free = BigInt(size - Number(bits));
  const last = (1n << free) - 1n;
  const base = (value >> free) << free;
  return fc
    .oneof(fc.constantFrom(0n, last), fc.bigInt(0n, last))
    .map((offset) => textOf(base + offset, size));
}

describe.each(SPECIAL)('%s', (network) => {
  test('is no public server', () => {
    fc.assert(
      fc.property(within(network), (address) => {
        expect(isPublic(address), address).toBe(false);
        // The same as IPv4 within IPv6.
        if (!address.includes(':')) expect(isPublic(`::ffff:${address}`), address).toBe(false);
      }),
    );
  });
});

test.each(PUBLIC)('%s is public', (network) => {
  fc.assert(
    fc.property(within(network), (address) => {
      expect(isPublic(address), address).toBe(true);
      if (!address.includes(':')) expect(isPublic(`::FFFF:${address}`), address).toBe(true);
    }),
  );
});

test.each([
  '',
  'nonsense',
  'fe80::1%eth0',
  '2606:4700::1%eth0',
  '127.1',
  '0x7f000001',
  '8.8.8.8:80',
])('"%s" is no address of a public server', (text) => {
  expect(isPublic(text)).toBe(false);
});

test.each([
  '2002:7f00:1::',
  '64:ff9b:1::7f00:1',
  'fec0::1',
  '::127.0.0.1',
  '2001:0:7f00:1::',
  '::ffff:7f00:1',
])('%s, which leads to this computer or its network, is not public', (address) => {
  expect(isPublic(address)).toBe(false);
});
