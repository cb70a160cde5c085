import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { isFromThisComputer } from '../../../../main/server/http/this-computer.ts';

// The members of a request that it reads.
const request = (remoteAddress: string | undefined, localAddress: string, headers = {}) =>
  ({ headers, socket: { remoteAddress, localAddress } }) as unknown as IncomingMessage;

test.each<[boolean, IncomingMessage]>([
  [true, request('127.0.0.1', '127.0.0.1')],
  [true, request('::1', '::1')],
  [true, request('::ffff:127.0.0.1', '::ffff:127.0.0.1')],
  [true, request('127.0.0.5', '127.0.0.1')],
  [true, request('::ffff:192.168.1.20', '::ffff:192.168.1.20')],
  [true, request('fd12::5', 'fd12::5')],
  [false, request('::ffff:192.168.1.21', '::ffff:192.168.1.20')],
  [false, request('fd12::6', 'fd12::5')],
  [false, request(undefined, '127.0.0.1')],
  [false, request('127.0.0.1', '127.0.0.1', { 'x-forwarded-for': '192.0.2.7' })],
  [false, request('127.0.0.1', '127.0.0.1', { forwarded: 'for=192.0.2.7' })],
  [false, request('127.0.0.1', '127.0.0.1', { via: '1.1 tunnel' })],
])('comes from this computer: %s', (isOwn, asked) => {
  expect(isFromThisComputer(asked)).toBe(isOwn);
});
