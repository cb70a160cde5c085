import { describe, expect, test } from 'vitest';
import { isLoopback, parseAddress } from '../../../main/linkify/address.ts';
import { LinkifyError } from '../../../main/linkify/errors.ts';

const refusal = (baseUrl: string) => {
  try {
    parseAddress(baseUrl);
    return 'taken';
  } catch (error) {
    return error instanceof LinkifyError && error.fault.kind === 'unusable-address'
      ? error.fault.reason
      : error;
  }
};

describe('takes https anywhere, and http on this computer', () => {
  test.each([
    ['http://127.0.0.1:39300', 'http://127.0.0.1:39300/', true],
    ['http://localhost:1000/', 'http://localhost:1000/', true],
    ['http://[::1]:1000', 'http://[::1]:1000/', true],
    ['http://127.1:80', 'http://127.0.0.1/', true],
    ['https://share.example', 'https://share.example/', false],
    ['https://share.example/linkify', 'https://share.example/linkify/', false],
  ])('%s', (given, base, loopback) => {
    expect(parseAddress(given)).toMatchObject({ base, loopback });
  });
});

describe('sends nothing to', () => {
  test.each([
    ['http://share.example', 'plain-http'],
    ['http://192.168.0.5:4100', 'plain-http'],
    ['http://127.0.0.1.evil.example', 'plain-http'],
    ['http://localhost.evil.example', 'plain-http'],
    ['http://0.0.0.0:4100', 'plain-http'],
    ['https://user:pass@share.example', 'credentials'],
    ['http://user@127.0.0.1', 'credentials'],
    ['https://share.example/?token=1', 'not-a-url'],
    ['file:///etc/passwd', 'not-a-url'],
    ['unix:/run/x.sock', 'not-a-url'],
    ['share.example', 'not-a-url'],
    ['', 'not-a-url'],
  ])('%s: %s', (given, reason) => {
    expect(refusal(given)).toBe(reason);
  });
});

test('knows the names of this computer', () => {
  expect(['localhost', 'app.localhost', '127.0.0.1', '127.9.9.9', '[::1]'].every(isLoopback)).toBe(
    true,
  );
  expect(['example.com', '10.0.0.1', '[::2]', 'localhost.com'].some(isLoopback)).toBe(false);
});
